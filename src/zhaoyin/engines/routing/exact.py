"""The exact method for small single-team cases: labels over (set of meetings done, last meeting), every order tried once.

It uses the same steps in time as the cheapest schedule, keeps every label that none beats, and so proves the best plan of the model.
"""

from collections.abc import Callable
from dataclasses import dataclass

from zhaoyin.engines.routing.model import Model
from zhaoyin.engines.routing.timing import Label, Scheduler

MOST_LABELS = 30_000


@dataclass(frozen=True, slots=True)
class Proof:
    """The best routes of the problem and the schedule of its team (None: it stays at home)."""

    routes: tuple[tuple[int, ...], ...]
    end: Label | None


def prove(model: Model, most: int, late: Callable[[], bool]) -> Proof | None:
    """The best plan of a problem with one team and at most `most` meetings; None when it is larger, or has too many
    labels, or `late` says that it takes too long."""
    meetings = model.problem.meetings
    if len(model.problem.teams) != 1 or len(meetings) > most or any(model.arrays.penalty > 0):
        return None
    scheduler = Scheduler(model, 0, beam=10**6, thorough=True)
    takes = [j for j in range(len(meetings)) if model.arrays.allowed[0, j]]
    needs = {j: sum(1 << model.index[name] for name in meetings[j].after) for j in takes}
    layer: dict[tuple[int, int], list[Label]] = {(0, -1): [scheduler.begin()]}
    best, best_label, made = -1e300, scheduler.begin(), 0
    while layer:
        following: dict[tuple[int, int], list[Label]] = {}
        for (done, _), labels in layer.items():
            worth = sum(float(model.arrays.value[j]) for j in takes if done >> j & 1)
            for label in labels:
                end = scheduler.finish(label)
                if end is not None and worth - end.cost > best + 1e-9:
                    best, best_label = worth - end.cost, end
                for j in takes:
                    if not done >> j & 1 and needs[j] & done == needs[j]:
                        found = scheduler.extend(label, j)
                        made += len(found)
                        following.setdefault((done | 1 << j, j), []).extend(found)
            if made > MOST_LABELS or late():
                return None
        layer = {key: scheduler.narrowed(labels) for key, labels in following.items()}
    order: list[int] = []
    link: Label | None = best_label
    while link is not None:
        if link.meeting >= 0:
            order.append(link.meeting)
        link = link.before
    return Proof((tuple(order[::-1]),), best_label if best_label.before is not None else None)
