"""The model of investors, `zhaoyin.engines.reading.investor_model`: which firms of a text invest."""

from collections.abc import Iterator, Sequence
from datetime import date

from tools.reading_models.files import fitted_signs, write_signs

from benchmarks.reading.varied import varied
from zhaoyin.engines.reading.assembling import analysed
from zhaoyin.engines.reading.canonical import canonical
from zhaoyin.engines.reading.investor_model import FILE, mention_signs, order_of
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.sign_model import SignModel


def told_investors(files: Sequence[str]) -> Iterator[tuple[set[str], bool]]:
    """Signs of the mentions of the firms of the files' texts, and whether the firm has a project there."""
    for document in (document for name in files for document in varied(name)):
        work = analysed(problem=ReadingProblem(document.text, date.fromisoformat(document.pub)))
        invest = {canonical(name) for names, _, _ in document.records for name in names}
        order = order_of(work.facts)
        for cluster in work.facts.clusters:
            holds = any("".join(one.text.split()) in invest for one in cluster.mentions)
            for signs in mention_signs(work.facts, work.masked, cluster, order):
                yield signs, holds


def trained_investors(files: Sequence[str]) -> SignModel:
    """A logistic regression over the mentions."""
    return fitted_signs(told_investors(files), c1=0.2, c2=3.0)


def write_investors(model: SignModel) -> None:
    """The data file of the engine."""
    write_signs(FILE, model)
