"""Persons and their roles: a person is seen by the role, salutation or verb of speech beside the name."""

import re

from zhaoyin.domain.company_name import word_list
from zhaoyin.engines.reading.aliases import occurrences
from zhaoyin.engines.reading.lexicon import is_trade, words
from zhaoyin.engines.reading.mentions import Board, Kind, Mention
from zhaoyin.engines.reading.tokens import Runs, Token
from zhaoyin.engines.reading.vocabulary import RARER_SURNAMES, ROLES, SURNAMES

_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,5}(?:·[\u4e00-\u9fff]{1,6}){1,2}")
_DOUBLE = frozenset(word_list("""欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 端木 东方 南宫"""))
_SPEECH = frozenset(
    "召汇陪率看替被让用咬约指问答想要签放说笑称道坦指透摊点叹带率任盯在和与等来飞向对表给又正也还就一将把从刚曾去到作为接握主签拍摆举看拿算座出调"
)
_LABEL = re.compile(
    r"(?:责任人|联系人|对接人|负责人|跟进人|洽谈人|招商员|经办人?|填报人?|包联人|牵头人)\s?[::]\s?(?=[\u4e00-\u9fff]{2,3}(?![\u4e00-\u9fff]))"
)
_BYLINE = re.compile(
    r"(?:^|[\s(])(?:文|图|撰文|摄影|编辑|作者)[//]\s?(?=[\u4e00-\u9fff]{2,3}(?![\u4e00-\u9fff]))", re.MULTILINE
)
"""文/某某."""
_SALUTATION = re.compile(r"女士|先生|总(?![部共体量投计额算值监经裁是要会有在])")
_SALUTED = SURNAMES - frozenset("全公方和高老")
_ROLES = frozenset(ROLES)
_ROLE_OR_LATIN = re.compile("[ra]")
_BY = re.compile(
    r"(?:由|是|自然人|同志|专班|商会)(?=[\u4e00-\u9fff]{2,3}(?:盯|任|负责|牵头|带队|主持|跟进|与同事|和同事|在群|共同|出资|等\d|一行))"
)
_MAN = re.compile(
    r"(?:客商|侨商|侨领|台商|港商|商人|乡贤|名叫|老板叫|厂长叫|个人[,,]?叫|(?:董事长|总经理|厂长|老板|法人)(?:已经?|早就|现在)?(?:换成了?|换作|变成了?))\s?(?=[\u4e00-\u9fff]{3}(?:[,。、;)]|投资|创办|回乡|返乡|带着?|介绍|说|春节|今年|去年|一行|先生|女士))"
)
"""浙江客商|杨文斌|投资6000万元: three characters behind a word for a man of business, the first of them a surname."""
_ROLE_ALONE = frozenset(
    word_list(
        """镇长 县长 区长 市长 书记 党工委书记 县委书记 区委书记 董事长 总经理 局长 副县长 副区长 副市长 副镇长 厂长"""
    )
)
_GOES_BEHIND = frozenset(
    word_list(
        """看地 看过 看了 率队 率团 见面 通报 汇报 召集 召开 笑言 笑称 笑道 去年 今年 上月 本月 昨天 今天 前往 陪同 带队 到访 来访 接过 坦陈 直言"""
    )
)
"""Words right behind a name of two characters."""
_NOT_GIVEN = frozenset(
    word_list(
        """报道 报导 摄影 介绍 表示 主持 接待 带队 一行 指出 强调 透露 坦言 认为 解释 告诉 陪同 率队 出席 致辞 参加 调研 宣布 回应
    发布 直言 算账 昨晚 昨天 昨日 今天 今早 今日 当天 上午 下午 晚上 近日 日前 最近 工业 农业 商业 经济"""
    )
)
_LATIN = re.compile(
    r"[A-Z][a-zÀ-ÿ'-]+(?: (?:[A-Z]\.|van|von|de|der|[A-Z][a-zÀ-ÿ'-]+)){1,3}(?![A-Za-zÀ-ÿ])(?! ?(?:公司|集团|GmbH|AG|Inc|Ltd|Co\.))"
)
_OPENS = frozenset(["", "。", ",", ";", "、", "\n", " ", "“", "”", ":", "("])
_ENUM = re.compile(r"[、\s]+")


