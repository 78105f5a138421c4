"""Industry codes: GB/T 4754 by letter and digits where the user gives them; zones name their own key industries."""

import re

from zhaoyin.domain.errors import InvalidValue


def check_industry_code(text: str) -> str:
    """A zone's own industry code: 2-32 lower-case letters, digits, hyphens; InvalidValue otherwise."""
    code = text.strip().lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,31}", code):
        raise InvalidValue("industry-code-malformed", field="code", value=text)
    return code
