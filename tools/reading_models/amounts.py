"""The model of amounts, `zhaoyin.engines.reading.amount_model`: which of them is a project's total."""

from collections.abc import Iterator, Sequence
from datetime import date

from tools.reading_models.files import fitted_signs, write_signs

from benchmarks.reading.varied import varied
from zhaoyin.engines.reading.amount_model import FILE, amount_signs
from zhaoyin.engines.reading.assembling import analysed
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.sign_model import SignModel


def told_amounts(files: Sequence[str]) -> Iterator[tuple[set[str], bool]]:
    """Signs of the amounts of the files' texts, and whether a project of the text has it for its total."""
    rules = ReadingParams(amounts=SignModel({}))
    for document in (document for name in files for document in varied(name)):
        work = analysed(problem=ReadingProblem(document.text, date.fromisoformat(document.pub)), params=rules)
        totals = {amount for _, amount, _ in document.records}
        for number, signs in amount_signs(work.facts, work.masked, work.rule_roles):
            yield signs, float(work.facts.money[number].money.value) in totals


def trained_amounts(files: Sequence[str]) -> SignModel:
    """Weights of at least `LEAST_WEIGHT`, in hundredths."""
    return fitted_signs(told_amounts(files), c1=0.05, c2=1.5)


def write_amounts(model: SignModel) -> None:
    """The data file of the engine."""
    write_signs(FILE, model)
