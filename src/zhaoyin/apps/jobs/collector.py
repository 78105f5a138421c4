"""Python's cycle collector during bulk work."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PAUSE = 10.0
"""Seconds between two collections."""


@contextmanager
def resting_collector() -> Iterator[Callable[[], None]]:
    """Within the block the collector runs only when the function that is yielded is called, and then at most every ten seconds.

    Bulk work makes millions of objects that go by reference counting; looking for cycles among them again and again takes a fifth
    of its time. For a process that does one thing at a time. When the collector was off already, it stays off.
    """
    was_on, last = gc.isenabled(), time.monotonic()

    def collect() -> None:
        nonlocal last
        if time.monotonic() - last >= PAUSE:
            gc.collect()
            last = time.monotonic()

    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield collect
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()