_OFFICE_BEHIND = re.compile("(?:常务)?副?(?:局长|主任|处长|书记|部长|科长|厅长)")
"""县农机局|局长|于占海: a dictionary reads 长于 there."""


def place_people(text: str, token_runs: Runs, board: Board) -> None:
    """Put roles and persons on the board."""
    for tokens, index in token_runs.find(_ROLE_OR_LATIN):
        if tokens[index].kind == "r" or tokens[index].text in _ROLES:
            _role(text, tokens, index, board)
    for agency in board.of(Kind.AGENCY):
        office = _OFFICE_BEHIND.match(text, agency.end)
        if office is not None and board.is_free(*office.span()) and _person_after(text, office.end(), board):
            board.place(text, *office.span(), Kind.ROLE)
    for match in _LABEL.finditer(text) if ":" in text else ():
        _person_at(text, match.end(), board)
    for match in _BYLINE.finditer(text) if "/" in text else ():
        _person_at(text, match.end(), board, rarer=True)
    for match in _BY.finditer(text):
        _person_at(text, match.end(), board)
    for match in _MAN.finditer(text):
        name = text[match.end() : match.end() + 3]
        if not is_trade(name[1:]) and name not in words():
            _person_at(text, match.end(), board, rarer=True)
    for match in _SALUTATION.finditer(text):
        surname = text[match.start() - 1 : match.start()]
        if surname in _SALUTED:
            board.place(text, match.start() - 1, match.end(), Kind.PERSON)
    _repeat_names(text, board)


def _role(text: str, tokens: list[Token], index: int, board: Board) -> None:
    token = tokens[index]
    found = _person_after(text, token.end, board) or _person_before(text, token.start, board)
    reporter = token.text.endswith(("记者", "通讯员"))
    labelled = found is not None or token.text in _ROLE_ALONE
    if labelled and not (reporter and found is None):
        start = token.start
        if reporter and token.text == "全媒体记者":
            start = token.end - 2
        board.place(text, start, token.end, Kind.ROLE)
    if reporter and found is not None:
        _more_names(text, found.end, board)


def _more_names(text: str, position: int, board: Board) -> None:
    """Further reporters after a space or enumeration comma."""
    for _ in range(6):
        gap = _ENUM.match(text, position)
        if gap is None or "\n" in gap[0]:
            return
        found = _person_at(text, gap.end(), board)
        if found is None:
            return
        position = found.end


_NEVER_GIVEN = frozenset("负打到等是的没仅要")
_SAYS_OR_DOES = frozenset(
    word_list(
        """信心 介绍 表示 负责 坦言 透露 告诉 感慨 回忆 认为 掰着 指着 扳着 牵头 带着 拿着 满脸 说起 谈起 答应 决定 拍板"""
    )
)
"""Right behind a surname and one character these are no part of the name: 冯涛|信心满满."""
_BEFORE_NAME = re.compile(r"[\s::“(]{0,2}")


def _person_after(text: str, position: int, board: Board) -> Mention | None:
    gap = _BEFORE_NAME.match(text, position)
    begin = gap.end() if gap else position
    foreign = _FOREIGN.match(text, begin)
    if foreign is not None:
        return board.place(text, foreign.start(), _foreign_end(text, foreign), Kind.PERSON)
    latin = _LATIN.match(text, begin)
    if latin is not None:
        return board.place(text, latin.start(), latin.end(), Kind.PERSON)
    return (
        _told_person(text, begin, board, least=LEAST_FOREIGN)
        or _person_at(text, begin, board, rarer=True)
        or _told_person(text, begin, board)
    )


