"""Canonical text of the same length as the text given: every offset in it is an offset in what was received.

Traditional characters become their first simplified form, full-width letters, digits and marks become half width,
residues of bad conversion (&nbsp;, zero-width and control characters, replacement characters) become spaces.
"""

import re
from functools import lru_cache

from zhaoyin.engines.reading.lexicon import data_lines

_MARKS = {
    "，": ",", "。": "。", "；": ";", "：": ":", "！": "!", "？": "?", "（": "(", "）": ")", "［": "[", "］": "]", "｛": "{", "｝": "}",
    "「": "“", "」": "”", "『": "“", "』": "”", "﹑": "、", "．": ".", "・": "·", "•": "·", "‧": "·", "～": "~", "－": "-", "―": "—",
    "\u00a0": " ", "\u3000": " ", "\u200b": " ", "\u200c": " ", "\u200d": " ", "\ufeff": " ", "\u2060": " ", "\ufffd": " ",
    "\t": " ", "\r": " ", "\x0b": " ", "\x0c": " ", "\u2028": "\n", "\u2029": "\n", "\u00ad": " ",
}  # fmt: skip
_COMMON_MARKS = "，：；（）！？"
"""Stand in every text; `str.replace` takes them one by one faster than `str.translate` looks at every sign."""
_KEPT_TRADITIONAL = frozenset("著乾藉夥瞭")
_ASPECT = re.compile("(?<=[跟随沿看带有对想走拿靠朝向隔守顺等陪冲奔跑说笑忙急意味藉])著(?![作名称者])")
"""跟著 is 跟着, 名著 is not."""
_ENTITY = re.compile(
    r"&(?:nbsp|ensp|emsp|amp|lt|gt|quot|ldquo|rdquo|mdash|hellip|#\d{1,6}|#x[0-9a-fA-F]{1,5});|<br ?/?>|</?[pbi]>", re.I
)


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {code: " " for code in range(32) if code != 10}
    table |= {ord(line[0]): line[1] for line in data_lines("traditional.txt") if line[0] not in _KEPT_TRADITIONAL}
    table |= {ord(mark): plain for mark, plain in _MARKS.items()}
    return {code: plain for code, plain in table.items() if chr(code) != plain}


@lru_cache(maxsize=1)
def _changed_signs() -> re.Pattern[str]:
    """One of the signs that have another form, or any beyond the basic plane: a set is searched fast while it holds single signs of that plane only."""
    plain = "".join(chr(code) for code in _table() if code <= 0xFFFF)
    return re.compile(f"[{re.escape(plain)}\U00010000-\U0010ffff]")


def canonical(text: str) -> str:
    """`text` in canonical form; `len(canonical(text)) == len(text)`."""
    plain = text
    for mark in _COMMON_MARKS:
        plain = plain.replace(mark, _MARKS[mark])
    if _changed_signs().search(plain):
        plain = plain.translate(_table())
    if "著" in plain:
        plain = _ASPECT.sub("着", plain)
    if "&" in plain or "<" in plain:
        plain = _ENTITY.sub(lambda found: " " * len(found[0]), plain)
    return plain
