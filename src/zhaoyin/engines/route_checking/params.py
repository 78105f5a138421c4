"""Constants of the check; it has nothing to be set."""

DAY = 1440
"""Minutes of a day."""
