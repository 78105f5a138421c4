"""Who sells to whom, who followed whom, who invested, lent, owns, and who holds which role."""

import re
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from zhaoyin.domain.value import value
from zhaoyin.engines.reading.anchored import ANCHOR_SELLS_TO, OWNED, SUPPLIED, SUPPLIES, anchored, invested_in_anchor
from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.funding import LENDERS, gives, is_main, lends, reaches
from zhaoyin.engines.reading.mentions import ORGANISATIONS, Kind, Mention
from zhaoyin.engines.reading.namesakes import Cluster
from zhaoyin.engines.reading.paired import BUYS, FOLLOWS, SELLS, between_two
from zhaoyin.engines.reading.sentences import InOrder, Sentence, inside


class RelationKind(StrEnum):
    """Head stands in this relation to tail."""

    HAS_ROLE = "has_role"
    SUPPLIER_OF = "supplier_of"
    CUSTOMER_OF = "customer_of"
    FOLLOWED = "followed"
    FUND_INVESTED = "fund_invested"
    LENDS_TO = "lends_to"
    SUBSIDIARY_OF = "subsidiary_of"

    __hash__ = str.__hash__  # that of Enum is written in Python


_ANOTHER = re.compile(r"此外|还有一家|另有|另外|另一家|同日|此前|同一天|与此同时")
_FOR_WHOM = re.compile(r",?(?:它|他|该厂|专门|专|一直|长期|正|是)*(?:给|为|替)")
_CLOSED = re.compile("[;。]")
_HAND_IN_HAND = re.compile(r"基金(?:联手|联合|携手|和|与)$")
_OF_A_FUND = re.compile(r"(?:基金|管理人|投委会|管理公司)[^,。;]{0,3}$")
_FUND_OFFICES = ("合伙人", "基金经理", "投资总监", "投委会主任", "投资经理")
SENTENCE_REACH = 400
HUB_REACH = 1_000
"""Characters on both sides in which the firm spoken of most is looked for."""
_ITS = re.compile(r"(?:它的?|其|该厂|该公司|这家(?:企业|公司|厂)的?)$")
NEAR_FIRMS = 8
"""How many firms on in a sentence the words between two of them still tell something."""
_IS_OF = re.compile(r"(?:股东为|母公司(?:为|是)?|隶属(?:于)?|是|系|为)$")
_HOLDER_NOTED = re.compile(r"备注[::]?股东为$")
_QUOTED = re.compile(r"\s*[“”]")
_GOES_ON = re.compile(r"其|它|他|我们|跟|随|引来|追随|下游|上游")
_FOLLOWED_ALONE = re.compile(r"[^,。;]{0,14}(?:追随|跟随|闻讯|接踵|随后|慕名)而(?:来|至)")
_KINDS = {SELLS: RelationKind.SUPPLIER_OF, BUYS: RelationKind.CUSTOMER_OF, FOLLOWS: RelationKind.FOLLOWED}


@value
class Link:
    """`head` and `tail` are surfaces; `start`..`end` is the sentence that says so."""

    kind: RelationKind
    head: tuple[str, ...]
    tail: tuple[str, ...] | None
    start: int
    end: int
    role: str = ""


_PRONOUN_SUPPLY = re.compile(
    r"(?:为|给|替)(?:其|他|它|我们|他们|她|该公司|对方|它们)(?!担保|贷款|投资|融资|服务|站台)[^,。;]{1,10}的$|(?:供|卖)[^,。;]{1,8}给(?:他|它|其|我们)的$|供(?:他|它|其)[^,。;]{1,8}的$|(?:为|给|替)(?:其|他|它|我们|他们|该公司|对方|它们|之)(?:供应?|做|提供|配套|生产|加工|代工|送)|供(?:应)?(?:其|它)|(?:供货商|供应商|上游(?:企业|供应商|配套)?)"
)
_PRONOUN_BUY = re.compile(
    r"(?<!上)下游|(?:每年|每月)?从(?:其|它|他们)[^,。]{0,6}(?:拿走|买|采购|进货)|买方|上游客户|是(?:其|它)的?(?:大)?客户|客户"
)
_FOLLOW = re.compile(
    r"跟了来|一道来|同行|找上门|挨着|隔壁|对门|旁边|跟进|追随|跟随|随之|跟着|同去|一起来|一[起同块](?:搬)?过来|引来|跟来|相继落|接踵|吸引来|坐不住|带来了|追了?过来|汇合|集拢|随后而来|闻讯|慢一步|纷至|也(?:想|会|要)?(?:把|搬|来|过来|跟)|引进了?上下游|抱团"
)
_PULL = re.compile(r"引来|吸引(?:了)?|带来|使其(?:上|下)|带动(?!就业)|拉来|牵来")
_OBJECT = re.compile(r"(?:给|为|向|从|被|对|与|和|同)$")
_COMES_FROM = re.compile(
    r"(?:原料|坯料|材料|配件|零件|部件|毛坯|钢材|线材|板材|芯片|包装|辅料|原材料|设备)[^,。;]{0,6}(?:来自|出自|由|从)$"
)
_NAMED_SUPPLY = re.compile(r"^(?:给|为|替|向)$")


