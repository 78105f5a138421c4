"""Stages from words: a stage cell, a heading, or what a progress text says is done (not planned, not denied)."""

import re
from functools import lru_cache

from zhaoyin.engines.sheet_reading.result import StageFound
from zhaoyin.engines.sheet_reading.texts import squeeze

S = StageFound
ORDER = (S.LEAD, S.NEGOTIATING, S.SIGNED, S.REGISTERED, S.CONSTRUCTION, S.PRODUCTION)

_CELL: tuple[tuple[str, StageFound], ...] = (
    (
        r"终止|流失|撤销|撤消|取消|放弃|失败|退出|搁置|搁浅|作废|夭折|解约|解除|不再推进|terminated|cancel|lost|dropped|withdrawn",
        S.TERMINATED,
    ),
    (r"投产|达产|运营|营业|投用|量产|入统|入规|升规|production|operat", S.PRODUCTION),
    (r"开工|在建|建设中|施工|续建|动工|竣工|封顶|设备安装|建成|construct|building|groundbreak", S.CONSTRUCTION),
    (r"注册|落地|备案|立项|核准|报批|拿地|摘牌|供地|前期手续|手续办理|审批|registered|landed|filed", S.REGISTERED),
    (r"签约|签订|签署|已签|合同|框架协议|协议已|signed|contract|履约", S.SIGNED),
    (r"在谈|洽谈|谈判|磋商|对接|跟踪|跟进|推进中|接洽|考察|商谈|协商|negotiat|talk|in discussion", S.NEGOTIATING),
    (r"线索|意向|信息|储备|谋划|策划|初步接触|摸排|未接触|lead|intent|pipeline|prospect", S.LEAD),
)
_NOT_YET = re.compile(
    r"(?:尚未|还未|未|待|拟|即将|准备|计划|预计|筹备|意向|预)(?P<step>投产|达产|竣工|开工|动工|注册|落地|备案|立项|供地|摘牌|签约|签订合同|签订|签|签署)|(?P<going>注册|签约|开工|备案)(?:前|办理中|中)|正在(?P<doing>注册|备案|签约)"
)
_BEFORE = {"投": S.CONSTRUCTION, "达": S.PRODUCTION, "竣": S.CONSTRUCTION, "签": S.NEGOTIATING}
"""What is reached when the next step is only ahead: 未签约 is still in talks; before 注册 and 开工 stands 签约."""
_CELL_RULES = tuple((re.compile(pattern, re.I), stage) for pattern, stage in _CELL)


@lru_cache(maxsize=4096)
def stage_of_cell(text: str) -> StageFound | None:
    """The stage that a short cell, tick head or heading names; None when it names none."""
    flat = squeeze(text)
    ahead = _NOT_YET.search(flat)
    if ahead:
        step = next(part for part in ahead.groups() if part)
        rest = _NOT_YET.sub("", flat)
        found = stage_of_cell(rest) if rest else None
        if found is not None and found is not S.LEAD:
            return found
        return _BEFORE.get(step[0], S.SIGNED)
    for rule, stage in _CELL_RULES:
        if rule.search(flat):
            return stage
    return None


_HEADING: tuple[tuple[str, StageFound], ...] = (
    (r"终止|流失|撤销|取消|失败|退出|搁置", S.TERMINATED),
    (r"签约未开工|签约待开工|已签约未|签约未落地|签约待落地|签约未注册|新签约|新签", S.SIGNED),
    (r"注册未开工|落地未开工|已注册未", S.REGISTERED),
    (r"开工未投产|在建未投产|开工未竣工", S.CONSTRUCTION),
    (r"拟签约|待签约|拟签|意向签约|即将签约|未签约", S.NEGOTIATING),
    (r"(?:拟|待|计划|准备|即将|未)(?:投产|达产)", S.CONSTRUCTION),
    (r"(?:拟|待|计划|准备|即将|未)(?:开工|在建|动工)", S.SIGNED),
    (r"(?:拟|待|计划|未)(?:注册|落地)", S.SIGNED),
    (r"投产|达产|建成运营|运营", S.PRODUCTION),
    (r"开工|在建|续建|建设项目清单|施工", S.CONSTRUCTION),
    (r"注册|落地", S.REGISTERED),
    (r"签约|签订|合同|签署", S.SIGNED),
    (r"在谈|洽谈|对接(?:洽谈|中|阶段|项目|类)|谈判|跟踪|磋商|接洽|在跟", S.NEGOTIATING),
    (r"线索|储备|谋划|意向|信息库|摸排", S.LEAD),
)
_HEADING_RULES = tuple((re.compile(pattern), stage) for pattern, stage in _HEADING)
_STAGE_WORD = re.compile(r"线索|意向|储备|谋划|在谈|洽谈|拟签约|签约|注册|落地|开工|在建|投产|达产|终止|流失|撤销")
_JOINED = re.compile(
    r"(?:线索|意向|储备|在谈|洽谈|拟签约|签约|注册|落地|开工|在建|投产)[、和及与/\-·,，](?:已)?(?:线索|意向|储备|在谈|洽谈|拟签约|签约|注册|落地|开工|在建|投产)"
)


