"""Who sells to whom, who followed whom, who invested, lent, owns, and who holds which role."""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from zhaoyin.engines.reading.anchored import ANCHOR_SELLS_TO, OWNED, SUPPLIED, SUPPLIES, anchored, invested_in_anchor
from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.funding import LENDERS, gives, is_main, lends, reaches
from zhaoyin.engines.reading.links import Link, Namers, RelationKind
from zhaoyin.engines.reading.mentions import Kind, Mention
from zhaoyin.engines.reading.namesakes import Cluster
from zhaoyin.engines.reading.offices import RoleReader
from zhaoyin.engines.reading.paired import BUYS, FOLLOWS, SELLS, between_two
from zhaoyin.engines.reading.sentences import Sentence, inside
from zhaoyin.engines.reading.serving import Serves, serves_at

_ANOTHER = re.compile(r"此外|还有一家|另有|另外|另一家|同日|此前|同一天|与此同时")
_FOR_WHOM = re.compile(r",?(?:它|他|该厂|专门|专|一直|长期|正|是)*(?:给|为|替)")
_CLOSED = re.compile("[;。]")
_HAND_IN_HAND = re.compile(r"基金(?:联手|联合|携手|和|与)$")
NEAR_FIRMS = 8
"""How many firms on in a sentence the words between two of them still tell something."""
_IS_OF = re.compile(r"(?:股东为|母公司(?:为|是)?|隶属(?:于)?|是|系|为)$")
_HOLDER_NOTED = re.compile(r"备注[::]?股东为$")
_QUOTED = re.compile(r"\s*[“”]")
_GOES_ON = re.compile(r"从这[里儿]|其|它|他|我们|跟|随|引来|追随|下游|上游")
_FOLLOWED_ALONE = re.compile(r"[^,。;]{0,14}(?:追随|跟随|闻讯|接踵|随后|慕名)而(?:来|至)")
_KINDS = {SELLS: RelationKind.SUPPLIER_OF, BUYS: RelationKind.CUSTOMER_OF, FOLLOWS: RelationKind.FOLLOWED}


