"""What the learned parts say by themselves."""

import os
import subprocess
import sys
from datetime import date

import pytest

from benchmarks.reading.varied import TEXTS
from zhaoyin.cli.labels import stage_label
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.solve import solve
from zhaoyin.engines.reading.stage_model import CLASSES, base_model


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("吊车正往屋面上铺彩钢板", "construction"),
        ("头一车货D拉走了", "production"),
        ("预计F试生产", "plan"),
        ("双方律师还在改合同", "negotiating"),
        ("主要生产轴承", "none"),
    ],
)
def test_it_judges_clauses_by_their_words(words: str, label: str) -> None:
    chances = base_model().probabilities(words)
    assert CLASSES[chances.index(max(chances))] == label
    assert abs(sum(chances) - 1) < 1e-9


def test_it_takes_a_stage_from_the_heading_above_a_row() -> None:
    text = "【已投产】\n无锡昱锵新材料\t2亿元\t九号地块\n【在谈】\n苏州铎信精密\t1亿元\t九号地块\n"
    found = [stage_label(draft) for draft in solve(problem=ReadingProblem(text, date(2024, 6, 1))).projects]
    assert found == ["production", "negotiating"]


def test_it_follows_a_talk_over_its_turns() -> None:
    text = "小马:无锡昱锵新材料的陈总到了\n韩科:签了没?\n小马:合同昨天签了\n韩科:多少\n小马:2.8亿元\n"
    (draft,) = solve(problem=ReadingProblem(text, date(2024, 6, 1))).projects
    assert stage_label(draft) == "signed"
    assert draft.amount is not None and draft.amount.span.text == "2.8亿元"


def test_it_gives_a_confidence_for_every_field() -> None:
    (draft,) = solve(
        problem=ReadingProblem("5月6日,无锡昱锵新材料有限公司投资2.5亿元的特种陶瓷项目成功签约。")
    ).projects
    assert all(
        0 <= value <= 1 for value in (draft.confidence, draft.fields.company, draft.fields.amount, draft.fields.stage)
    )
    assert draft.confidence <= min(draft.fields.company, draft.fields.amount) + 0.1


def test_the_same_text_reads_the_same_whatever_order_a_set_has() -> None:
    """Sums of weights depended on the order of a set of words once, and a text with two equal chances read one way or the other."""
    code = (
        "from datetime import date\n"
        "from benchmarks.reading.varied import varied\n"
        "from zhaoyin.engines.reading.problem import ReadingProblem\n"
        "from zhaoyin.engines.reading.solve import solve\n"
        "for one in varied('everyday_messy_10.txt'):\n"
        "    print(solve(problem=ReadingProblem(one.text, date.fromisoformat(one.pub))))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=TEXTS.parents[2],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(said) == 1 and "".join(said)
