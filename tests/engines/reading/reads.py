"""What the tests of reading ask of a text of June 2024."""

from datetime import date

from zhaoyin.cli.labels import stage_label
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.result import Reading
from zhaoyin.engines.reading.solve import solve

Row = tuple[str, float | None, str]


def read(text: str, params: ReadingParams | None = None) -> Reading:
    """The reading of a text of June 2024."""
    return solve(problem=ReadingProblem(text, date(2024, 6, 20)), params=params)


def rows(text: str) -> list[Row]:
    """First surface, amount and stage of each draft."""
    return [
        (one.companies[0], float(one.amount.money.value) if one.amount else None, stage_label(one))
        for one in read(text).projects
    ]


def firms(text: str) -> list[str]:
    """Names of the firms, in order."""
    return [one.span.text for one in read(text).names if one.kind is Kind.COMPANY]