def _told_person(text: str, begin: int, board: Board, *, least: int = 2) -> Mention | None:
    """局长|于占海|说, 主任|沙木沙克|汇报: whoever speaks behind an office, whatever the surname."""
    match = _TOLD.match(text, begin)
    if match is None or len(match[0]) < least:
        return None
    name = match[0]
    known = words()
    surname = name[0] in SURNAMES or name[0] in _RAREST
    if len(name) >= LEAST_FOREIGN or not surname:
        if len(name) < LEAST_UNKNOWN or not _SOUNDS.issuperset(name):
            return None
    elif name in known or name[1:] in _NOT_GIVEN or name[-1] in _NEVER_GIVEN:
        return None
    return board.place(text, begin, match.end(), Kind.PERSON)


_SOUNDS = frozenset(
    "阿不都赛买提克古丽娜尔力哈吉巴图萨仁高娃其木格布斯楞才让扎西卓玛尕藏次多杰桑旦达瓦顿珠朝鲁呼乌云苏日娅努江艾孜依米热亚森合汗别措拉毛沙葛根塔居买麦玉素甫如孜吾斯曼迪伊敏帕提夏夫里加且永青央金益罗松贡嘎洛德吉雅那顺宝音特木勒敖其尔恩和"
)
"""Characters that names of other tongues are written with."""
LEAST_UNKNOWN, LEAST_FOREIGN = 3, 4
"""Characters of a name that begins with no surname, and from which on a name is no Chinese one (沙木沙克)."""
_TOLD = re.compile(
    r"(?![的和与及们会办等也还已正将就都在对向从])[\u4e00-\u9fff]{2,6}?"
    r"(?=(?:也|则|还|又)?(?:说(?![明会法])|表示|介绍|透露|坦言|苦?笑|称(?![号呼赞])|讲(?!话)|汇报|强调|带队|带领|主持|宣布|提醒|解释|认为|答|回复|直言|批示|掰着|急得|受访|牵头|证实|指出|告诉|感慨)"
    r"|要求|[、,。)::「“]|\s|$)"
)
_RAREST = frozenset(
    "岳迟栗辜谌揭仵亓佴冶匡占呼哈嘎图塔奂妫宝尕尼屠岱庾戢操敏斯旦普朗木朴格桓檀欣汝沐沙洛海涂淡漆澹焉特玉玛珠瑞盘盛矫磨祖禚秘税笪第简籍粘线练缴罕翁老者肇自芦苑英荆莘菅萨蔚蔺藏虎蛮衣补褟覃解訾谈豆贝赖赛赫超辉边过迮邸邹郁郄郅郇郎郗鄢酆钦钭铁锁镡门闪闭阚阿陀隋隗雒静鞠韶项须顿颉骆骞麦黎鼓齐龙权茹仝靖晋皇药逯邝郜银闾阙衷荣荀初冼佘佟仇么乜"
)
"""Characters that begin a name right behind an office and before a verb of speech."""


def _foreign_end(text: str, match: re.Match[str]) -> int:
    """The last part of a foreign name runs into the next words; cut it at a verb of speech or gesture."""
    last = text.rfind("·", match.start(), match.end())
    for position in range(last + 2, match.end()):
        if text[position] in _SPEECH or text[position] in "先女":
            return position
        if position > last + 2 and words().get(text[position : position + 2], "")[:1] == "v":
            return position
    return match.end()


_DOUBLE_RARER = frozenset(
    [
        "单于",
        "百里",
        "东郭",
        "南门",
        "呼延",
        "闻人",
        "钟离",
        "申屠",
        "太史",
        "澹台",
        "公冶",
        "宗政",
        "濮阳",
        "淳于",
        "万俟",
        "赫连",
        "拓跋",
        "夹谷",
        "仲孙",
        "轩辕",
    ]
)
"""Surnames of two characters that are looked for only right behind a role."""


