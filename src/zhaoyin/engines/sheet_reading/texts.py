"""Normal forms of cell texts."""

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_NUMBERING = re.compile(
    r"^(?:[(（]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）]|\d{1,3}\s*[、.．)）:：](?!\d)|[一二三四五六七八九十]{1,3}\s*[、.．:：]|[①-⑳]|"
    r"第[一二三四五六七八九十\d]{1,3}[、，个]?(?=[^期批季]))\s*"
)
NOTHING = frozenset(
    ["", "/", "-", "--", "---", "—", "——", "\\", "无", "暂无", "待定", "未定", "空", "n/a", "na", "null", "none", "tbd", "tbc",
     "待补充", "待确定", "不详", "未知", "?", "？", "…", "...", "*", "·", ".", "、", "待核实", "面议", "未填", "不适用", "暂未确定", "尚未确定",
     "待议", "保密", "\\n", "~", "—-", "暂缺", "待商定", "待明确", "#n/a", "#value!", "#ref!", "#div/0!"]
)  # fmt: skip
"""What people write for nothing."""
_LONGEST_NOTHING = 16


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """NFKC, white space inside a line as single spaces, lines kept."""
    if text.isascii() and "\n" not in text and "  " not in text and "\t" not in text:
        return text.strip()
    text = unicodedata.normalize("NFKC", text).replace("\u200b", "").replace("\ufeff", "")
    lines = [_SPACE.sub(" ", line).strip() for line in text.split("\n")]
    return "\n".join(line for line in lines if line)


@lru_cache(maxsize=65536)
def squeeze(text: str) -> str:
    """NFKC without any white space."""
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    text = "".join(text.split())
    return text.replace("\u200b", "") if "\u200b" in text else text


def is_nothing(text: str) -> bool:
    """True for blanks and the signs people write for nothing."""
    if len(text) > _LONGEST_NOTHING:
        return False
    return text in NOTHING or squeeze(text).lower() in NOTHING


def without_numbering(text: str) -> str:
    """The text without a leading item number."""
    return _NUMBERING.sub("", text.strip(), count=1).strip()


def has_numbering(text: str) -> bool:
    """True when the text begins with an item number."""
    return _NUMBERING.match(text.strip()) is not None


_REPEAT_ABOVE = frozenset(["同上", "〃", '"', "″", "''", "”", "“", "同前"])


def is_repeat(text: str) -> bool:
    """同上, ditto marks."""
    return len(text) <= 6 and squeeze(text) in _REPEAT_ABOVE


@lru_cache(maxsize=16384)
def one_line(text: str) -> str:
    """Line breaks and stray spaces removed; spaces between Latin words kept."""
    text = " ".join(text.split())
    return text if " " not in text else re.sub(r"(?<![A-Za-z0-9,.&]) | (?![A-Za-z0-9&(])", "", text)
