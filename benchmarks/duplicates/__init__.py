"""Duplicate projects: benchmark."""