@lru_cache(maxsize=2048)
def stage_of_heading(text: str) -> StageFound | None:
    """The floor that a heading, sheet name or title gives; None when it names no stage or several (签约在谈项目汇总)."""
    flat = re.sub(r"招商引资|截至.*|对接会|签约仪式|签约时间|洽谈会", "", squeeze(text))
    if _JOINED.search(flat):
        return None
    for rule, stage in _HEADING_RULES:
        match = rule.search(flat)
        if match:
            rest = flat[: match.start()] + " " + flat[match.end() :]
            others = {stage_of_cell(word) for word in _STAGE_WORD.findall(rest)} - {stage, None}
            return None if others and "未" not in match[0] and "待" not in match[0] else stage
    return None


_CLAUSE = re.compile(r"[,，。;；!！?？\n、]|(?<!\d)\.(?!\d)|但|并(?=正在|计划|拟)|,")
_NOT_DONE = re.compile(
    r"尚未|未能|没有|未(?!来)|拟|预计|计划(?!总)|将(?!军)|争取|力争|准备|即将|筹备|有望|待|等待|下月|下个月|年底前|月底前|后签|正在办理|正在准备|正在(?:进行)?(?:公司|工商)?(?:注册|登记|备案)|推进.{0,4}(?:签约|注册|开工)|"
    r"明年|后年|催促|督促|加快|协助|建议|希望|如果|若|目标|确保|办理中|之中$|倒排|一旦|可望|洽谈|磋商|商谈|(?:注册|登记|备案)(?:手续)?(?:办理)?中|plan|expect|will\b|to be",
    re.I,
)
_DONE: tuple[tuple[re.Pattern[str], StageFound], ...] = tuple(
    (re.compile(pattern, re.I), stage)
    for pattern, stage in (
        (r"(?:已|建成|正式|实现|顺利|全面|竣工|部分|试)(?:经)?(?:全面|正式|建成|竣工|部分)?(?:投产|达产|投入运营|投入生产|投入使用|运营|量产|试生产|开业)|试生产|投产运营|投产达效|产能(?:逐步)?释放|"
         r"(?:建成|竣工)(?:并)?投产|生产线(?:已)?投入|产品(?:已)?下线|进入(?:试)?生产|已入规|已入统|已纳统|(?:^|[^拟待未])投产$|生产运营|运营中|in production|in operation", S.PRODUCTION),
        (r"已(?:经)?(?:正式|全面|破土|顺利)?(?:开工|动工)|开工建设|正在(?:进行)?(?:施工|建设|基础|主体|土建|桩基|装修|安装|厂房)|在建|建设中|施工中|主体(?:结构|厂房|工程|封顶|完工|已|施工)|封顶|"
         r"基础施工|桩基|土建|设备(?:陆续|已|正在|开始)?(?:进场|安装|调试)|(?:厂房|车间|主体|项目|工程)(?:已|基本)?(?:竣工|完工|建成|封顶)|已竣工|已建成|厂房建设|破土动工|奠基|"
         r"(?:举行|举办)(?:了)?开工|开工(?:仪式|率|日期|时间)|(?:^|[^拟待未前])开工$|装修改造|进场施工|under construction|started construction", S.CONSTRUCTION),
        (r"(?:已|完成|办理完|办结|取得|领取|拿到|办妥)(?:了|经)?(?:项目)?(?:公司|企业|工商)?(?:工商|营业)?(?:注册|登记|执照|设立)|营业执照(?:已|办理完|下发|取得|领取)|已(?:完成|经)?(?:(?!签|正在|待|拟|申请|报)[^,，]){0,6}(?:注册|备案|立项)|"
         r"(?:项目)?公司(?:已)?(?:注册)?成立|注册成立|注册(?:项目)?公司(?!手续)|注册(?:已)?完成|完成(?:公司|工商|企业)?(?:注册|登记|备案|立项)|(?:取得|拿到|获得).{0,8}(?:备案|核准|土地证|不动产权)|已(?:摘牌|拿地|供地)|"
         r"(?:土地)?(?:已|成功)摘牌|备案(?:已)?完成|company registered|registered$", S.REGISTERED),
        (r"已(?:经|成功|正式)?(?:签约|签订|签署|签)|签订(?:了)?(?:正式|投资|框架|合作|入园|项目)*(?:合同|协议)|签署(?:了)?.{0,8}(?:合同|协议)|正式签约|成功签约|签约(?:完成|成功)|"
         r"(?:合同|协议)(?:已)?(?:正式)?(?:签订|签署)|完成签约|(?:^|[^拟待未前])签约(?:$|[(（\d])|signed", S.SIGNED),
    )
)  # fmt: skip
_ENDED = re.compile(
    r"(?:已|宣布|双方|决定|项目|合作|自行)?(?:终止|流失|撤销|中止合作|放弃(?!低端)|取消|搁浅|退出|解除(?:合同|协议)|解约)|另选他地|(?:明确|决定|表示)(?:不来|不再|不投|放弃|退出)|无(?:投资)?意向|落户(?:外地|他地|别处|其他)|不再(?:投资|推进|合作|考虑)|"
    r"(?:已|最终)?(?:落户|选址|转投)(?:他|外|其它|其他)|转投(?:外|他|其)|terminated|cancelled|withdrawn",
    re.I,
)  # fmt: skip
_ENDED_NOT = re.compile(
    r"(?:如|若|避免|防止|否则|风险|可能|不会|未|流失率|暂停|取消(?:了)?(?:限制|收费|考察|行程|会议|资格))"
)
_TALKS = re.compile(
    r"在谈|协商|跟进|跟踪|接触(?!不)|(?:拟|待|准备|计划|预计|争取|力争|即将)[^,，。;；]{0,8}签(?:约|订|署)|尚未签约|未签约|洽谈|磋商|商谈|谈判|考察|来访|对接|比选|协议文本|条款|赴企业|拜访|接洽|会谈|沟通|意向|报价|选址|座谈|回访|negotiat|visit",
    re.I,
)
_LEADS = re.compile(
    r"线索|尚未(?:接触|来访|考察|见面)|未接触|初步(?:了解|联系|接触|摸排|获取)|通过.{0,10}(?:联系|了解)|获取|lead\b",
    re.I,
)


