"""Who holds which role, and where."""

import re
from collections.abc import Iterator

from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.funding import is_main
from zhaoyin.engines.reading.links import Link, Namers, RelationKind
from zhaoyin.engines.reading.mentions import Kind, Mention
from zhaoyin.engines.reading.sentences import InOrder, inside
from zhaoyin.engines.reading.serving import serves_at

_OFFICER = re.compile(r"副?(?:局长|主任|处长|科长|行长)")
_OFFICE = re.compile(
    r"(?:[市县区州省]|[\u4e00-\u9fff]{2}[市县区])?(?!在|由|据|和)[\u4e00-\u9fff]{2,8}(?:局|委|办|厅|委员会|办公室|中心)$"
)
"""A bureau right before its head, also one that no register would know by this name."""
_NAMED_OFFICE = re.compile(
    r"[市县区州省](?:招商|投资|商务|发改|发展|经信|工信|科技|财政|住建|自然资源|生态环境|农业农村|市场监管|统计|文旅|金融)[\u4e00-\u9fff]{0,10}?(?:局|中心|委|办公室)(?![\u4e00-\u9fff]?(?:局长|主任))"
)
_IN_BRACKET = re.compile(r"\([^()、,。;::]{1,14}")
"""汪涛(县招商委|主任): the name, and in brackets where and what."""
_WHERE = re.compile(r"[\u4e00-\u9fff]{2,}$")
_COMMITTEE = re.compile("(?:党工委|党委|工委)$")
OFFICE_REACH = 400
_OF_A_FUND = re.compile(r"(?:基金|管理人|投委会|管理公司)[^,。;]{0,3}$")
_FUND_OFFICES = ("合伙人", "基金经理", "投资总监", "投委会主任", "投资经理")
SENTENCE_REACH = 400
_ITS = re.compile(r"(?:它的?|其|该厂|该公司|这家(?:企业|公司|厂)的?)$")


