"""A pack in sentences that a statistician can read, in Chinese or English, and what two packs say differently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from zhaoyin.engines.counting.params import COUNTED, Condition, FigureRule, Interval, Pack, Threshold

ZH, EN = "zh", "en"
_WORDS: Mapping[str, tuple[str, str]] = {
    "lead": ("线索", "lead"), "negotiating": ("在谈", "negotiating"), "pre_signing": ("拟签约", "to be signed"),
    "signed": ("签约", "signed"), "registered": ("注册", "registered"), "filed": ("备案", "filed"),
    "construction_started": ("开工", "construction started"), "started": ("开工", "started"), "completed": ("竣工", "completed"),
    "in_production": ("投产", "in production"), "in_statistics": ("入统", "in the statistics register"),
    "full_capacity": ("达产", "full capacity"), "intent": ("意向书", "intent paper"), "framework": ("框架协议", "framework agreement"),
    "formal": ("正式合同", "formal contract"), "new": ("新项目", "new"), "reinvestment_expansion": ("增资扩产", "reinvestment"),
    "technical_upgrade": ("技改升级", "technical upgrade"), "local_investor": ("本地投资者", "local investors"),
    "budget_funded": ("财政资金投资", "budget-funded"), "ppp": ("PPP", "PPP"), "real_estate": ("房地产", "real estate"),
    "resource_extraction": ("资源开采", "resource extraction"), "small_services": ("小型生活服务", "small services"),
    "local_relocation": ("本地迁建", "relocation inside the county"), "later_phase": ("已签合同的后期", "later phases of a signed contract"),
    "lost": ("流失", "lost"), "terminated": ("终止", "terminated"), "withdrawn": ("撤回", "withdrawn"),
    "outreach": ("外出招商", "outreach"), "investor_referral": ("以商招商", "investor referral"), "chain_based": ("产业链招商", "chain-based"),
    "capital_led": ("资本招商", "capital-led"), "recommended": ("推荐", "recommended"), "other": ("其他", "other"),
    "planned_total_investment": ("计划总投资", "planned total investment"), "fixed_asset_investment": ("固定资产投资", "fixed asset investment"),
    "agreed_outside_capital": ("协议引资额", "agreed outside capital"), "funds_in_place": ("到位资金", "funds in place"),
    "foreign_capital_utilised": ("实际使用外资", "foreign capital utilised"), "increment_investment": ("增量投资", "increment"),
    "jobs": ("用工", "jobs"), "opened": ("进入台账", "entered in the ledger"), "progress_noted": ("报送进展", "progress reported"),
    "attracting_unit": ("招引单位", "the attracting unit"), "nobody": ("不归任何单位", "nobody"),
    "allowed": ("各方足额计", "each in full"), "not_counted_again": ("合计不超过一，超出部分不再计", "together at most one, the rest does not count again"),
    "as_stated": ("按认定的份额", "shares as stated"), "equal": ("平均分", "equal shares"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a pack says: `topic` is the same for the same matter in every pack."""

    topic: str
    label: str
    text: str


