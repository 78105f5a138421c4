"""How much is said: lengths that fit the paper, and below which a chart says nothing. Tried on A4 with the longest demo names."""

LEAGUE_NAMED = 3
"""Task forces named in a sentence; the table has all."""
CHART_MONTHS = 2
"""A chart of fewer months than this says nothing that the sentence does not."""
ON_ONE_PAGE = 3
"""Rows of a list on the leader's page, so that it stays one page."""
LONGEST_FACT, LINE_SIGNS, LINES = 160, 34, 58
"""What two printed pages of a meeting briefing hold: a fact is cut at so many signs, a line is about so long, and so many
lines fit beside the heads."""
MEETINGS_SHOWN = 6
"""Latest meetings in the history of a meeting briefing."""
