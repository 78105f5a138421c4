"""How the reading engine works; the defaults are those of the benchmark."""

from dataclasses import dataclass

from zhaoyin.engines.reading.stage_model import StageModel


@dataclass(frozen=True, slots=True)
class ReadingParams:
    """`longest_text` is in characters; a longer text is refused with `text-too-long`. `stages` None: the engine's own model."""

    longest_text: int = 20_000_000
    stages: StageModel | None = None
