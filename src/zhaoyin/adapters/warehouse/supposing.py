"""What would be counted if some steps had happened: the same judgement over the ledger's events and a few supposed ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import pyarrow as pa

from zhaoyin.adapters.warehouse.run import Question, Warehouse
from zhaoyin.domain.figure import Verdict
from zhaoyin.domain.period import PartialDate
from zhaoyin.engines.counting import event_columns
from zhaoyin.engines.counting.problem import EVENT_COLUMNS


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """A step that has not happened: an event of a project, or (with `recognition`) of a request for recognition."""

    project: str
    kind: str
    occurred: PartialDate
    payload: dict[str, object]
    recognition: str | None = None
    supersedes: int | None = None


def suppose(warehouse: Warehouse, question: Question, steps: Sequence[Supposed], *, last_seq: int) -> list[Verdict]:
    """Verdicts of all figures for the projects of `steps`, as if every step had happened and stood at the end of the ledger.

    Nothing is stored. One project's steps do not touch another's verdict, except within a group of merged projects.
    """
    if not steps:
        return []
    rows = [
        event_columns(
            zone="0",
            seq=last_seq + number,
            project=step.project,
            kind=step.kind,
            occurred=step.occurred,
            payload=step.payload,
            supersedes=step.supersedes,
            recognition=step.recognition,
        )
        for number, step in enumerate(steps, start=1)
    ]
    found = warehouse.judged_with(question, _arrow(rows), last_seq=last_seq, more=len(rows))
    touched = {step.project for step in steps}
    return [verdict for verdict in found if verdict.project in touched]


def _arrow(rows: Sequence[tuple[object, ...]]) -> pa.Table:
    schema = ibis.schema(dict(EVENT_COLUMNS)).to_pyarrow()
    columns = [pa.array(column, type=field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
    return pa.Table.from_arrays(columns, schema=schema)
