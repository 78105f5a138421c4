"""Who may see and change trips: the task force of the trip, its travellers, and who reads everything."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhaoyin.apps.accounts.access import WRITES_EVERYTHING, Viewer
from zhaoyin.apps.projects.access import WORKS_IN_TASK_FORCE
from zhaoyin.apps.taskforces.access import scope_of
from zhaoyin.apps.trips.models import Stop, Trip, TripMember
from zhaoyin.domain.errors import NotAllowed, NotVisible

WRITES = WORKS_IN_TASK_FORCE | WRITES_EVERYTHING


def visible_to(viewer: Viewer) -> QuerySet[Trip]:
    """Trips that the viewer may see."""
    rows = Trip.objects.filter(zone_id=viewer.zone_id)
    if viewer.reads_everything:
        return rows
    travels = TripMember.objects.filter(trip=OuterRef("pk"), person_id=viewer.person_id)
    mine = Q(task_force_id__in=list(scope_of(viewer).member_of)) | Q(created_by_id=viewer.person_id) | Exists(travels)
    return rows.filter(mine)


def get_visible(viewer: Viewer, trip_id: UUID) -> Trip:
    """With its task force and campaign; NotVisible when it is not there for the viewer."""
    trip = visible_to(viewer).select_related("task_force", "campaign").filter(pk=trip_id).first()
    if trip is None:
        raise NotVisible("not-found")
    return trip


def may_write(viewer: Viewer) -> bool:
    """Whether the viewer may plan trips at all."""
    return viewer.has(frozenset(WRITES))


def may_change(viewer: Viewer, trip: Trip) -> bool:
    """Whoever sees the trip and works in a task force (or writes everything) plans it until it is closed."""
    return may_write(viewer) and trip.state != "closed"


def require_writer(viewer: Viewer) -> None:
    """NotAllowed for roles that only read."""
    if not may_write(viewer):
        raise NotAllowed("role-may-not", to="trip-write")


def get_for_change(viewer: Viewer, trip_id: UUID) -> Trip:
    """NotVisible or NotAllowed."""
    trip = get_visible(viewer, trip_id)
    require_writer(viewer)
    if trip.state == "closed":
        raise NotAllowed("trip-closed")
    return trip


def get_stop(viewer: Viewer, stop_id: UUID) -> Stop:
    """A stop of a trip that the viewer may see, with what it is about; NotVisible otherwise."""
    stop = (
        Stop.objects.select_related("trip", "trip__task_force", "project", "project__investor", "lead", "company", "pinned_team")
        .filter(zone_id=viewer.zone_id, pk=stop_id, trip_id__in=visible_to(viewer).values("pk"))
        .first()
    )  # fmt: skip
    if stop is None:
        raise NotVisible("not-found")
    return stop


def get_stop_for_change(viewer: Viewer, stop_id: UUID) -> Stop:
    """NotVisible or NotAllowed."""
    stop = get_stop(viewer, stop_id)
    require_writer(viewer)
    if stop.trip.state == "closed":
        raise NotAllowed("trip-closed")
    return stop
