"""Reading: a page, note or remark → facts and lead drafts, each with its span (docs/algorithms/reading.md)."""
