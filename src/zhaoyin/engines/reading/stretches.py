"""Cutting a sentence into stretches, one for each firm that acts in it."""

import re
from collections.abc import Sequence

from zhaoyin.engines.reading.facts import Facts
from zhaoyin.engines.reading.mentions import Mention
from zhaoyin.engines.reading.namesakes import Cluster
from zhaoyin.engines.reading.records import MoneyRoles, Stretch
from zhaoyin.engines.reading.sentences import Clauses, Sentence, inside
from zhaoyin.engines.reading.serving import SIDE, Serves, invests, serves, works

_BANK = re.compile(
    r"(?:银行|农商行|城商行|商行|合作联社|农信|信用社|证券|担保|租赁|保险|信托|分行|支行|设计院|研究院|会计师事务所|律师事务所)$"
)
_OBJECT_BEFORE = re.compile(
    r"(?:(?:的|曾|拟)与|给|为|向|从|被|卖给|供给|替|的客户|像|像是|比|如|跟着|毗邻|紧邻|取代|代工的|属于|来自|原|由于|靠近|跟随|追随|供应给|服务于|往|发到了?|送到了?|送进了?|卖进了?|围绕(?:着)?(?:链主)?(?:企业)?)$"
    r"|(?:为|给|向|替)(?:我[市县区镇]|本[市县区地]|当地|同城|隔壁|邻近|附近|园区|区内|县内|市内|县里|市里|园内)(?:里|内)?的?$|(?:售予|卖予|售给|转让给|转给)$"
)
_STAGE_BEFORE_NAME = re.compile(r"(?:在谈|洽谈|拟签约|签约|意向|在建|开工|投产)(?:中的)?(?:项目|企业|客商)$")
_OWNS_THE_NEXT = re.compile(
    r"的[^,。;]{0,6}(?:供应商|供货商|配套商|客户|买家|经销商|代工厂|合作伙伴|老客户|租户)(?:之一)?[、,:—]{0,2}$"
)
"""中维化纤集团的客户豫通轮胎: the second of them acts."""
_IS = re.compile(r"(?:是|为|系)[\u4e00-\u9fff]{0,2}$")
_WHOSE = re.compile(r"的[^,。;]{0,6}(?:子公司|孙公司|供应商|供货商|配套商|客户|代工厂|经销商|合作伙伴)")
_JOINED = re.compile(
    r"(?:项目)?(?:和|及|与|以及|、)(?:在谈项目|签约项目|企业|客商|(?!在|将|把|是|签|投|其|由)[\u4e00-\u9fff]{0,3}(?:企|商|国|资企业|公司|的))?"
)
_NOT_ACTING = re.compile(r"投给|合作方")
_NAMED_AS = re.compile(r"(?:方|单位|主体|业主|企业|公司|商)为$")
_SPEAKS = re.compile(r"(?:项目)?(?:负责人|总经理|董事长|相关负责人)[\u4e00-\u9fff]{0,4}(?:介绍|说|表示|坦言|透露|告诉)")
_INTRODUCES = re.compile(r"(?:介绍[,)来的]|推荐|引荐|引见|牵线|搭桥|推介来)")
_LISTED = re.compile(r"[、和与及]")
_ALONG_WITH = re.compile(r"(?:跟着?|追随|跟随|随着?|陪着?|冲着)$")
_GOES_ALONG = re.compile(
    r"(?:的?(?:脚步|步伐)|一起|一道|一块儿?|一同|配套)?(?:过来|过去|而来|前来|来|去|走|搬(?!运)|南迁|北上|落户|建厂)"
)
"""打算跟某某过来: whom it follows."""
_COMES_FROM = re.compile(
    r"(?:原料|设备|订单|货源?|技术|产品|零件|部件|材料|奶源|种子|料)[^,。;]{0,4}(?:来自|出自|购自|买自)[\u4e00-\u9fff]{0,6}$"
)
"""原料全部来自俄罗斯某某."""
_BUYS_OF_IT = re.compile(r"(?:每[年月]|都|也)*(?:向|从|跟)(?:它|其|他)(?:们|家)?[^,。;]{0,4}(?:订|买|采购|要|拿)")
"""泰山力垣座椅|每年向它订2000多万元的设备."""
_THE_REASON = re.compile(r"(?:听说|得知|听闻|因为|由于)(?:[\u4e00-\u9fff]{0,4}(?:买家|买主|客户|主顾))?$")
"""江阴要塞钢带听说|澄沣|要北上, 因为主要买家|某某|搬进园区: why another one acts."""
_RECEIVED = re.compile(r"(?:收到|获得?|接到|拿到|凭)$")
"""收到某某的定点通知: a customer."""
_HANDLED, _ITS_THING = re.compile(r"[把将]$"), re.compile(r"[^,。;]{0,6}的[^,。;]{1,12}(?:带|拿|给|送|摆)")
"""把某某明年的采购计划带过去: it is no longer what is spoken of."""
_TAKEN_UP = re.compile(r"[^。;]{0,20},(?:该|这家)(?:公司|企业|厂)")
"""不再为甲预留用地,该公司…: what follows is about it after all."""
_OWNER = re.compile(r"(?:全资|绝对)?控股(?:的|建设|投资|[,。;)])|持股\s?\d")
"""Who brings a firm or owns it is not the one that builds."""
_JOINT_BETWEEN = re.compile(r"^(?:\)?(?:与|和|及|联合|携手|、|/)(?:自然人)?)$")
_SUBSIDIARY = re.compile(
    r"(?:的)?(?:(?:间接|直接)?全资|控股|新设|新成立的|下属|旗下)?(?:的|之)?(?:子公司|孙公司|附属公司|项目公司|合资公司|全资公司|新公司)[^,。;]{0,3}$|注册(?:成立|设立)?了?$|设立(?:了)?$|成立(?:了)?$|营业执照\($|执照\($|转投资$|组建(?:了)?$|旗下(?:的)?$|新公司叫?$|名字?叫$|取名(?:为)?$|公司名称(?:为|是)?$|挂牌成立$|(?:注册|登记|领照|执照)[^。;]{0,16},(?:名字?)?叫$"
)


