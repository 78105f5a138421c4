"""How the reading engine works; the defaults are those of the benchmark."""

from dataclasses import dataclass

from zhaoyin.engines.reading.confidence import ConfidenceModel
from zhaoyin.engines.reading.installation import Installation
from zhaoyin.engines.reading.record_model import RecordModel
from zhaoyin.engines.reading.relation_model import RelationModel
from zhaoyin.engines.reading.sign_model import SignModel
from zhaoyin.engines.reading.stage_model import StageModel


@dataclass(frozen=True, slots=True)
class ReadingParams:
    """`longest_text` is in characters; a longer text is refused with `text-too-long`. `stages`, `amounts`, `investors`, `names`, `records`, `relations` and `confidence` are
    models in place of the engine's own (None). `installation` is what an installation has learned (`learning.train`). Without the `tagger`
    reading is faster and misses firms that no ending, place or cue gives away.
    """

    longest_text: int = 20_000_000
    stages: StageModel | None = None
    amounts: SignModel | None = None
    investors: SignModel | None = None
    names: bytes | None = None
    records: RecordModel | None = None
    relations: RelationModel | None = None
    confidence: ConfidenceModel | None = None
    installation: Installation | None = None
    tagger: bool = True
