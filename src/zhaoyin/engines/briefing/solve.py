"""The one public function: rows → an abstract document."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.briefing.draft import Draft
from zhaoyin.engines.briefing.kinds.figures import bulletin, one_page, team_report
from zhaoyin.engines.briefing.kinds.lists import progress_list, stuck_projects
from zhaoyin.engines.briefing.kinds.meetings import meeting_briefing, trip_report
from zhaoyin.engines.briefing.problem import Problem
from zhaoyin.engines.briefing.result import Document

ENGINE_VERSION = "briefing/1"
KINDS: Mapping[str, Callable[[Draft], Document]] = {
    "bulletin": bulletin,
    "progress": progress_list,
    "stuck": stuck_projects,
    "one-page": one_page,
    "task-force": team_report,
    "trip": trip_report,
    "meeting": meeting_briefing,
}
LANGUAGES = ("zh", "en")


def known_kind(kind: str) -> str:
    """The kind; InvalidValue `briefing-kind-unknown` names the nearest and all that there are."""
    if kind not in KINDS:
        near = next(iter(get_close_matches(kind, KINDS, n=1, cutoff=0.5)), "")
        raise InvalidValue(
            "briefing-kind-unknown", field="kind", value=kind, near=near or "bulletin", known=", ".join(KINDS)
        )
    return kind


def solve(problem: Problem) -> Document:
    """Write the briefing. The same problem gives the same document, to the byte of its canonical JSON.

    Each figure of a paragraph is a locked slot with the mark of its footnote: pack and version, days covered, as-of,
    known-at, hashes. InvalidValue for an unknown kind or language. A target of zero is no error: its share is left out
    and `remarks` says so.
    """
    known_kind(problem.kind)
    if problem.language not in LANGUAGES:
        raise InvalidValue("not-an-option", field="language", value=problem.language)
    return KINDS[problem.kind](Draft(problem))
