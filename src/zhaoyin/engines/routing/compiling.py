"""The two ways in which functions of this engine are compiled; both are cached on disk and let other threads run."""

from typing import Any

import numba

_njit: Any = numba.njit

kernel = _njit(cache=True, nogil=True, _nrt=False)
"""For functions that allocate no array: without counting references to arrays, which made the search fifteen times slower."""

allocating = _njit(cache=True, nogil=True)
"""For functions that make arrays of their own."""
