"""Which registered company a written name means: short names, old names, slips of the pen, or nobody."""
