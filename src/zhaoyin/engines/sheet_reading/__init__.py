"""Grids of cells to project records, each value with its cell."""
