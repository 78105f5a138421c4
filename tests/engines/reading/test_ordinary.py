"""Turns of ordinary pages: the shape of a name and of a list decides."""

from datetime import date

import pytest

from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.result import Reading
from zhaoyin.engines.reading.solve import solve
from zhaoyin.engines.reading.stages import Step


def read(text: str) -> Reading:
    return solve(problem=ReadingProblem(text, date(2024, 6, 30)))


@pytest.mark.parametrize(
    "name",
    [
        "长沙三湘智能装备有限公司",
        "泉州九牧洁具有限公司",
        "温州正力阀门有限公司",
        "上海鲜达供应链管理有限公司",
        "浙江双元制冷股份有限公司",
    ],
)
def test_it_finds_names_whose_stem_begins_with_a_numeral_or_over_the_edge_of_a_province(name: str) -> None:
    found = [one.span.text for one in read(f"此外,{name}总投资2亿元的项目开工。").names if one.kind is Kind.COMPANY]
    assert found == [name]


@pytest.mark.parametrize("words", ["三家企业", "两家公司"])
def test_it_finds_no_name_in_counted_firms(words: str) -> None:
    assert not [one for one in read(f"苏州{words}来我县考察。").names if one.kind is Kind.COMPANY]


def test_it_gives_rows_the_stage_of_the_sentence_above_them_and_not_what_follows() -> None:
    reading = read(
        "本期新签约项目2个,协议引资5亿元:\n1.北京康泰基因科技有限公司基因测序仪项目,投资3亿元。\n"
        "2.无锡天拓模具有限公司模具项目,投资2亿元。\n其他:苏州德源电机有限公司电机项目,投资4亿元。"
    )
    assert [draft.step for draft in reading.projects][:2] == [Step.SIGNED, Step.SIGNED]
    assert reading.projects[2].step is not Step.SIGNED


def test_it_reads_a_heading_with_a_count_in_brackets() -> None:
    reading = read("一、已投产项目(1个)\n1、温州昌科电气有限公司断路器项目,总投资1.1亿元;\n")
    assert [draft.step for draft in reading.projects] == [Step.PRODUCTION]


def test_it_takes_an_empty_field_for_nothing_and_a_promise_for_no_production() -> None:
    row = "项目:电子特气项目 业主:湖北兴和气体股份有限公司 总投资:3.8亿元 开工:— 进度:土地已摘牌"
    assert [draft.step for draft in read(row).projects] == [Step.SITED]
    promise = "苏州德源电机有限公司电机项目签约,总投资4亿元,全部建成后可年产电机5万台,实现产值8亿元。"
    assert [draft.step for draft in read(promise).projects] == [Step.SIGNED]