@lru_cache(maxsize=16384)
def stage_of_text(text: str) -> tuple[StageFound | None, StageFound | None]:
    """(furthest step said to be done or an end, softer guess of talks or lead) of a progress text."""
    flat = squeeze(text)
    done: StageFound | None = None
    for sentence in _SENTENCE.split(flat):
        planned = False
        for clause in _CLAUSE.split(sentence):
            if _ENDED.search(clause) and not _ENDED_NOT.search(clause):
                return S.TERMINATED, None
            found = _done_in(clause, planned=planned)
            if found is not None and (done is None or ORDER.index(found) > ORDER.index(done)):
                done = found
            planned = (planned and not _STATED_DONE.search(clause)) or _PLAN.search(clause) is not None
    soft = S.LEAD if _LEADS.search(flat) else S.NEGOTIATING if _TALKS.search(flat) else None
    return done, soft


_SENTENCE = re.compile(r"[。;；\n!！?？]")
_PLAN = re.compile(r"预计|计划(?!总)|拟|力争|争取|将于|目标|有望|明年|后年|plan|expect", re.I)
_STATED_DONE = re.compile(r"已|完成|正在|成功|目前|现|了|在建")
"""计划5月签约，7月开工: a plan goes on over the next clauses until one states what is."""


def _done_in(clause: str, *, planned: bool = False) -> StageFound | None:
    if not clause or (planned and not _STATED_DONE.search(clause)):
        return None
    barred = _NOT_DONE.search(clause)
    for rule, stage in _DONE:
        for match in rule.finditer(clause):
            if _NO_CONTRACT.search(clause, match.start()):
                continue
            if barred is None or _free(clause, match, barred):
                return stage
    return None


_NO_CONTRACT = re.compile(r"签(?:订|署|约)?(?:了)?(?:保密|备忘录)")


def _free(clause: str, match: re.Match[str], barred: re.Match[str]) -> bool:
    """A plan or denial binds what follows it, not what was said before it: 已签约正在办理注册."""
    if match.start() >= barred.end():
        return False
    if match.end() <= barred.start():
        return True
    return match[0].startswith(("已", "完成", "正在")) and match.start() < barred.start()


_IN_TALKS = re.compile(r"在谈|(?:正在|已)(?:进行|开展|就.{1,14}?)?(?:洽谈|谈判|磋商|商谈|协商)")
"""Talks that are under way, which raise a lead; talks that are planned do not."""


def raised(floor: StageFound | None, text: str) -> StageFound | None:
    """The stage of a row without a stage cell: the heading's floor, raised by done steps or ended by its text."""
    done, soft = stage_of_text(text)
    if done is S.TERMINATED:
        return done
    if floor is None:
        short = stage_of_cell(text) if done is None and soft is None and len(squeeze(text)) <= 8 else None
        return done or soft or short
    if floor is S.LEAD and done is None and _IN_TALKS.search(squeeze(text)):
        return S.NEGOTIATING
    if floor is S.TERMINATED or done is None:
        return floor
    return done if ORDER.index(done) > ORDER.index(floor) else floor
