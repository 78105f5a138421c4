"""Office files: a briefing as Word, workbook or PDF."""
