"""What the fits share: files of weights, and fits of two classes."""

import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import pycrfsuite

from zhaoyin.engines.reading.packing import Row, packed
from zhaoyin.engines.reading.sign_model import SignModel

DATA = Path(__file__).resolve().parents[2] / "src/zhaoyin/engines/reading/data"
LEAST_WEIGHT = 0.02


def write_data(name: str, source: str, lines: Iterable[str]) -> None:
    """A data file of the engine: where it comes from, then its lines."""
    (DATA / name).write_text("\n".join([f"# {source}", *lines]) + "\n", encoding="utf-8")


def breaks(sign: str) -> bool:
    """Whether a line of a data file cannot hold the sign."""
    return sign.startswith("#") or "\t" in sign or "\n" in sign


class Rows(Protocol):
    """A model of packed rows by sign."""

    def row(self, sign: str, /) -> Row:
        """The weights of a sign."""


def mean_of_rows(one: Rows, other: Rows, signs: Iterable[str]) -> dict[str, int]:
    """Half the weights of each; signs whose weights are so small that half of them is nothing are left out."""
    found: dict[str, int] = {}
    for sign in sorted(set(signs)):
        half = [(place, weight / 2) for model in (one, other) for place, weight in model.row(sign)]
        if (row := packed(half)) != 0:
            found[sign] = row
    return found


def binary_weights(trainer: pycrfsuite.Trainer) -> dict[str, float]:
    """Weight of each sign for yes against no."""
    weights: Counter[str] = Counter()
    with tempfile.NamedTemporaryFile() as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(file.name)
        for (sign, label), weight in tagger.info().state_features.items():
            weights[sign] += weight if label == "yes" else -weight
    return dict(weights)


def fitted_signs(told: Iterable[tuple[set[str], bool]], *, c1: float, c2: float) -> SignModel:
    """Weights of at least `LEAST_WEIGHT`, in hundredths, of signs that come three times."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": 150, "feature.minfreq": 3})
    for signs, holds in told:
        trainer.append([sorted(signs)], ["yes" if holds else "no"])
    weights = binary_weights(trainer)
    return SignModel(
        {sign: round(weight, 2) for sign, weight in sorted(weights.items()) if abs(weight) >= LEAST_WEIGHT}
    )


def write_signs(name: str, model: SignModel) -> None:
    """The data file: sign, then hundredths of its weight."""
    lines = [f"{sign}\t{round(weight * 100)}" for sign, weight in model.weights.items() if not breaks(sign)]
    write_data(name, "made by tools/train_reading.py from the hand-written texts (our own words)", lines)
