"""Bytes of a page or text file → text for the reading engine.

HTML goes through resiliparse, and through trafilatura when that finds next to nothing. The kind is told from the bytes,
not from the name: a PDF or picture called page.html is refused with a clear error.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from zhaoyin.domain.errors import InvalidValue

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes; the largest real news page in our collection has 2 MB with its inline pictures."""

LEAST_TEXT = 80
"""Characters of main text under which the second extractor is tried."""


class PageKind(StrEnum):
    """What the bytes are."""

    HTML = "html"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Page:
    """Text of a page or file, with the encoding it was in."""

    kind: PageKind
    text: str
    encoding: str
    title: str = ""


_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"), (b"PK\x03\x04", "ZIP/Office"), (b"\xd0\xcf\x11\xe0", "Office 97"), (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gzip"),
    (b"RIFF", "RIFF"), (b"\x7fELF", "ELF"), (b"MZ\x90", "EXE"),
)  # fmt: skip
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|div|p|table|meta|article)\b", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>([^<]{1,300})</title>", re.IGNORECASE)
_CHINESE = ("utf-8", "gb18030", "big5")
_SCRIPTS = re.compile(r"<(script|style|noscript|template|svg)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[^>]{0,2000}>")
_BLOCKS = re.compile(r"</?(?:p|div|br|li|tr|h[1-6]|section|article|ul|ol|table)\b[^>]{0,2000}>", re.IGNORECASE)


def read_page(data: bytes, *, filename: str = "", charset: str | None = None) -> Page:
    """The text of `data`.

    Errors (InvalidValue, params `field`, `value`): `file-empty`, `file-too-large` (with `largest` in bytes),
    `file-not-text` (with `found`, what the bytes really are), `file-encoding-unknown`.
    """
    _check(data, filename)
    text, encoding = decode(data, charset=charset, filename=filename)
    if not text.strip():
        raise InvalidValue("file-empty", field="file", value=filename)
    if not _HTML.search(text[:20_000]):
        return Page(PageKind.TEXT, text, encoding)
    title = _TITLE.search(text[:200_000])
    body = main_text(text)
    if not body.strip():
        raise InvalidValue("page-without-text", field="file", value=filename)
    return Page(PageKind.HTML, body, encoding, title[1].strip() if title else "")


def _check(data: bytes, filename: str) -> None:
    if not data:
        raise InvalidValue("file-empty", field="file", value=filename)
    if len(data) > LARGEST_FILE:
        raise InvalidValue(
            "file-too-large", field="file", value=filename, size=str(len(data)), largest=str(LARGEST_FILE)
        )
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InvalidValue("file-not-text", field="file", value=filename, found=name)
    sample = data[:65_536]
    wide = sample.startswith((b"\xff\xfe", b"\xfe\xff"))
    control = sum(byte < 9 or 13 < byte < 27 for byte in sample)
    if not wide and control * 50 > len(sample):
        raise InvalidValue("file-not-text", field="file", value=filename, found="binary")


def decode(data: bytes, *, charset: str | None = None, filename: str = "") -> tuple[str, str]:
    """Text and encoding: byte order mark, declared charset, then UTF-8, GB18030, Big5 by what decodes to Chinese."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, name) or ("", name)
    meta = _META.search(data[:4096])
    declared = charset or (meta[1].decode("ascii") if meta else None)
    candidates = [declared] if declared else []
    best: tuple[float, str, str] | None = None
    for name in [*candidates, *_CHINESE]:
        found = _decoded(data, "gb18030" if name.lower() in {"gb2312", "gbk"} else name)
        if found is None:
            continue
        score = _plausibility(found[0]) + (0.05 if name in candidates else 0.0)
        if best is None or score > best[0]:
            best = (score, *found)
        if name.lower().replace("-", "") == "utf8":
            break
    if best is None:
        raise InvalidValue("file-encoding-unknown", field="file", value=filename, declared=declared or "")
    return best[1], best[2]


def _decoded(data: bytes, name: str) -> tuple[str, str] | None:
    try:
        return data.decode(name), name
    except (UnicodeDecodeError, LookupError):
        return None


_FREQUENT = frozenset(
    "的一是了在有和人大中国不为上个年产业项目企业投资公司亿元万工资地区发展签约建设市县新高开的國產業項資區個為"
)


def _plausibility(text: str) -> float:
    """Share of very frequent characters among the non-ASCII ones of a sample."""
    sample = [sign for sign in text[:20_000] if sign > "\x7f"]
    return sum(sign in _FREQUENT for sign in sample) / len(sample) if sample else 1.0


def main_text(html: str) -> str:
    """Article text of a page without scripts, styles and most of the navigation; paragraphs stay lines."""
    from resiliparse.extract.html2text import extract_plain_text

    text: str = extract_plain_text(html, main_content=True, alt_texts=False, links=False, preserve_formatting=True)
    if len(text.strip()) >= LEAST_TEXT:
        return _tidy(text)
    from trafilatura import extract

    other = extract(html, include_comments=False, include_tables=True) or ""
    if len(other.strip()) > len(text.strip()):
        return _tidy(other)
    plain = _TAGS.sub(" ", _BLOCKS.sub("\n", _SCRIPTS.sub(" ", html)))
    return _tidy(text if len(text.strip()) * 2 >= len(plain.strip()) else plain)


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