class _Writer:
    def __init__(self, pack: Pack, lang: str) -> None:
        self.pack, self.lang = pack, lang
        self.conditions = {condition.name: condition for condition in pack.conditions}

    def say(self, zh: str, en: str) -> str:
        return en if self.lang == EN else zh

    def word(self, code: str) -> str:
        zh, en = _WORDS.get(code, (code, code))
        return self.say(zh, en)

    def words(self, codes: Iterable[str], joined: tuple[str, str] = ("、", ", ")) -> str:
        return self.say(*joined).join(self.word(code) for code in codes)

    def title(self, rule: FigureRule) -> str:
        return self.say(rule.title, rule.title_en)

    def named(self, name: str) -> str:
        if name == COUNTED:
            return self.say("计入之日", "the day that counts")
        condition = self.conditions[name]
        return self.say(condition.title, condition.title_en)

    def money(self, amount: Decimal, currency: str = "") -> str:
        unit = {"": ("元", " yuan"), "USD": ("美元", " US dollars")}.get(currency, (f" {currency}", f" {currency}"))
        if self.lang == ZH and amount % 10**8 == 0:
            return f"{amount / 10**8:f} 亿{unit[0]}"
        if self.lang == ZH and amount % 10**4 == 0:
            return f"{amount / 10**4:f} 万{unit[0]}"
        return f"{amount:,f}{self.say(*unit)}"

    def condition(self, condition: Condition) -> str:
        if condition.contracts:
            kinds = self.words(condition.contracts, ("或", " or "))
            return self.say(f"首次签订{kinds}", f"the first {kinds} is signed")
        if condition.reaches:
            stage = self.word(condition.reaches)
            return self.say(f"首次达到“{stage}”或更后的阶段", f"“{stage}” or a later stage is first reached")
        if condition.stage:
            stage = self.word(condition.stage)
            return self.say(f"办结“{stage}”这一步", f"the step “{stage}” itself is taken")
        if condition.recognised:
            matters = self.words(condition.recognised, ("或", " or "))
            return self.say(
                f"“{matters}”经认定且未撤销（以认定日期为准）",
                f"“{matters}” is recognised and not revoked (the recognition's day counts)",
            )
        if condition.funds:
            kinds = self.words(condition.funds)
            least = condition.vouchers
            zh = f"{kinds}到账，每笔至少 {least} 份凭证" if least else f"{kinds}到账"
            return self.say(zh, f"{kinds} arrived" + (f", each time with at least {least} voucher(s)" if least else ""))
        return self.say("发生：", "it happened: ") + self.words(condition.events)

    def interval(self, interval: Interval) -> str:
        start, to = self.named(interval.start), self.named(interval.to)
        if interval.calendar_year:
            return self.say(
                f"“{to}”须与“{start}”在同一日历年内", f"“{to}” must come in the same calendar year as “{start}”"
            )
        return self.say(
            f"“{to}”须在“{start}”后 {interval.days} 天内", f"“{to}” must come within {interval.days} days of “{start}”"
        )

    def figure(self, rule: FigureRule) -> str:
        if rule.of:
            whose = self.title(self.pack.figure(rule.of))
            return self.say(
                f"“{whose}”各项目的{self.word(rule.amount)}之和。",
                f"The sum of {self.word(rule.amount)} of the projects in “{whose}”.",
            )
        parts = [self._when(rule), *(self.interval(interval) for interval in rule.intervals)]
        if not rule.funds:
            yearly = ("每个项目每年计一次", "a project counts once a year")
            parts.append(self.say(*(yearly if rule.once == "year" else ("每个项目只计一次", "a project counts once"))))
        return self.say("；".join(parts) + "。", "; ".join(parts) + ".")

    def _when(self, rule: FigureRule) -> str:
        conditions = self.pack.conditions_of(rule)
        if len(conditions) == 1:
            said = self.condition(conditions[0])
            if rule.funds:
                return self.say(f"期间内{said}", f"within the period {said}")
            return self.say(f"{said}之日计入", f"counts on the day on which {said}")
        listed = [self.condition(condition) for condition in conditions]
        day = {"last": ("最后一项", "the last of them"), "first": ("最早一项", "the first of them")}.get(rule.date)
        whose = self.say(*day) if day else f"“{self.named(rule.date)}”"
        return self.say(
            "须同时满足：" + "，".join(listed) + f"；以{whose}的日期计入",
            "needs all of: " + ", ".join(listed) + f"; the day of {whose} counts",
        )

    def threshold(self, threshold: Threshold) -> str:
        figures = "、".join(f"“{self.title(self.pack.figure(name))}”" for name in threshold.figures)
        of: list[str] = []
        if threshold.project_kinds:
            of.append(self.words(threshold.project_kinds, ("或", " or ")))
        if threshold.industries:
            of.append(self.say("产业 ", "industries ") + self.say("、", ", ").join(threshold.industries))
        if threshold.currency:
            of.append(self.say(f"以 {threshold.currency} 计的", f"stated in {threshold.currency}"))
        amount = self.word(threshold.amount or self.pack.amount_kind)
        least = self.money(threshold.at_least, threshold.currency)
        whom = (
            self.say("、".join(of) + "项目", "projects: " + ", ".join(of))
            if of
            else self.say("其余项目", "all (other) projects")
        )
        return self.say(
            f"{figures}：{whom}的{amount}不低于 {least}。", f"{figures}: {whom}; {amount} of at least {least}."
        )


def statements(pack: Pack, lang: str = ZH) -> list[Statement]:
    """Everything that the pack says, in a fixed order of topics."""
    write = _Writer(pack, lang)
    say = write.say
    ends = say("（含）起施行", " on") + (
        say(f"，至 {pack.valid_until}（含）", f" until {pack.valid_until}") if pack.valid_until else ""
    )
    found = [
        Statement("pack", say("规则包", "Pack"), f"{say(pack.title, pack.title_en)}（{pack.id} {pack.version}）" if lang == ZH else f"{pack.title_en} ({pack.id} {pack.version})"),
        Statement("validity", say("施行", "In force"), say(f"自 {pack.valid_from}{ends}。", f"From {pack.valid_from}{ends}.")),
        Statement("basis", say("依据", "Basis"), say(pack.basis, pack.basis_en)),
    ]  # fmt: skip
    found += [Statement(f"figure {rule.name}", write.title(rule), write.figure(rule)) for rule in pack.figures]
    found += _who(write)
    for n, threshold in enumerate(pack.thresholds, start=1):
        label = say(f"门槛 {n}", f"Threshold {n}")
        found.append(Statement(f"threshold {n}", label, write.threshold(threshold)))
    found += _money(write)
    found += _credit(write)
    for ratio in pack.ratios:
        above, below = (write.title(pack.figure(name)) for name in (ratio.numerator, ratio.denominator))
        zh = f"“{below}”中也达到“{above}”的比例。" if ratio.cohort else f"“{above}”与“{below}”之比。"
        en = f"Of “{below}” those that also reached “{above}”." if ratio.cohort else f"“{above}” over “{below}”."
        found.append(Statement(f"ratio {ratio.name}", say(ratio.title, ratio.title_en), say(zh, en)))
    return found


