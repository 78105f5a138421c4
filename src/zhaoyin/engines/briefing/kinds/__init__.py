"""Kinds of briefings: each writes a document from the rows of the problem."""
