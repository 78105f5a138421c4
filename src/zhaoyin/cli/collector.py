"""Python's cycle collector: not while modules are loaded, and seldom while many documents are read, never over what was loaded at the start."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG, MIDDLE, OLD = 50_000, 20, 100
"""Objects and rounds before each generation is searched; a document makes a few thousand objects and nearly no cycles."""


@contextmanager
def seldom() -> Iterator[None]:
    """Collect seldom inside the block, as before behind it."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@contextmanager
def untouched() -> Iterator[None]:
    """No collection inside the block: what modules make when they are loaded stays, and looking for waste in it takes a tenth of the start."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