def _who(write: _Writer) -> list[Statement]:
    out, need, say = write.pack.excluded, write.pack.required, write.say
    listed = (
        ("kinds", ("不计的类别", "Kinds left out"), write.words(out.project_kinds)),
        ("traits", ("不计的性质", "Traits left out"), write.words(out.traits)),
        ("channels", ("不计的渠道", "Channels left out"), write.words(out.channels)),
        ("industries", ("不计的产业", "Industries left out"), say("、", ", ").join(out.industries)),
        ("origins", ("不计的来源地", "Origins left out"), say("、", ", ").join(out.origin_prefixes)),
        ("outcomes", ("截止日前结束的不计", "Left out when ended by the as-of day"), write.words(out.outcomes)),
        ("only kinds", ("只计的类别", "Only these kinds"), write.words(need.project_kinds)),
        ("only traits", ("只计具有其一性质的", "Only with one of these traits"), write.words(need.traits)),
        ("only channels", ("只计的渠道", "Only these channels"), write.words(need.channels)),
    )
    found = [Statement(topic, say(*label), text + say("。", ".")) for topic, label, text in listed if text]
    if need.monthly_report:
        said = (
            "当年每个整月都要有记录，缺一个月就不计。",
            "Something must be dated in each full month of the year so far.",
        )
        found.append(Statement("reports", say("按月报送", "Monthly reports"), say(*said)))
    return found


def _money(write: _Writer) -> list[Statement]:
    pack, say = write.pack, write.say
    found: list[Statement] = []
    if pack.phase:
        said = (
            f"写明分期的只计第 {pack.phase} 期，没有分期的计全部。",
            f"Phase {pack.phase} where phases are stated, else the whole.",
        )
        found.append(Statement("phase", say("分期", "Phases"), say(*said)))
    for sub in pack.substitutes:
        kinds, old, new = write.words(sub.project_kinds), write.word(sub.instead_of), write.word(sub.amount)
        text = say(
            f"{kinds}项目以{new}代替{old}；没有说明增量的算金额未知。",
            f"{kinds}: {new} in place of {old}; where none is stated the amount is unknown.",
        )
        found.append(Statement(f"substitute {sub.instead_of}", say("改计", "Stands in"), text))
    for rate in pack.rates:
        text = f"{rate.from_day}: 1 {rate.currency} = {rate.yuan} CNY ({rate.source})"
        found.append(Statement(f"rate {rate.currency} {rate.from_day}", say("汇率", "Rate"), text))
    rule = (
        "外币按计入之日的汇率折算；没有汇率的单列为未折算，不当作零。",
        "Foreign money converts at the rate of the day that counts; without a rate it stands apart, never as zero.",
    )
    found.append(Statement("conversion", say("折算", "Conversion"), say(*rule)))
    if pack.size_bounds:
        bounds = say("、", ", ").join(write.money(bound) for bound in pack.size_bounds)
        found.append(Statement("sizes", say("规模档下限", "Size bands from"), bounds))
    return found


def _credit(write: _Writer) -> list[Statement]:
    policy, say = write.pack.credit, write.say
    parts = [
        say(f"未划分的归{write.word(policy.without)}", f"what is not divided belongs to {write.word(policy.without)}"),
        say(f"联合引荐{write.word(policy.joint)}", f"joint introductions: {write.word(policy.joint)}"),
        say(f"双计{write.word(policy.dual)}", f"dual credit: {write.word(policy.dual)}"),
    ]
    if policy.transfer:
        shares = " : ".join(str(share) for share in policy.transfer)
        parts.append(say(f"流转项目依次按 {shares}", f"transfers in order {shares}"))
    return [Statement("credit", say("考核归属", "Credit"), say("；".join(parts) + "。", "; ".join(parts) + "."))]


def explain(pack: Pack, lang: str = ZH) -> str:
    """The pack as lines of text, one topic a line."""
    colon = ": " if lang == EN else "："
    return "\n".join(f"{one.label}{colon}{one.text}" for one in statements(pack, lang))


@dataclass(frozen=True, slots=True)
class Difference:
    """One topic on which two packs differ; "" on the side that says nothing of it."""

    topic: str
    label: str
    before: str
    after: str


def differences(before: Pack, after: Pack, lang: str = ZH) -> list[Difference]:
    """What the packs say differently; order of keys, layout and comments make no difference."""
    old = {one.topic: one for one in statements(before, lang)}
    new = {one.topic: one for one in statements(after, lang)}
    found = []
    for topic in dict.fromkeys([*old, *new]):
        one, other = old.get(topic), new.get(topic)
        if (one.label, one.text) != (other.label, other.text) if one and other else True:
            label = (other or one).label  # type: ignore[union-attr]
            found.append(Difference(topic, label, one.text if one else "", other.text if other else ""))
    return found