def _person_at(text: str, begin: int, board: Board, *, rarer: bool = False) -> Mention | None:
    """A name of two to four characters that begins here; its length follows from what comes after it."""
    width = 2 if text[begin : begin + 2] in _DOUBLE or (rarer and text[begin : begin + 2] in _DOUBLE_RARER) else 1
    if (
        width == 1
        and text[begin : begin + 1] not in SURNAMES
        and not (rarer and text[begin : begin + 1] in RARER_SURNAMES)
    ):
        return None
    rest = ""
    for sign in text[begin + width : begin + width + 2]:
        if not "\u4e00" <= sign <= "\u9fff":
            break
        rest += sign
    if len(rest) == 1 and text[begin : begin + 2] in words():
        return None
    if not rest or rest in _NOT_GIVEN or text[begin + width : begin + width + 2] in _NOT_GIVEN:
        return None
    if width == 1 and words().get(text[begin : begin + 2], "")[:1] in {"v", "d"}:
        return None
    two = text[begin + width + 1 : begin + width + 3]
    if len(rest) == 2 and (rest[1] in _NEVER_GIVEN or two in _SAYS_OR_DOES):
        rest = rest[0]
    if (
        len(rest) == 2
        and text[begin + width + 2 : begin + width + 3] not in {")", "”"}
        and ((rest[1] in _SPEECH and _goes_on(text, begin + width + 1)) or two in _NOT_GIVEN or two in _GOES_BEHIND)
    ):
        rest = rest[0]
    end = begin + width + len(rest)
    return board.place(text, begin, end, Kind.PERSON)


def _goes_on(text: str, position: int) -> bool:
    """Whether the character here begins the next words rather than ends a name."""
    following = text[position + 1 : position + 2]
    if following in {"说", "道"}:
        return text[position] in "笑坦直叹"
    return (
        following in {"", ",", "。", ":", "“", ";", "、", "着", "来", "了", "在", "说", "道", "队"}
        or text[position] in "说称和与在任盯带对向给把替被让将跟从用召汇陪"
        or text[position : position + 2] in _GOES_BEHIND
        or words().get(text[position : position + 2], "")[:1] == "v"
    )


_BEFORE_BRACKET = re.compile(r"(?:^|[、,。;::\s])([\u4e00-\u9fff]{2,3})\([^()、,。;::]{1,14}$")
"""汪涛(县招商委|主任): the office stands in a bracket behind the name."""


def _person_before(text: str, position: int, board: Board) -> Mention | None:
    """李建军(专班组长) or 季伟松任董事长."""
    before = text[max(0, position - 8) : position]
    bracketed = _BEFORE_BRACKET.search(text, max(0, position - 22), position)
    if bracketed is not None and bracketed[1][0] in SURNAMES and bracketed[1][1:] not in words():
        return board.place(text, *bracketed.span(1), Kind.PERSON)
    match = re.search(r"([\u4e00-\u9fff]{2,3})(?:\(|任|担任|作为|,)$", before)
    if match is None:
        alone = re.search(r"(?:^|[,。;:“\n、 ])([\u4e00-\u9fff]{3})$", text[max(0, position - 4) : position])
        if alone is None or alone[1][0] not in SURNAMES or alone[1][1:] in words() or alone[1][:2] in words():
            return None
        return board.place(text, position - 3, position, Kind.PERSON)
    name = match[1]
    if before.endswith("任") and name.endswith("担"):
        return None
    if len(name) == 3 and name[0] not in SURNAMES and name[1] in SURNAMES:
        name = name[1:]
    if name[0] not in SURNAMES or (before.endswith(",") and len(name) < 3):
        return None
    start = position - len(before) + match.end(1) - len(name)
    if before.endswith(",") and start > 0 and "\u4e00" <= text[start - 1] <= "\u9fff":
        return None
    return board.place(text, start, start + len(name), Kind.PERSON)


def _repeat_names(text: str, board: Board) -> None:
    """Every further occurrence of a name of three or more characters, and of one of two where it opens a clause or speaks."""
    named = {mention.text for mention in board.of(Kind.PERSON)}
    names = {
        name for name in named if len(name) >= 3 or (len(name) == 2 and name[0] in SURNAMES and name not in words())
    }
    for start, end in occurrences(text, {name for name in names if name[-1] not in "总董"}):
        if end - start > 2 or text[start - 1 : start] in _OPENS or text[end : end + 1] in _SPEECH:
            board.place(text, start, end, Kind.PERSON)
