"""Text templates in our own words; firms are invented at random from stems that no dictionary knows, so offsets are right by construction.

Marks: `<COM:a>` full name of firm a, `<COM:a.s>` its short name (stem + trade), `<COM:a.b>` its bare stem, `<MON:m>` an amount,
`<PROJ:text>`, `<ZONE:text>`, `<LOC:text>`, `<DATE:text>`. `records`: firm keys, amount key or None, stage. `links`: relation, head key,
tail key. `figures`: indicator, count, amount key or None. `decoy` marks where boilerplate begins (everything behind it).
"""

from dataclasses import dataclass

Record = tuple[str, str | None, str]
Link = tuple[str, str, str]
Figure = tuple[str, float | None, str | None]


@dataclass(frozen=True, slots=True)
class Template:
    """One text; `held_out` templates are never looked at while rules are written."""

    name: str
    style: str
    pub: str
    text: str
    records: tuple[Record, ...] = ()
    links: tuple[Link, ...] = ()
    figures: tuple[Figure, ...] = ()
    held_out: bool = False


TEMPLATES: tuple[Template, ...] = (
    Template(
        "brief-signing", "news", "2023-03-22",
        "3月21日,全县一季度重点产业项目集中签约仪式举行。<COM:a>的<PROJ:智能仓储机器人项目>、<COM:b>的<PROJ:高端铝型材项目>等现场签约,前者总投资<MON:m>,后者总投资<MON:n>。",
        (("a", "m", "signed"), ("b", "n", "signed")),
    ),
    Template(
        "plant-visit", "news", "2024-05-09",
        "走进<COM:a>的施工现场,塔吊林立。<COM:a.s>项目计划总投资<MON:m>,去年9月开工,目前主体厂房已封顶,预计今年底投产,达产后年产值可达<MON:o>。",
        (("a", "m", "construction"),),
    ),
    Template(
        "ledger-note", "ledger", "2024-02-01",
        "备注:1月17日<COM:a.s>来访,老板姓顾,想上<PROJ:精密压铸件项目>,盘子<MON:m>,先租厂房6000平。要求电价优惠,暂未答复,继续跟。",
        (("a.s", "m", "negotiating"),),
    ),
    Template(
        "weekly-list", "weekly", "2024-10-14",
        "一周招商动态\n1、<COM:a.s>:<PROJ:铜箔项目>合同已签,总投<MON:m>,选址B区。\n2、<COM:b.s>:考察两轮,双方就土地价格还在磋商,意向投资<MON:n>。\n3、<COM:c.s>:客商明确表示不来了,已转投邻市。\n4、<COM:d.s>:营业执照已办好,设备下月进场,投资<MON:k>。",
        (("a.s", "m", "signed"), ("b.s", "n", "negotiating"), ("c.s", None, "terminated"), ("d.s", "k", "landed")),
    ),
    Template(
        "bulletin", "bulletin", "2023-10-11",
        "前三季度,<LOC:仪征市>新签约项目<CNT:52个>,协议总投资<MON:s>;新开工项目<CNT:31个>,竣工投产<CNT:18个>。全市实际利用外资<MON:f>,同比增长6.1%。其中,<COM:a>投资<MON:m>的<PROJ:车用线束项目>已竣工投产。",
        (("a", "m", "production"),),
        figures=(("signed", 52, "s"), ("construction", 31, None), ("production", 18, None), ("fdi", None, "f")),
    ),
    Template(
        "supply-chain", "news", "2024-08-19",
        "<COM:a.s>在园区落户三年,如今满产。看中它的采购量,给它供应密封件的<COM:b.s>追随而来,投资<MON:m>建设<PROJ:密封件生产基地>,已于7月开工。",
        (("a.s", None, "production"), ("b.s", "m", "construction")),
        (("supplier_of", "b.s", "a.s"), ("followed", "b.s", "a.s")),
    ),
    Template(
        "fund", "news", "2023-11-30",
        "由区属平台发起的<FUND:澔嶂绿能产业投资基金>总规模<MON:g>,已投资<COM:a.s>、<COM:b.s>。其中<COM:a.s>总投资<MON:m>的<PROJ:固态电解质项目>10月开工,<COM:汜川银行庐江支行>配套贷款<MON:l>。",
        (("a.s", "m", "construction"),),
        (("fund_invested", "=澔嶂绿能产业投资基金", "a.s"), ("fund_invested", "=澔嶂绿能产业投资基金", "b.s"), ("lends_to", "=汜川银行庐江支行", "a.s")),
    ),
    Template(
        "announcement", "announcement", "2024-06-06",
        "<COM:a>关于签订投资意向书的公告\n公司与<GOV:宜兴经济技术开发区管理委员会>于2024年6月5日签署意向书,拟投资建设<PROJ:光伏边框生产基地项目>,预计总投资不超过人民币<MON:m>。该意向书不具有法律约束力。",
        (("a", "m", "intent"),),
    ),
    Template(
        "page-decoys", "news_page", "2022-09-15",
        "首页 > 新闻中心 > 园区快讯 > 正文\n来源:融媒体中心 2022-09-15 09:20 浏览次数:233\n9月14日,<COM:a>与<ZONE:如皋经济技术开发区>正式签约,将投资<MON:m>建设<PROJ:氢燃料电池电堆项目>。\n责任编辑:小周\n相关推荐\n某某集团豪掷88亿元建超级工厂\n震惊!9.9亿元大单落空\n2022-09-14 10:01:22\n版权所有",
        (("a", "m", "signed"),),
    ),
    Template(
        "reinvest", "news", "2023-07-18",
        "“第一次来时只有两台注塑机。”<COM:a.s><ROLE:总经理><PER:邵望川>说。7月16日,<COM:a.s>宣布增资<MON:m>,扩建<PROJ:医用耗材智能工厂>,新上12条生产线,可新增就业<JOB:260人>。",
        (("a.s", "m", "intent"),),
        (("has_role", "=邵望川", "a.s"),),
    ),
    Template(
        "respectively", "news", "2024-04-26",
        "签约仪式上,<COM:a>、<COM:b>、<COM:c>分别投资<MON:m>、<MON:n>和<MON:k>,均已落户<ZONE:溧阳高新区>。",
        (("a", "m", "landed"), ("b", "n", "landed"), ("c", "k", "landed")),
    ),
    Template(
        "minutes", "minutes", "2022-12-08",
        "会议听取了项目汇报:(一)<COM:a.s><PROJ:特种陶瓷项目>,总投资<MON:m>,已完成选址,待签约;(二)<COM:b.s><PROJ:冷链配送项目>因资金问题停工,由<GOV:县发展和改革局>协调;(三)<COM:c.s>项目不再推进。",
        (("a.s", "m", "sited"), ("b.s", None, "construction"), ("c.s", None, "terminated")),
    ),
    Template(
        "subsidiary", "news", "2023-05-25",
        "5月23日,<COM:a>在<LOC:太仓>设立全资子公司<COM:b>,计划投资<MON:m>建设<PROJ:直线导轨项目>,目前已完成工商注册。",
        (("b", "m", "landed"),),
        (("subsidiary_of", "b", "a"),),
    ),
    Template(
        "no-project", "housing", "2024-03-11",
        "楼市回暖了吗?记者走访<LOC:合肥>多个楼盘,一家售楼处的均价为2.1万元,首付从60万元降到42万元。签约量比上月略多,但看房的人更多。",
        (), (), (), True,
    ),
    Template(
        "chat", "wechat", "2024-01-19",
        "各位领导,刚和<COM:a.b>(全称<COM:a>)的顾总通完电话,他们想把压铸这块搬过来,大概<MON:m>,要80亩地,下周来看。",
        (("a", "m", "intent"),), (), (), True,
    ),
    Template(
        "roundup", "news", "2023-08-30",
        "在<ZONE:沛县经济开发区>,机器轰鸣。<COM:a.s>投资<MON:m>新建的<PROJ:再生铝生产线>上月点火试产;一墙之隔,<COM:b.s>的<PROJ:模具车间>正在打桩;再往东,<COM:c.s>还没动静——协议签了半年,迟迟没有开工。",
        (("a.s", "m", "production"), ("b.s", None, "construction"), ("c.s", None, "signed")), (), (), True,
    ),
)  # fmt: skip