_AS_ITS = re.compile(r"作为(?:[\u4e00-\u9fff]{2})?$")
_LARGEST_HERE = re.compile(r"在[^,。;]{1,6}(?:最大|首个|首座|唯一|第[一二三四五])")
"""作为德国某某集团在华最大的单体投资,该项目总投资38亿欧元."""
_ITS_PARENT = re.compile(r"(?:\(|这是|系|是)(?:其)?[\u4e00-\u9fff]{0,4}母公司$")
"""某某工厂投产,这是瑞士母公司|某某|在亚洲的第一座工厂."""
_ITS_SITE = re.compile(r"的?(?:旧址|原址|老厂区|旧厂区)")
"""三江县糖厂|旧址由某某租下: where something is built."""
_OWNED = re.compile(r"(?:全资|独资|控股)(?:设立|成立|组建|投资|出资|持有|,)")
"""椒源食品由|某某集团|全资设立,总投资1.8亿元."""
_FOUNDED_BY = re.compile(r"(?:全资|独资|控股|出资)(?:新)?(?:设立|成立|组建|注册)的")
"""由美国某某|全资设立的|某某有限公司."""


class StretchFinder:
    """Finds the stretches of one text's sentences; `subsidiaries` grows with what they say of parents."""

    def __init__(self, facts: Facts, clauses: Clauses, money: MoneyRoles) -> None:
        self.facts, self.clauses, self.money = facts, clauses, money
        self.subsidiaries: list[tuple[Cluster, Cluster]] = []
        self._companies, self._projects = facts.companies, facts.projects
        self.aside: dict[int, int] = {}
        """Where clauses begin that name such a firm, and where its name ends."""
        self._builders: frozenset[int] | None = None
        self.speaking: Mention | None = None
        """The firm whose people spoke last without that it was the one told of."""
        self._cells = [one for one in facts.fields if one.kind == "company"]

    def _subjects(self, sentence: Sentence, has_topic: bool) -> list[Mention]:
        text = self.facts.text
        found: list[Mention] = []
        served: list[Mention] = []
        working = self._working()
        last_served: Mention | None = None
        here = inside(self._companies, sentence.start, sentence.end)
        if self._cells and len(here) > 1:
            here = self._in_its_column(here)
        owned: Mention | None = None
        for index, mention in enumerate(here):
            following = here[index + 1] if index + 1 < len(here) else None
            if following is not None and _OWNS_THE_NEXT.match(text, mention.end, following.start):
                owned = following
                continue
            if owned is not None and mention is owned:
                found.append(owned)
                continue
            before = text[max(sentence.start, mention.start - 6) : mention.start]
            if self._is_mentioned_only(mention, before, index=index, has_topic=has_topic):
                continue
            listed = (
                index > 0
                and here[index - 1] is last_served
                and _LISTED.fullmatch(text, here[index - 1].end, mention.start)
            )
            if listed or self._serves(mention, working):
                last_served = mention
                if _TAKEN_UP.match(text, mention.end, sentence.end):
                    found.append(mention)
                continue
            if _INTRODUCES.match(text, mention.end) or before.endswith("经") or _OWNER.match(text, mention.end):
                continue
            named = _NAMED_AS.search(before) is not None
            if (
                not named
                and _OBJECT_BEFORE.search(before)
                and not text.startswith(",后者", mention.end)
                and not text.startswith(("投资", "拟", "计划", "签约"), mention.end)
                and not (before.endswith("如") and invests(text[mention.end : mention.end + SIDE]))
            ):
                served.append(mention)
                continue
            found.append(mention)
        return found if found or has_topic or len(served) != 1 else served

    def _in_its_column(self, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """In a row of a table only the column of firms says who invests: 瓶子主供某某 is a remark."""
        first, last = mentions[0].start, mentions[-1].end
        cells = [one for one in self._cells if one.start < last and one.end > first]
        own = [one for one in mentions if any(cell.start <= one.start < cell.end for cell in cells)]
        return own or mentions

    def _is_mentioned_only(self, mention: Mention, before: str, *, index: int, has_topic: bool) -> bool:
        """A bank, a speaker, an owner behind 系, a firm whose goods or money are told of."""
        text = self.facts.text
        if _BANK.search(mention.text) and not text.startswith("拟", mention.end):
            return True
        if has_topic and self._is_speaker(mention):
            self.speaking = mention
            return True
        if index and _ITS_PARENT.search(text, max(0, mention.start - 12), mention.start):
            return True
        if has_topic and _AS_ITS.search(before) and _LARGEST_HERE.match(text, mention.end):
            return True
        if _NOT_ACTING.search(before) or _ITS_SITE.match(text, mention.end):
            return True
        if _IS.search(before) and _WHOSE.match(text, mention.end):
            return True
        if _RECEIVED.search(before) and text.startswith("的", mention.end):
            return True
        if index and _ALONG_WITH.search(before) and _GOES_ALONG.match(text, mention.end):
            return True
        if _COMES_FROM.search(text, max(0, mention.start - 16), mention.start):
            return True
        if (index or has_topic) and _BUYS_OF_IT.match(text, mention.end):
            return True
        if index and _THE_REASON.search(text, max(0, mention.start - 14), mention.start):
            return True
        return _HANDLED.search(before) is not None and _ITS_THING.match(text, mention.end) is not None

    def _serves(self, mention: Mention, working: frozenset[int]) -> bool:
        """施工单位某某, 租某某的厂房: it builds, sells, buys or lets, and invests nothing here."""
        before, after = self._around(mention)
        how = serves(before, after)
        if how is Serves.TRADES:
            self.aside[self.clauses.start(mention.start)] = mention.end
        if how is not None:
            return True
        cluster = self.facts.home.get((mention.start, mention.end))
        return cluster is not None and cluster.number in working and not invests(after)

    def is_aside(self, position: int) -> bool:
        """Whether what stands there is said of a firm that only trades with the one the text is about."""
        return bool(self.aside) and position >= self.aside.get(self.clauses.start(position), position + 1)

    def _around(self, mention: Mention) -> tuple[str, str]:
        text = self.facts.text
        line = text.rfind("\n", max(0, mention.start - SIDE), mention.start) + 1 or max(0, mention.start - SIDE)
        return text[line : mention.start], text[mention.end : mention.end + SIDE]

    def _working(self) -> frozenset[int]:
        """Numbers of the firms that the text says build or plan what others invest in."""
        if self._builders is None:
            found = [one for one in self._companies if works(*self._around(one))]
            homes = [self.facts.home.get((one.start, one.end)) for one in found]
            self._builders = frozenset(home.number for home in homes if home is not None)
        return self._builders

    def _is_speaker(self, mention: Mention) -> bool:
        """贝诺斯项目负责人丁伟介绍: the firm speaks, what follows may be about another one."""
        return _SPEAKS.match(self.facts.text, mention.end) is not None

    def find(self, sentence: Sentence, *, has_topic: bool) -> list[Stretch]:
        """The stretches of the sentence in their order; `has_topic` when a firm was spoken of before."""
        subjects = self._subjects(sentence, has_topic)
        stretches: list[Stretch] = []
        for mention in subjects:
            cluster = self.facts.home.get((mention.start, mention.end))
            if cluster is None:
                continue
            last = stretches[-1] if stretches else None
            if last is not None and last.mention is not None:
                between = self.facts.text[last.mention.end : mention.start]
                if cluster in last.clusters:
                    continue
                if between == "由" and _OWNED.match(self.facts.text, mention.end):
                    self.subsidiaries.append((last.clusters[0], cluster))
                    last.clusters.append(cluster)
                    continue
                if self._is_subsidiary(last, mention, between):
                    self.subsidiaries.append((cluster, last.clusters[0]))
                    last.clusters.insert(0, cluster)
                    last.mention = mention
                    continue
                if _JOINT_BETWEEN.match(between.strip()) and (
                    self._is_joint(mention, sentence) or self._share_a_cell(last.mention, mention)
                ):
                    last.clusters.append(cluster)
                    last.mention = mention
                    continue
            start = (
                sentence.start
                if last is None
                else max(self.clauses.start(mention.start), last.mention.end if last.mention else 0)
            )
            listed = last is not None and last.mention is not None and self._is_listed(last.mention, mention)
            if last is not None and last.mention is not None and self._is_next(last.mention, mention):
                listed = True
            if listed and last is not None and last.mention is not None:
                start = self._edge(last.mention, mention)
            if last is not None:
                last.end = start
            stretches.append(Stretch([cluster], start, sentence.end, mention, listed))
        return stretches

    def _edge(self, left: Mention, right: Mention) -> int:
        """Where the words of the second of two listed firms begin: 甲及在谈项目乙 says 在谈 of the second."""
        own = _STAGE_BEFORE_NAME.search(self.facts.text, left.end, right.start)
        return own.start() if own is not None else right.start

    def _is_listed(self, left: Mention, right: Mention) -> bool:
        between = self.facts.text[left.end : right.start]
        return ("、" in between and "," not in between) or bool(_JOINED.fullmatch(between))

    def _is_next(self, left: Mention, right: Mention) -> bool:
        """A总投资1.4亿元的甲项目和B总投资11亿元的乙项目: the first one has its own amount or name, the second follows a joining word."""
        between = self.facts.text[left.end : right.start]
        if not between.endswith(("和", "与", "及", "、")) or "," in between:
            return False
        return bool(self.money.inside(left.end, right.start) or inside(self._projects, left.end, right.start))

    def _is_subsidiary(self, last: Stretch, mention: Mention, between: str) -> bool:
        return _FOUNDED_BY.fullmatch(between) is not None or (
            len(between) <= (90 if "子公司" in between[-12:] else 40)
            and bool(_SUBSIDIARY.search(between))
            and "、" not in between[-3:]
        )

    def _share_a_cell(self, left: Mention, right: Mention) -> bool:
        """Both stand in one cell of a column of investors."""
        return any(one.start <= left.start and right.end <= one.end for one in self._cells)

    def _is_joint(self, mention: Mention, sentence: Sentence) -> bool:
        after = self.facts.text[mention.end : min(sentence.end, mention.end + 20)]
        both = re.compile(
            r"(?:[两双三四]家(?:企业|公司)?|双方|三方|四方)[^,。;]{0,6}(?:共同|联合|合资|携手|各[出占投持半])"
        )
        return bool(both.search(self.facts.text, mention.end, sentence.end)) or bool(
            re.match(
                r"(?:项目)?的?(?:合作|共同|联合|合[资办投营伙股]|携手|\(合资\)|共建|合建|双方|组成联合体|各[出占投持])",
                after,
            )
        )
