"""Files ↔ grids of text cells."""