_DEALS_WITH = re.compile(r"(?:与|和|同|为|给|向)$")
_LISTED = re.compile(r"[、和与及]")
_DEAL = re.compile(
    r"(?:等)?(?:\d+|[一二两三四五六七八九十]+|多|数)?(?:余)?(?:家)?(?:下游|本地|知名|整车|龙头|头部|主机)?(?:企业|公司|厂商|客户|厂|品牌)?"
    r"(?:建立|达成|形成|签订|签署|保持|有)?(?:了)?(?:长期|稳定|多年|的)*(?:供货|配套|供应|供销)(?:关系|合作|协议|合同|产品|服务|零部件|[^,。;]{0,6})?"
)
"""Behind the listed buyers: that goods are sold to them."""


_SELLING = re.compile(
    r"(?:做|卖|供应?|生产|印|产(?!业|链|能|品|值)|打(?!造)|造|制(?!造业|度)|送|加工)(?!大)[^,。]{1,10}的$"
)
_SERVES = re.compile(
    r"(?:一直|长期|已经?|正|在)?(?:给|替|为)(?:他|它|其|我们|他们|对方)(?:供|做|提供|配套|生产|打|加工|代工|印|送|开)"
)
_AFTER_A_FIRM = re.compile(r"(?:跟着|跟随|追随|冲着|奔着?|追着|随着?|挨着|靠着|守着|为了离|因为?)$")
_COMES = re.compile(r"来|去|搬|迁|建厂|落户|设点|近些|近一点|的单子|的订单")


_OFFICER = re.compile(r"副?(?:局长|主任|处长|科长|行长)")
_OFFICE = re.compile(
    r"(?:[市县区州省]|[\u4e00-\u9fff]{2}[市县区])?(?!在|由|据|和)[\u4e00-\u9fff]{2,8}(?:局|委员会|办公室|中心)$"
)
"""A bureau right before its head, also one that no register would know by this name."""


_NAMED_OFFICE = re.compile(
    r"[市县区州省](?:招商|投资|商务|发改|发展|经信|工信|科技|财政|住建|自然资源|生态环境|农业农村|市场监管|统计|文旅|金融)[\u4e00-\u9fff]{0,10}?(?:局|中心|委|办公室)(?![\u4e00-\u9fff]?(?:局长|主任))"
)
OFFICE_REACH = 400
_AFTER_A_FIRM_OF = re.compile(r"(?:跟着|跟随|追随|随着?)[^,。;]{0,8}$")
_CHAIN_TITLE = re.compile(
    r"(?:上游|配套|供应商|供货商|产业链|链)[^,。;]{0,6}(?:情况|名单|进展|清单|跟进|一览|企业)?\s*$"
)
_LISTED_SUPPLIER = re.compile(r"[::,]?\s?(?:供|做|配)(?!应链|暖|水|热|销)[^,。;]{1,8}[,。;]")
"""Under a title about a firm's suppliers: what each of the listed ones delivers."""


