"""Words of the trade for how far a project is, each in the same sentence."""

from datetime import date

import pytest

from zhaoyin.cli.labels import stage_label
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.solve import solve

PHRASES = {
    "production": (
        "已正式投产|已建成投产并产生效益|进入批量生产阶段|第一条生产线已经跑起来了|已纳统|已升规入统|产品陆续下线|正式开机|满负荷生产|已出产品|开始供货|实现当年签约当年投产|试车成功并转入量产|全面投运|正式运营"
    ),
    "construction": (
        "正在进行桩基施工|已开工建设|正在建设厂房|主体已完工|钢结构安装过半|内部装修中|设备安装调试中|正在平整场地|已进场施工|厂房封顶|正在进行基础施工|打围挡了|土建基本完成|进入设备安装阶段|正抓紧施工|开挖基坑|一期厂房已建成,二期在建"
    ),
    "landed": (
        "已完成工商注册|已办理营业执照|项目公司已成立|已完成备案立项|已入驻标准厂房|已注册公司|新公司已挂牌成立"
    ),
    "sited": "已摘地|已取得土地|完成土地出让|已竞得土地|已拿到不动产权证|已交地|完成土地摘牌|已完成选址",
    "signed": (
        "已签约|已签订正式合同|双方签署投资协议|完成签约|成功签约|协议已签|合同已签订|昨日签约|正式签署入园协议|签署项目投资合作协议|已签正式协议"
    ),
    "intent": (
        "签署意向协议|达成初步合作意向|有投资意向|已签框架协议|签订战略合作协议|拟落户我县|计划下半年落地|预计明年开工|已达成合作意向|明确投资意愿"
    ),
    "negotiating": (
        "正在洽谈|正在深度对接|正在跟踪|协议文本正在磋商|近期将签约|准备签约|多次来访考察|待签约|正在走审批程序|仍在比选|正在进行合同谈判|合同条款基本谈定|尚未签约|已进入协议审核阶段|正在上会研究|等待总部决策"
    ),
    "terminated": (
        "已终止|企业已放弃投资|已落户外地|谈崩了|项目已取消|企业资金链断裂,项目搁浅|已停止推进|已流失到邻县|企业明确不投了|对方单方面解除协议|已注销项目公司|项目清退|土地已收回"
    ),
}
CASES = [(stage, phrase) for stage, phrases in PHRASES.items() for phrase in phrases.split("|")]


@pytest.mark.parametrize(("stage", "phrase"), CASES)
def test_it_knows_the_words_of_the_trade(stage: str, phrase: str) -> None:
    text = f"2024年，苏州鋆澔电子科技有限公司投资3亿元的传感器项目，{phrase}。"
    (draft,) = solve(problem=ReadingProblem(text, date(2024, 6, 1))).projects
    assert stage_label(draft) == stage


def test_diligence_of_a_fund_is_no_negotiation() -> None:
    text = "江城创投对藻元鋆澔生物还在尽调。"
    assert not solve(problem=ReadingProblem(text, date(2024, 6, 1))).projects