_PRONOUN_SUPPLY = re.compile(
    r"(?:为|给|替)(?:其|他|它|我们|他们|她|该公司|对方|它们)(?!担保|贷款|投资|融资|服务|站台)[^,。;]{1,10}的$|(?:供|卖)[^,。;]{1,8}给(?:他|它|其|我们)的$|供(?:他|它|其)[^,。;]{1,8}的$|(?:为|给|替)(?:其|他|它|我们|他们|该公司|对方|它们|之)(?:供应?|做|提供|配套|生产|加工|代工|送)|供(?:应)?(?:其|它)|(?:供货商|供应商|上游(?:企业|供应商|配套)?)"
)
_PRONOUN_BUY = re.compile(
    r"(?<!上)下游|(?:每年|每月)?从(?:其|它|他们)[^,。]{0,6}(?:拿走|买|采购|进货)|(?:采购|购买|订购)[^,。;]{1,8}的$|买方|买家|买主|主顾|上游客户|是(?:其|它)的?(?:大)?客户|客户"
)
_FOLLOW = re.compile(
    r"跟了来|一道来|同行|找上门|挨着|隔壁|对门|旁边|跟进|追随|跟随|随之|跟着|同去|一起来|一[起同块](?:搬)?过来|跟了?过来|(?:奔|冲)着[^,。;]{0,6}来|引来|跟来|相继落|接踵|吸引来|坐不住|带来了|追了?过来|汇合|集拢|随后而来|闻讯|慢一步|纷至|也(?:想|会|要)?(?:把|搬|来|过来|跟)|引进了?上下游|抱团"
)
_PULL = re.compile(r"引来|吸引(?:了)?|带来|使其(?:上|下)|带动(?!就业)|拉来|牵来")
_DEALS_TO = re.compile(r"(?:已经?|刚|正|也)?(?:向|从|与|和|跟)")
_FOUNDED = re.compile(r"(?:全资|独资|绝对|共同)?(?:投资|出资)?(?:设立|控股|创办|兴办|成立|组建)")
"""这家由|联昱国际|设立的企业: its founder is not what the text goes on about."""
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
    r"(?:做|卖|供应?|配套|生产|印|产(?!业|链|能|品|值)|打(?!造)|造|制(?!造业|度)|送|加工)(?!大)[^,。]{1,10}的$"
)
_SERVES = re.compile(
    r"(?:一直|长期|已经?|正|在)?(?:给|替|为)(?:他|它|其|我们|他们|对方)(?:供|做|提供|配套|生产|打|加工|代工|印|送|开)"
)
_AFTER_A_FIRM = re.compile(r"(?:跟着|跟随|追随|冲着|奔着?|追着|随着?|挨着|靠着|守着|为了离|因为?)$")
_WENT_AHEAD = re.compile(r"(?:已经?)?(?:去了|来了|搬了?过?去了|落了户|先去)")
"""听说老客户某某去了,也有意跟过来: the customer is the one who is followed."""
_COMES = re.compile(r"来|去|搬|迁|建厂|落户|设点|近些|近一点|的单子|的订单")


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
        self.namers = Namers(facts)
        self.names, self.satellites = self.namers.names, self.namers.satellites
        self._organisations = self.namers.organisations
        self._titled = False

    def read(self) -> list[Link]:
        """Relations without repetition."""
        found: dict[tuple[object, ...], Link] = {}
        chains = list(self._chains()) if len(self.facts.clusters) > 1 else []
        links = [
            *RoleReader(self.facts, self.namers).read(),
            *chains,
            *self._came_along(chains),
            *self._by_columns(),
            *self._money(),
            *self._ownership(),
        ]
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

    def _by_columns(self) -> Iterator[Link]:
        """供货给, 链主 at the head of a column: the firm of the row delivers to the one in its cell."""
        sellers = {one.row: one for one in self.facts.fields if one.kind == "company"}
        for cell in self.facts.fields:
            seller = sellers.get(cell.row)
            if cell.kind != "customer" or seller is None:
                continue
            for buyer in inside(self.facts.companies, cell.start, cell.end):
                for one in inside(self.facts.companies, seller.start, seller.end):
                    start, end = min(seller.start, cell.start), max(seller.end, cell.end)
                    yield Link(RelationKind.SUPPLIER_OF, self.names(one), self.names(buyer), start, end)

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
                    anchor = self.namers.hub_before(mention.start)
                if anchor is None:
                    anchor = mention
                elif names != self.names(anchor):
                    links = list(self._to_anchor(sentence, mention, self._leader(sentence, mention, anchor)))
                    yield from links
                    if links:
                        self.satellites.add(names)
                    elif names not in self.satellites and self._leads(mention):
                        anchor = mention
            if len(companies) > 1:
                yield from self._pulled(sentence, companies)
            yield from self._after_them(sentence, companies, anchor)

    def _leads(self, mention: Mention) -> bool:
        """Whether what follows may be told of this firm: not of an object, nor of one that only builds for another."""
        text = self.facts.text
        if _OBJECT.search(text[max(0, mention.start - 3) : mention.start]):
            return False
        if text[mention.start - 1 : mention.start] == "由" and _FOUNDED.match(text, mention.end):
            return False
        return serves_at(text, mention.start, mention.end) is not Serves.WORKS

    def _leader(self, sentence: Sentence, mention: Mention, anchor: Mention) -> Mention:
        """Whom a pronoun beside `mention` means: the firm named before it in the sentence, else the one the text is about when its line says so."""
        if anchor.start >= sentence.start:
            return anchor
        hub = self.namers.hub_before(mention.start)
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
            or self._trades(sentence, mention, after)
        )

    def _trades(self, sentence: Sentence, mention: Mention, after: str) -> bool:
        """卷簧模具由某某做: what stands around it says what it is to a firm that is not named here."""
        before = self.facts.text[max(sentence.start, mention.start - 30) : mention.start]
        return any(what in {SUPPLIES, SUPPLIED, ANCHOR_SELLS_TO} for what in anchored(before, after))

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
        told = before if anchor.end <= mention.start - len(before) else self.facts.text[anchor.end : mention.start]
        buys = _PRONOUN_BUY.search(told) is not None and not supplies and not self._deals_with_another(mention, tail)
        if buys and _WENT_AHEAD.match(after):
            yield Link(RelationKind.CUSTOMER_OF, head, tail, sentence.start, sentence.end)
            yield Link(RelationKind.FOLLOWED, tail, head, sentence.start, sentence.end)
            return
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

    def _deals_with_another(self, mention: Mention, anchor: tuple[str, ...]) -> bool:
        """客户:苏州伯腾已向|隆达科|下了订单: whom it buys from is named behind it."""
        to = _DEALS_TO.match(self.facts.text, mention.end)
        named = inside(self.facts.companies, to.end(), to.end() + 1) if to is not None else ()
        return any(self.names(one) != anchor for one in named)

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
        return min((self.namers.first_at[name] for name in names if name in self.namers.first_at), default=0)

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
        if Kind.FUND not in self.namers.texts and not any(
            LENDERS.search(name) for name in self.namers.texts.get(Kind.COMPANY, ())
        ):
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
        before = [one for one in companies if one.end <= lender.start and serves_at(text, one.start, one.end) is None]
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
            return self.namers.subject(here[-3:])
        earlier = [
            one
            for one in inside(self._organisations, sentence.start - 260, sentence.start)
            if one.kind is Kind.COMPANY
            and not re.search(r"银行|行$|农信|资管", one.text)
            and self.names(one) not in self.satellites
        ]
        return self.namers.subject(earlier[-3:]) if earlier else None

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
