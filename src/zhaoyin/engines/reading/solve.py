"""Document → facts, lead drafts, relations and area statistics. One pass, linear in the length of the text."""

from zhaoyin.engines.reading.assembling import analysed
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.result import Reading


def solve(*, problem: ReadingProblem, params: ReadingParams | None = None) -> Reading:
    """Read a document. Offsets are those of `problem.text`.

    Errors: InvalidValue `text-empty` for nothing but space, `text-too-long`, `text-binary` when it holds NUL characters in bulk.
    """
    return analysed(problem=problem, params=params).assemble()
