"""Stages from words: what is done counts, what is planned or denied does not."""

import pytest

from zhaoyin.engines.sheet_reading.result import StageFound
from zhaoyin.engines.sheet_reading.stages import raised, stage_of_cell, stage_of_heading, stage_of_text

S = StageFound


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("已签约，预计9月开工", S.SIGNED),
        ("计划5月签约，7月开工，明年投产", None),
        ("原计划3月开工，现已开工建设", S.CONSTRUCTION),
        ("2月签约，3月注册，5月开工", S.CONSTRUCTION),
        ("正在办理公司注册", None),
        ("正在洽谈，已签保密协议", None),
        ("一期已投产，二期正在建设", S.PRODUCTION),
        ("企业另选他地", S.TERMINATED),
        ("营业执照已办理，环评编制中", S.REGISTERED),
        ("协议文本已发企业，尚未签约", None),
    ],
)
def test_only_done_steps_count(text: str, done: StageFound | None) -> None:
    assert stage_of_text(text)[0] is done


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("签约未开工", S.SIGNED), ("注册未开工", S.REGISTERED), ("未签约", S.NEGOTIATING), ("拟签约", S.NEGOTIATING), ("竣工未投产", S.CONSTRUCTION),
        ("在建", S.CONSTRUCTION), ("意向", S.LEAD), ("已落地", S.REGISTERED), ("达产", S.PRODUCTION), ("正常", None),
    ],
)  # fmt: skip
def test_a_stage_cell_names_what_is_reached(text: str, stage: StageFound | None) -> None:
    assert stage_of_cell(text) is stage


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("在谈项目台账", S.NEGOTIATING),
        ("签约在谈项目汇总表", None),
        ("拟签约项目", S.NEGOTIATING),
        ("2023年签约项目一览表", S.SIGNED),
        ("招商项目表", None),
    ],
)
def test_a_heading_gives_a_floor_only_when_it_names_one_stage(text: str, stage: StageFound | None) -> None:
    assert stage_of_heading(text) is stage


def test_a_floor_is_never_lowered() -> None:
    assert raised(S.CONSTRUCTION, "已签约") is S.CONSTRUCTION
    assert raised(S.SIGNED, "双方终止合作") is S.TERMINATED
    assert raised(None, "两次来访") is S.NEGOTIATING
