"""Keeping the present state of subjects as rows, rebuildable from the events at any time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from zhaoyin.apps.ledger import search
from zhaoyin.apps.ledger.models import Event
from zhaoyin.apps.ledger.queries import histories, texts
from zhaoyin.apps.zones import bulk
from zhaoyin.apps.zones.models import ZoneOwned
from zhaoyin.domain.event import LedgerEvent

BATCH = 500


class RowProjector:
    """One row of `model` for each subject (primary key = subject id), derived by `values` from history and texts."""

    subject_kind: ClassVar[str]
    model: ClassVar[type[ZoneOwned]]

    def check(self, *, zone_id: UUID, subject_id: UUID, history: Sequence[LedgerEvent], event: LedgerEvent) -> None:
        """DomainError when the event makes no sense after the history."""
        raise NotImplementedError

    def state(self, history: Sequence[LedgerEvent]) -> Any:
        """Domain state after the history."""
        raise NotImplementedError

    def text_ids(self, state: Any) -> Iterable[str]:
        """Ids of the texts that `values` needs."""
        raise NotImplementedError

    def values(self, state: Any, words: Mapping[str, str | None]) -> dict[str, object]:
        """Column values by field attribute name (`task_force_id`), every derived column in each row."""
        raise NotImplementedError

    def extra_words(self, zone_id: UUID, states: Mapping[UUID, Any]) -> Mapping[str, str | None]:
        """Further words that `search_entry` needs, by any key, for a whole batch."""
        return {}

    def search_entry(
        self, values: Mapping[str, object], state: Any, words: Mapping[str, str | None]
    ) -> search.Entry | None:
        """What the search index holds of the row; None when it is not searched for."""
        return None

    def put_parts(self, zone_id: UUID, states: Mapping[UUID, Any], words: Mapping[str, str | None]) -> None:
        """Write the rows that belong to the subjects' rows (other names, investors)."""

    def project(
        self, *, zone_id: UUID, subject_ids: Iterable[UUID], known: Mapping[UUID, Sequence[LedgerEvent]] | None = None
    ) -> None:
        """Insert or update the rows of these subjects and their search entries."""
        ids = list(subject_ids)
        for start in range(0, len(ids), BATCH):
            self._project_batch(zone_id, ids[start : start + BATCH], known)

    def _states(
        self, zone_id: UUID, ids: Sequence[UUID], known: Mapping[UUID, Sequence[LedgerEvent]] | None = None
    ) -> tuple[dict[UUID, Any], dict[str, str | None]]:
        found: Mapping[UUID, Sequence[LedgerEvent]]
        if known is None:
            found = histories(zone_id=zone_id, subject_kind=self.subject_kind, subject_ids=ids)
        else:
            found = {pk: known[pk] for pk in ids if pk in known}
        states = {subject: self.state(history) for subject, history in found.items()}
        wanted = {text for state in states.values() for text in self.text_ids(state)}
        return states, texts(wanted, zone_id=zone_id) if wanted else {}

    def _project_batch(
        self, zone_id: UUID, ids: Sequence[UUID], known: Mapping[UUID, Sequence[LedgerEvent]] | None
    ) -> None:
        states, words = self._states(zone_id, ids, known)
        if not states:
            return
        made = {subject: self._row(zone_id, subject, state, words) for subject, state in states.items()}
        bulk.insert([bulk.make(self.model, **values) for values in made.values()], replace_by_id=True)
        self.put_parts(zone_id, states, words)
        named = {**words, **self.extra_words(zone_id, states)}
        entries = {subject: self.search_entry(made[subject], state, named) for subject, state in states.items()}
        search.put(zone_id=zone_id, kind=self.subject_kind, entries=entries)

    def _row(self, zone_id: UUID, subject: UUID, state: Any, words: Mapping[str, str | None]) -> dict[str, object]:
        return {"id": subject, "zone_id": zone_id, **self.values(state, words)}

    def _subject_ids(self, zone_id: UUID) -> list[UUID]:
        rows = Event.objects.filter(zone_id=zone_id, subject_kind=self.subject_kind)
        return list(rows.values_list("subject_id", flat=True).distinct())

    def rebuild(self, *, zone_id: UUID) -> int:
        """Make every row again from the events; rows of subjects without events are removed."""
        ids = self._subject_ids(zone_id)
        known = set(ids)
        present = self.model._default_manager.filter(zone_id=zone_id)
        stray = [pk for pk in present.values_list("pk", flat=True) if pk not in known]
        present.filter(pk__in=stray).delete()
        search.clear(zone_id=zone_id, kind=self.subject_kind)
        self.project(zone_id=zone_id, subject_ids=ids)
        return len(ids)

    def differences(self, *, zone_id: UUID) -> list[str]:
        """A line for each row that is not what its events say."""
        found: list[str] = []
        ids = self._subject_ids(zone_id)
        for start in range(0, len(ids), BATCH):
            chunk = ids[start : start + BATCH]
            kept = self.model._default_manager.filter(zone_id=zone_id, pk__in=chunk).values()
            stored: dict[UUID, Any] = {row["id"]: row for row in kept}
            states, words = self._states(zone_id, chunk)
            for subject, state in states.items():
                values = self._row(zone_id, subject, state, words)
                row = stored.get(subject)
                if row is None:
                    found.append(f"{values['id']}: row is missing")
                    continue
                wrong = sorted(name for name, value in values.items() if row[name] != value)
                if wrong:
                    found.append(f"{values['id']}: {', '.join(wrong)} differ")
        strays = set(self.model._default_manager.filter(zone_id=zone_id).values_list("pk", flat=True)) - set(ids)
        return found + [f"{pk}: row without events" for pk in sorted(strays)]
