"""How the reading engine works; the defaults are those of the benchmark."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingParams:
    """`longest_text` is in characters; a longer text is refused with `text-too-long`."""

    longest_text: int = 20_000_000
