"""One door to the three forms."""

from collections.abc import Callable, Mapping
from importlib import import_module

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.briefing.result import Document

FORMS: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_DRAWERS = {"docx": ("word", "word_file"), "xlsx": ("workbook", "workbook"), "pdf": ("pdf", "pdf")}


def draw(document: Document, form: str) -> bytes:
    """The document as docx, xlsx or pdf; the same bytes for the same document. InvalidValue for another form.

    Libraries are loaded when a form is first asked for: a page that lists briefings needs none of them.
    """
    if form not in _DRAWERS:
        raise InvalidValue("briefing-form-unknown", field="form", value=form, known=", ".join(FORMS))
    room, name = _DRAWERS[form]
    drawer: Callable[[Document], bytes] = getattr(import_module(f"zhaoyin.adapters.office.{room}"), name)
    return drawer(document)