class LinkReader:
    """Finds the relations of one text."""

    def __init__(
        self,
        facts: Facts,
        sentences: list[Sentence],
        subsidiaries: list[tuple[Cluster, Cluster]],
        settled: frozenset[str] = frozenset(),
    ) -> None:
        """`settled` are the surfaces of firms whose own project here has been signed at least and was not given up."""
        self.facts, self.sentences, self.subsidiaries, self.settled = facts, sentences, subsidiaries, settled
        self.satellites: set[tuple[str, ...]] = set()
        self._titled = False
        self._surfaces: dict[int, tuple[str, ...]] = {}
        self._same: dict[tuple[Kind, str], tuple[str, ...]] = {}
        self._texts: dict[Kind, set[str]] = {}
        self._organisations = InOrder(facts.board.of(*ORGANISATIONS))
        self._first_at: dict[str, int] = {}
        for mention in self._organisations:
            self._texts.setdefault(mention.kind, set()).add(mention.text)
            self._first_at.setdefault(mention.text, mention.start)

    def read(self) -> list[Link]:
        """Relations without repetition."""
        found: dict[tuple[object, ...], Link] = {}
        chains = list(self._chains()) if len(self.facts.clusters) > 1 else []
        links = [*self._roles(), *chains, *self._came_along(chains), *self._money(), *self._ownership()]
        for link in links:
            key = (
                link.kind,
                frozenset(link.head),
                frozenset(link.tail or ()),
                link.role if link.kind is RelationKind.HAS_ROLE else "",
            )
            if link.tail is None or not set(link.head) & set(link.tail):
                found.setdefault(key, link)
        return list(found.values())

    def names(self, mention: Mention) -> tuple[str, ...]:
        """All surfaces of the thing a mention names."""
        cluster = self.facts.home.get((mention.start, mention.end))
        if cluster is not None:
            if cluster.number not in self._surfaces:
                self._surfaces[cluster.number] = tuple(sorted(cluster.names))
            return self._surfaces[cluster.number]
        if mention.kind in {Kind.ZONE, Kind.FUND, Kind.AGENCY}:
            known = self._texts.get(mention.kind, ())
            key = (mention.kind, mention.text)
            if key not in self._same:
                same = {text for text in known if text.endswith(mention.text) or mention.text.endswith(text)}
                self._same[key] = tuple(sorted(same))
            return self._same[key]
        return (mention.text,)

    # -- roles

    def _roles(self) -> Iterator[Link]:
        roles = self.facts.board.of(Kind.ROLE)
        people = InOrder(self.facts.board.of(Kind.PERSON) if roles else ())
        for role in roles:
            person = self._person_of(role, people)
            if person is None:
                continue
            organisation = self._organisation_of(role, person)
            before = self.facts.text[max(0, min(role.start, person.start) - 14) : min(role.start, person.start)]
            office = _OFFICE.search(before) if organisation is None and _OFFICER.match(role.text) else None
            if organisation is None and office is None and _OFFICER.match(role.text):
                office = self._office_before(min(role.start, person.start))
            yield Link(
                RelationKind.HAS_ROLE,
                (person.text,),
                self.names(organisation) if organisation else (office[0],) if office else None,
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

    def _person_of(self, role: Mention, people: InOrder[Mention]) -> Mention | None:
        text = self.facts.text
        for person in inside(people, role.start - 12, role.end + 4):
            after = 0 <= person.start - role.end <= 2 and "," not in text[role.end : person.start]
            before = 0 <= role.start - person.end <= 2 and text[person.end : role.start] in {
                "",
                "(",
                "任",
                "担任",
                ",",
                "作为",
            }
            if after or before:
                return person
        return None

    def _organisation_of(self, role: Mention, person: Mention) -> Mention | None:
        text, start = self.facts.text, min(role.start, person.start)
        if role.text.endswith(("记者", "通讯员")):
            return None
        if re.match(r"副?[区县镇市乡]长|专班|(?:常务)副[区县市]长|[县区市镇]委", role.text):
            return self._place_before(start)
        for mention in reversed(inside(self._organisations, start - 40, start)):
            if mention.end <= start and text[mention.end : start] in {"", "的", "项目", "(", "联合"}:
                return mention
        after = next(
            (
                one
                for one in inside(self._organisations, role.end, role.end + 2)
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
            for one in inside(self._organisations, start - 260, start)
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
        return self._subject(near) if near else self._hub_before(start)

    def _office_before(self, position: int) -> re.Match[str] | None:
        """市投资促进局 … 副局长覃海燕说: the only bureau that the text has named shortly before."""
        found = list(_NAMED_OFFICE.finditer(self.facts.text, max(0, position - OFFICE_REACH), position))
        return found[-1] if found and len({one[0] for one in found}) == 1 else None

    def _place_before(self, position: int) -> Mention | None:
        """谯城区|副区长: the place right before an office."""
        mention = self.facts.board.at(position - 1)
        return mention if mention is not None and mention.kind in {Kind.PLACE, Kind.ZONE} else None

    def _hub_before(self, position: int) -> Mention | None:
        """The firm that the text around `position` speaks of most and has named already; None when none is named twice."""
        here = [
            one
            for one in inside(self._organisations, position - HUB_REACH, position + HUB_REACH)
            if one.kind is Kind.COMPANY
        ]
        times: Counter[tuple[str, ...]] = Counter(self.names(one) for one in here)
        best: Mention | None = None
        for one in here:
            names = self.names(one)
            if one.start >= position or names in self.satellites or LENDERS.search(one.text):
                continue
            if best is None or times[names] > times[self.names(best)]:
                best = one
        return best if best is not None and times[self.names(best)] > 1 else None

    def _subject(self, candidates: list[Mention]) -> Mention:
        """The last one that opens a clause, else the last."""
        text = self.facts.text
        for mention in reversed(candidates):
            if mention.start == 0 or text[mention.start - 1] in "。,;\n:、.—":
                return mention
        return candidates[-1]

    # -- chains

    def _dealers(self, sentence: Sentence, companies: list[Mention], anchor: Mention | None) -> Iterator[Link]:
        """产品已与A、B等下游企业达成供货关系, 为A、B等提供配套: what the firm before them sells to all of them."""
        text = self.facts.text
        for index, first in enumerate(companies):
            opening = _DEALS_WITH.search(text, max(sentence.start, first.start - 10), first.start)
            if opening is None:
                continue
            listed = [first]
            for one in companies[index + 1 :]:
                if not _LISTED.fullmatch(text, listed[-1].end, one.start):
                    break
                listed.append(one)
            kind = _DEAL.match(text, listed[-1].end, min(sentence.end, listed[-1].end + 24))
            seller = companies[index - 1] if index else anchor
            if kind is None or seller is None:
                continue
            for buyer in listed:
                yield Link(
                    RelationKind.SUPPLIER_OF, self.names(seller), self.names(buyer), sentence.start, sentence.end
                )

    def _companies_in(self, sentence: Sentence) -> list[Mention]:
        return [one for one in inside(self._organisations, sentence.start, sentence.end) if one.kind is Kind.COMPANY]

    def _chains(self) -> Iterator[Link]:
        anchor: Mention | None = None
        block = -1
        self._titled = _CHAIN_TITLE.search(self.facts.text.lstrip().split("\n", 1)[0]) is not None
        for sentence in self.sentences:
            companies = [one for one in self._companies_in(sentence) if not LENDERS.search(one.text)]
            if not companies:
                continue
            if sentence.block != block:
                quoted = _QUOTED.match(self.facts.text, sentence.start, sentence.start + 2)
                anchor = anchor if quoted or self._titled or self._continues(sentence) else None
                block = sentence.block
            if len(companies) > 1:
                yield from self._named(sentence, companies)
            yield from self._dealers(sentence, companies, anchor)
            for mention in companies:
                names = self.names(mention)
                if anchor is None and self._is_satellite(mention, sentence):
                    anchor = self._hub_before(mention.start)
                if anchor is None:
                    anchor = mention
                elif names != self.names(anchor):
                    links = list(self._to_anchor(sentence, mention, self._leader(sentence, mention, anchor)))
                    yield from links
                    if links:
                        self.satellites.add(names)
                    elif names not in self.satellites and not _OBJECT.search(
                        self.facts.text[max(0, mention.start - 3) : mention.start]
                    ):
                        anchor = mention
            if len(companies) > 1:
                yield from self._pulled(sentence, companies)
            yield from self._after_them(sentence, companies, anchor)

    def _leader(self, sentence: Sentence, mention: Mention, anchor: Mention) -> Mention:
        """Whom a pronoun beside `mention` means: the firm named before it in the sentence, else the one the text is about when its line says so."""
        if anchor.start >= sentence.start:
            return anchor
        hub = self._hub_before(mention.start)
        line, stop = self.facts.text.rfind("\n", 0, mention.start), self.facts.text.find("\n", mention.end)
        end = stop if stop >= 0 else len(self.facts.text)
        if hub is not None and anchor.start > line and not self._is_named(hub, line, end):
            return anchor
        return hub if hub is not None and self.names(hub) != self.names(mention) else anchor

    def _is_named(self, firm: Mention, start: int, end: int) -> bool:
        names = self.names(firm)
        return any(self.names(one) == names for one in inside(self._organisations, start, end))

    def _continues(self, sentence: Sentence) -> bool:
        return _GOES_ON.search(self.facts.text, sentence.start, sentence.end) is not None

    def _window(self, sentence: Sentence, mention: Mention) -> tuple[str, str]:
        text = self.facts.text
        start = max(
            sentence.start, max((text.rfind(mark, sentence.start, mention.start) for mark in ",、;"), default=-1) + 1
        )
        return text[start : mention.start], text[mention.end : min(sentence.end, mention.end + 24)]

    def _is_satellite(self, mention: Mention, sentence: Sentence) -> bool:
        before, after = self._window(sentence, mention)
        return bool(
            _PRONOUN_SUPPLY.search(before)
            or _PRONOUN_BUY.search(before)
            or _SERVES.match(after)
            or _SELLING.search(before)
        )

    def _to_anchor(self, sentence: Sentence, mention: Mention, anchor: Mention) -> Iterator[Link]:
        before, after = self._window(sentence, mention)
        head, tail = self.names(mention), self.names(anchor)
        sold = _SELLING.search(before) is not None and not self._is_another(sentence, mention)
        supplies = (
            bool(_PRONOUN_SUPPLY.search(before))
            or sold
            or bool(_COMES_FROM.search(before))
            or _SERVES.match(after) is not None
            or self._serves_by_name(mention, tail)
            or (self._titled and _LISTED_SUPPLIER.match(after) is not None)
        )
        upstream_customer = "上游客户" in before or "客户" in before[-3:]
        supplies = supplies and not upstream_customer
        text = self.facts.text
        for what in anchored(text[max(sentence.start, mention.start - 30) : mention.start], after):
            if what in {SUPPLIES, SUPPLIED}:
                pair = (head, tail) if what == SUPPLIES else (tail, head)
                yield Link(RelationKind.SUPPLIER_OF, *pair, sentence.start, sentence.end)
            elif what == ANCHOR_SELLS_TO:
                yield Link(RelationKind.CUSTOMER_OF, head, tail, sentence.start, sentence.end)
            else:
                pair = (head, tail) if what == OWNED else (tail, head)
                yield Link(RelationKind.SUBSIDIARY_OF, *pair, sentence.start, sentence.end)
        buys = _PRONOUN_BUY.search(before) is not None and not supplies
        if supplies:
            yield Link(RelationKind.SUPPLIER_OF, head, tail, sentence.start, sentence.end)
        elif buys:
            yield Link(RelationKind.CUSTOMER_OF, head, tail, sentence.start, sentence.end)
        if _AFTER_A_FIRM_OF.search(before):
            yield Link(RelationKind.FOLLOWED, tail, head, sentence.start, sentence.end)
            return
        came = _FOLLOW.search(self.facts.text, mention.end, sentence.end) or _FOLLOW.search(before)
        followed_alone = _FOLLOWED_ALONE.match(after) is not None
        if followed_alone or ((supplies or (buys and "来" in after)) and came):
            yield Link(RelationKind.FOLLOWED, head, tail, sentence.start, sentence.end)

    def _serves_by_name(self, mention: Mention, names: tuple[str, ...]) -> bool:
        """中山绵沐海绵,它给豫眠发泡: what it does for the leading firm, which is named."""
        match = _FOR_WHOM.match(self.facts.text, mention.end)
        return match is not None and self.facts.text.startswith(names, match.end())

    def _is_another(self, sentence: Sentence, mention: Mention) -> bool:
        """此外,做充电桩的…, and firms that a fund has looked at: what such a firm makes says nothing of the one before."""
        text = self.facts.text
        return (
            self._has_main_fund
            or _ANOTHER.search(text, max(sentence.start, mention.start - 24), mention.start) is not None
        )

    @cached_property
    def _has_main_fund(self) -> bool:
        return any(one.kind is Kind.FUND and is_main(one.text) for one in self._organisations)

    def _named(self, sentence: Sentence, companies: list[Mention]) -> Iterator[Link]:
        """What two firms of one sentence are to each other by the words between them."""
        text = self.facts.text
        for index, first in enumerate(companies):
            before = text[max(sentence.start, first.start - 4) : first.start]
            for second in companies[index + 1 : index + NEAR_FIRMS]:
                found = between_two(
                    before,
                    text[first.end : second.start],
                    text[second.end : second.end + 12],
                    text[second.end : sentence.end],
                )
                for what, leads in found:
                    head, tail = (first, second) if leads else (second, first)
                    yield Link(_KINDS[what], self.names(head), self.names(tail), sentence.start, sentence.end)

    def _came_along(self, links: list[Link]) -> Iterator[Link]:
        """Who sells to a firm that is here and has come itself, spoken of behind it, has come because of it."""
        for link in links:
            if link.kind not in {RelationKind.SUPPLIER_OF, RelationKind.CUSTOMER_OF} or link.tail is None:
                continue
            head, tail = set(link.head), set(link.tail)
            if head & self.settled and tail & self.settled and self._first_of(tail) < self._first_of(head):
                yield Link(RelationKind.FOLLOWED, link.head, link.tail, link.start, link.end)

    def _first_of(self, names: set[str]) -> int:
        return min((self._first_at[name] for name in names if name in self._first_at), default=0)

    def _after_them(self, sentence: Sentence, companies: list[Mention], anchor: Mention | None) -> Iterator[Link]:
        """答应跟着A来, 冲着A来的, 想挨着A: whoever acts follows A."""
        text = self.facts.text
        for index, leader in enumerate(companies):
            before = text[max(sentence.start, leader.start - 8) : leader.start]
            if not _AFTER_A_FIRM.search(before):
                continue
            who = companies[index - 1] if index else anchor
            if who is None or self.names(who) == self.names(leader):
                continue
            if _COMES.search(text, leader.end, min(sentence.end, leader.end + 16)):
                yield Link(RelationKind.FOLLOWED, self.names(who), self.names(leader), sentence.start, sentence.end)

    def _pulled(self, sentence: Sentence, companies: list[Mention]) -> Iterator[Link]:
        """A落户后引来B、C; A的落地使其下游B、C汇合; B追随而来 after a sentence about A."""
        text = self.facts.text
        head = companies[0]
        pull = _PULL.search(text, head.end, companies[1].start)
        clause = text[head.end : companies[1].start]
        if pull is None and not re.search(r"(?:使|让|令)(?:其|它)?", clause):
            return
        for mention in companies[1:]:
            if self.names(mention) == self.names(head):
                continue
            yield Link(RelationKind.FOLLOWED, self.names(mention), self.names(head), sentence.start, sentence.end)
            if "下游客" in clause or re.search(r"下游[^,。上]{0,4}$", clause):
                yield Link(
                    RelationKind.CUSTOMER_OF, self.names(mention), self.names(head), sentence.start, sentence.end
                )

    # -- money

    def _money(self) -> Iterator[Link]:
        fund: Mention | None = None
        if Kind.FUND not in self._texts and not any(LENDERS.search(name) for name in self._texts.get(Kind.COMPANY, ())):
            return
        for sentence in self.sentences:
            here = inside(self._organisations, sentence.start, sentence.end)
            if not here:
                continue
            funds = [one for one in here if one.kind is Kind.FUND]
            lenders = [one for one in here if one.kind is Kind.COMPANY and LENDERS.search(one.text)]
            companies = [one for one in here if one.kind is Kind.COMPANY and one not in lenders]
            main = next((one for one in funds if is_main(one.text)), funds[0] if funds else None)
            yield from self._invested(sentence, fund or main, funds, companies)
            named = next((one for one in funds if is_main(one.text)), funds[0] if funds else None)
            if named is not None and (fund is None or is_main(named.text)):
                fund = named
            for lender in lenders:
                target = self._borrower(sentence, lender, companies)
                if target is not None and lends(self.facts.text[lender.end : min(sentence.end, lender.end + 50)]):
                    yield Link(
                        RelationKind.LENDS_TO, self.names(lender), self.names(target), sentence.start, sentence.end
                    )

    def _borrower(self, sentence: Sentence, lender: Mention, companies: list[Mention]) -> Mention | None:
        text = self.facts.text
        given = [one for one in companies if one.start >= lender.end and text[one.start - 1] in "向给为对"]
        if given:
            return given[0]
        before = [one for one in companies if one.end <= lender.start]
        if before:
            return before[-1]
        given = [one for one in companies if text[one.start - 1] in "向给为对"]
        if given:
            return given[0]
        paragraph = text.rfind("\n", max(0, sentence.start - 260), sentence.start) + 1
        here = [
            one
            for one in inside(self._organisations, max(paragraph, sentence.start - 260), sentence.start)
            if one.kind is Kind.COMPANY and not LENDERS.search(one.text) and self.names(one) not in self.satellites
        ]
        if here and paragraph:
            return self._subject(here[-3:])
        earlier = [
            one
            for one in inside(self._organisations, sentence.start - 260, sentence.start)
            if one.kind is Kind.COMPANY
            and not re.search(r"银行|行$|农信|资管", one.text)
            and self.names(one) not in self.satellites
        ]
        return self._subject(earlier[-3:]) if earlier else None

    def _invested(
        self, sentence: Sentence, fund: Mention | None, funds: list[Mention], companies: list[Mention]
    ) -> Iterator[Link]:
        text = self.facts.text
        if fund is None:
            return
        for company in companies:
            own = [
                one for one in funds if one.end <= company.start and not _CLOSED.search(text, one.end, company.start)
            ]
            giver = own[0] if own else fund
            before = text[max(sentence.start, company.start - 18) : company.start]
            after = text[company.end : min(sentence.end, company.end + 16)]
            in_list = text[company.start - 1 : company.start] in {"、", "和"}
            if reaches(before, after, text[sentence.start : company.start], in_list=in_list):
                yield Link(
                    RelationKind.FUND_INVESTED, self.names(giver), self.names(company), sentence.start, sentence.end
                )
                if own and fund is not None and _HAND_IN_HAND.search(text, sentence.start, giver.start):
                    yield Link(
                        RelationKind.FUND_INVESTED, self.names(fund), self.names(company), sentence.start, sentence.end
                    )
        for other in funds:
            before, after = text[max(sentence.start, other.start - 24) : other.start], text[other.end : other.end + 14]
            if gives(before, after) or invested_in_anchor(before, after):
                target = self._borrower(sentence, other, companies)
                if target is not None:
                    yield Link(
                        RelationKind.FUND_INVESTED, self.names(other), self.names(target), sentence.start, sentence.end
                    )

    # -- ownership

    def _ownership(self) -> Iterator[Link]:
        for child, parent in self.subsidiaries:
            start, end = child.mentions[0].start, child.mentions[0].end
            yield Link(RelationKind.SUBSIDIARY_OF, tuple(sorted(child.names)), tuple(sorted(parent.names)), start, end)
        text = self.facts.text
        companies = [one for one in self._organisations if one.kind is Kind.COMPANY]
        for first, second in pairwise(companies):
            between = text[first.end : second.start]
            if (
                len(between) <= 14
                and _IS_OF.search(between)
                and (
                    ("股东" in between or "母公司" in between)
                    or re.match(r"(?:的)?(?:全资|控股)?(?:子公司|孙公司)", text[second.end : second.end + 8])
                )
            ):
                yield Link(RelationKind.SUBSIDIARY_OF, self.names(first), self.names(second), first.start, second.end)
        for earlier, company in pairwise(companies):
            if text.endswith("股东为", 0, company.start) and _HOLDER_NOTED.search(
                text, max(0, company.start - 6), company.start
            ):
                yield Link(
                    RelationKind.SUBSIDIARY_OF, self.names(earlier), self.names(company), company.start, company.end
                )