class RoleReader:
    """Finds the roles of one text's people."""

    def __init__(self, facts: Facts, namers: Namers) -> None:
        self.facts, self.namers = facts, namers

    def read(self) -> Iterator[Link]:
        """Each person with a role, in the order of the roles."""
        roles = self.facts.board.of(Kind.ROLE)
        people = InOrder(self.facts.board.of(Kind.PERSON) if roles else ())
        for role in roles:
            person = self._person_of(role, people)
            if person is None:
                continue
            organisation = self._organisation_of(role, person)
            start = (
                role.start
                if _IN_BRACKET.fullmatch(self.facts.text, person.end, role.start)
                else min(role.start, person.start)
            )
            before = self.facts.text[max(0, start - 14) : start]
            office = _OFFICE.search(before) if organisation is None and _OFFICER.match(role.text) else None
            bracket = _IN_BRACKET.fullmatch(self.facts.text, person.end, role.start)
            if organisation is None and office is None and bracket is not None:
                office = _WHERE.search(bracket[0])
            if organisation is None and office is None and _OFFICER.match(role.text):
                office = self._office_before(min(role.start, person.start))
            yield Link(
                RelationKind.HAS_ROLE,
                (person.text,),
                self._surfaces(organisation) if organisation else (office[0],) if office else None,
                min(role.start, person.start),
                max(role.end, person.end),
                role.text,
            )
            if role.text.endswith("记者"):
                for other in inside(people, person.end, person.end + 13):
                    if person.end <= other.start <= person.end + 12 and re.fullmatch(
                        r"[、\s\u4e00-\u9fff]*", self.facts.text[person.end : other.start]
                    ):
                        yield Link(RelationKind.HAS_ROLE, (other.text,), None, role.start, other.end, role.text)

    def _surfaces(self, organisation: Mention) -> tuple[str, ...]:
        """A zone's committee holds the zone's offices: 郴州高新区|党工委书记."""
        names = self.namers.names(organisation)
        return tuple(dict.fromkeys([_COMMITTEE.sub("", name) or name for name in names]))

    def _person_of(self, role: Mention, people: InOrder[Mention]) -> Mention | None:
        text = self.facts.text
        for person in inside(people, role.start - 20, role.end + 4):
            after = 0 <= person.start - role.end <= 2 and "," not in text[role.end : person.start]
            before = 0 <= role.start - person.end <= 2 and text[person.end : role.start] in {
                "",
                "(",
                "任",
                "担任",
                ",",
                "作为",
            }
            if after or before or _IN_BRACKET.fullmatch(text, person.end, role.start):
                return person
        return None

    def _organisation_of(self, role: Mention, person: Mention) -> Mention | None:
        text, start = self.facts.text, min(role.start, person.start)
        if role.text.endswith(("记者", "通讯员", "主持人", "特派员")):
            return None
        if _IN_BRACKET.fullmatch(text, person.end, role.start):
            start = role.start
        if re.match(r"副?[区县镇市乡]长|专班|(?:常务)副[区县市]长|[县区市镇]委", role.text):
            return self._place_before(start)
        for mention in reversed(inside(self.namers.organisations, start - 40, start)):
            if mention.end <= start and text[mention.end : start] in {"", "的", "项目", "(", "联合"}:
                return mention
        after = next(
            (
                one
                for one in inside(self.namers.organisations, role.end, role.end + 2)
                if 0 <= one.start - role.end <= 1 and text[role.end : one.start] == "的"
            ),
            None,
        )
        if after is not None or role.text.endswith("书记"):
            return after or self._place_before(start)
        agency_role = re.match(r"副?(?:局长|主任|处长|科长)|该局", role.text) is not None
        kinds = (
            {Kind.AGENCY}
            if agency_role
            else (
                {Kind.FUND}
                if _OF_A_FUND.search(text, max(0, start - 8), start)
                or (role.text.endswith(_FUND_OFFICES) and "创始" not in role.text)
                else {Kind.COMPANY}
            )
        )
        wanted = [
            one
            for one in inside(self.namers.organisations, start - 260, start)
            if one.kind in kinds and one.end <= start and start - one.end < 220
        ]
        wanted = [
            one
            for one in wanted
            if role.text.endswith("行长") or not re.search(r"银行|分行$|支行$|农信|农商行", one.text)
        ]
        wanted = [
            one
            for one in wanted
            if not re.search(r"(?:老客户|给|为|向)[—]*$", text[max(0, one.start - 6) : one.start]) or len(wanted) == 1
        ]
        own = [one for one in wanted if not self._serves(one)]
        wanted = own or wanted
        if agency_role and wanted:
            alone = len({one.text for one in wanted}) == 1 and text.rfind("\n", wanted[-1].end, start) < 0
            close = start - wanted[-1].end < 6 or "该局" in text[max(0, start - 3) : start]
            return wanted[-1] if close or alone else None
        if Kind.FUND in kinds:
            return next((one for one in reversed(wanted) if is_main(one.text)), wanted[-1] if wanted else None)
        clause = max(text.rfind(mark, max(0, start - SENTENCE_REACH), start) for mark in "。;\n")
        same = [one for one in wanted if one.start > clause]
        if same and _ITS.search(text, max(0, start - 4), start):
            same = [one for one in wanted if one.start <= clause]
        near = same or [one for one in wanted if one.start > text.rfind("\n", 0, max(clause, 0))]
        return self.namers.subject(near) if near else self.namers.hub_before(start)

    def _serves(self, firm: Mention) -> bool:
        """由甲施工,乙设计院出图。总裁…: the office is held in the firm that the text is about."""
        return serves_at(self.facts.text, firm.start, firm.end) is not None

    def _office_before(self, position: int) -> re.Match[str] | None:
        """市投资促进局 … 副局长覃海燕说: the only bureau that the text has named shortly before."""
        found = list(_NAMED_OFFICE.finditer(self.facts.text, max(0, position - OFFICE_REACH), position))
        return found[-1] if found and len({one[0] for one in found}) == 1 else None

    def _place_before(self, position: int) -> Mention | None:
        """谯城区|副区长: the place right before an office."""
        mention = self.facts.board.at(position - 1)
        return mention if mention is not None and mention.kind in {Kind.PLACE, Kind.ZONE} else None
