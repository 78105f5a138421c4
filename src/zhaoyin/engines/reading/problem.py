"""What the reading engine is given."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReadingProblem:
    """`text` as received (any script and width); `published_on` resolves relative dates, None looks in the page's head.

    `known_companies` and `known_zones` are the user's own names; they are found wherever they stand, unless inside a longer name.
    """

    text: str
    published_on: date | None = None
    known_companies: tuple[str, ...] = ()
    known_zones: tuple[str, ...] = ()
