"""Grammars of the atoms that every document is made of: numbers, money, days and periods, counts and areas.

All work on canonical text (simplified characters, half-width digits and letters; `engines.reading.canonical` makes it) and
return spans as code-point offsets, end exclusive. None of them backtracks over more than one atom, so each is linear.
"""
