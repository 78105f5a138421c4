"""The hand-written texts that the models learn from, in four parts."""

from benchmarks.reading.varied import FILES

NOT_LEARNED = frozenset(f"voices_{kind}_{number}.txt" for kind in ("plain", "messy") for number in (29, 30))
"""Texts of the last two writers, that no model has learned from."""
EVERYDAY = tuple(file for file in FILES if file.startswith(("everyday_", "voices_")) and file not in NOT_LEARNED)
WRITTEN = (
    "varied.txt",
    "varied_2.txt",
    "varied_3.txt",
    "varied_4.txt",
    "unseen_01.txt",
    "unseen_02.txt",
    "unseen_03.txt",
    "unseen_04.txt",
    "unseen_05.txt",
    "unseen_06.txt",
    "unseen_07.txt",
    "unseen_08.txt",
    "ordinary_01.txt",
    "ordinary_02.txt",
    *(f"plain_{number}.txt" for number in range(1, 7)),
    *(f"messy_{number}.txt" for number in range(1, 7)),
    *EVERYDAY,
)
"""Hand-written texts that both models may learn from; what is measured as unseen is never among them."""
FOLDS = tuple(WRITTEN[start::4] for start in range(4))
"""Each part's drafts are made by models that have not seen it."""
