"""Briefing: figures and records → an abstract document that a Word file, a workbook, a PDF or a page can be drawn from."""

from zhaoyin.engines.briefing.edit import apply_edits, reworded, source_of
from zhaoyin.engines.briefing.problem import Problem
from zhaoyin.engines.briefing.result import Document, document_from
from zhaoyin.engines.briefing.solve import ENGINE_VERSION, KINDS, LANGUAGES, known_kind, solve

__all__ = [
    "ENGINE_VERSION",
    "KINDS",
    "LANGUAGES",
    "Document",
    "Problem",
    "apply_edits",
    "document_from",
    "known_kind",
    "reworded",
    "solve",
    "source_of",
]
