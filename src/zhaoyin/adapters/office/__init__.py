"""Office files: a briefing as Word, workbook or PDF."""

from zhaoyin.adapters.office.draw import FORMS, draw

__all__ = ["FORMS", "draw"]
