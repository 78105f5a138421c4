"""What is wrong or odd with a pack as a whole: contradictions are errors, what can have no effect is a warning."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from zhaoyin.domain.money import AmountKind
from zhaoyin.engines.counting.pack_file import Finding, Read, Section, read_pack
from zhaoyin.engines.counting.params import DEFAULT_PACK, JOBS, Pack, PackError, pack_path, whole_amount


def check_pack(text: str, *, name: str) -> list[Finding]:
    """Everything found in a pack file, by line; it can be used when no finding is an error."""
    return check_read(read_pack(text, name=name))


def check_read(read: Read) -> list[Finding]:
    """The same for a file that has been read."""
    if not read.file.broken:
        for check in (_names, _figures, _thresholds, _contradictions, _amounts, _ratios, _dates, _unused):
            check(read)
    unique = dict.fromkeys(read.file.findings)
    return sorted(unique, key=lambda found: (not found.error, found.line))


def overlapping(packs: Sequence[tuple[str, Pack]]) -> list[tuple[str, str]]:
    """Names of files that hold the same pack with validities that overlap without one of them ending."""
    found = []
    for n, (name, pack) in enumerate(packs):
        for other_name, other in packs[n + 1 :]:
            first, second = sorted((pack, other), key=lambda one: one.valid_from)
            same_start = first.valid_from == second.valid_from
            ended = first.valid_until is not None and first.valid_until < second.valid_from
            if pack.id == other.id and not ended and (same_start or first.valid_until is not None):
                found.append((name, other_name))
    return found


def _names(read: Read) -> None:
    for table, what in (("figure", "指标"), ("condition", "条件"), ("ratio", "转化率")):
        seen: set[str] = set()
        for section in read.sections.get(table, []):
            name = section.text("name")
            if name and name in seen:
                problem = (f"{table} {name!r} is there twice", f"{what} {name} 出现两次")
                section.wrong("name", problem, ("give each its own name", "请各取一个名称"))
            seen.add(name)
        for key, said in (("title", "标题"),):
            titles: set[str] = set()
            for section in read.sections.get(table, []):
                title = section.text(key)
                if title and title in titles:
                    problem = (f"the title {title!r} is there twice", f"{said}“{title}”出现两次")
                    section.wrong(key, problem, ("tell them apart", "请加以区别"), error=False)
                titles.add(title)
    for section in read.sections.get("condition", []):
        if section.text("name") in {"last", "first", "counted"}:
            problem = (f"{section.text('name')!r} has a meaning of its own", f"{section.text('name')} 另有含义")
            section.wrong("name", problem, ("take another name", "请换一个名称"))


def _figures(read: Read) -> None:
    pack, sections = read.pack, read.sections["figure"]
    if sections and not pack.bases:
        problem = ("the pack counts no projects", "没有一项指标计项目数")
        fix = ("add a [[figure]] with reaches or contracts", "请加一个写有 reaches 或 contracts 的 [[figure]]")
        sections[0].wrong("name", problem, fix)
    bases = [rule.name for rule in pack.bases]
    flows = {rule.name for rule in pack.bases if rule.funds}
    for rule, section in zip(pack.figures, sections, strict=True):
        if rule.of:
            section.among("of", rule.of, bases, ("figure that counts projects", "计项目数的指标"))
        if rule.of in flows:
            kinds = pack.figure(rule.of).funds
            if rule.amount not in kinds or len(kinds) > 1:
                problem = (f"what arrived is {', '.join(kinds)}", f"到账的是 {'、'.join(kinds)}")
                section.wrong("amount", problem, (f'write amount = "{kinds[0]}"', f'请写 amount = "{kinds[0]}"'))
        if rule.funds and len(rule.funds) > 1:
            problem = ("a figure of arrivals is of one kind", "到账指标只能取一类资金")
            section.wrong("funds", problem, ("make one figure for each kind", "请每类资金各写一项"))
        if rule.date != "last" and len(rule.needs) < 2:
            problem = ("date has no choice to make", "只有一个条件，date 不起作用")
            section.wrong("date", problem, ("remove it", "请删去"), error=False)


def _thresholds(read: Read) -> None:
    pack = read.pack
    bases = [rule.name for rule in pack.bases]
    for nth, section in enumerate(read.sections["threshold"]):
        threshold = pack.thresholds[nth]
        if "figures" in section.table and not threshold.figures:
            fix = f'figures = ["{bases[0] if bases else "…"}"]'
            section.wrong(
                "figures", ("the threshold names no figure", "门槛没有写适用指标"), (f"write {fix}", f"请写 {fix}")
            )
        for name in threshold.figures:
            section.among("figures", name, bases, ("figure that counts projects", "计项目数的指标"))
        for earlier in pack.thresholds[:nth]:
            wider = (
                set(threshold.figures) <= set(earlier.figures)
                and earlier.currency in {"", threshold.currency}
                and (not earlier.industries or set(threshold.industries or ["*"]) <= set(earlier.industries))
                and (not earlier.project_kinds or set(threshold.project_kinds or ["*"]) <= set(earlier.project_kinds))
            )
            if wider:
                problem = (
                    "this threshold never decides: an earlier one fits the same projects",
                    "这道门槛永远用不上：前面的已覆盖同样的项目",
                )
                section.wrong("at_least", problem, ("put the narrower one first", "请把范围窄的放前面"), error=False)
                break


def _contradictions(read: Read) -> None:
    pack = read.pack
    heads = read.sections["pack"]
    pairs = (
        ("project_kinds", pack.required.project_kinds, pack.excluded.project_kinds),
        ("channels", pack.required.channels, pack.excluded.channels),
        ("traits", pack.required.traits, pack.excluded.traits),
    )
    for key, wanted, barred in pairs:
        for value in sorted({*wanted} & {*barred}):
            problem = (f"{value!r} is both required and excluded", f"“{value}”既要求又排除")
            line = read.file.line_of("require", key, 0)
            read.file.say(
                line,
                problem,
                (f"take it out of [require] or [exclude] {key}", f"请从 [require] 或 [exclude] 的 {key} 中去掉"),
            )
    barred_kinds = {*pack.excluded.project_kinds}
    if barred_kinds >= {"new", "reinvestment_expansion", "technical_upgrade"}:
        heads[0].wrong(
            "id", ("every kind of project is excluded", "所有项目类别都被排除"), ("leave one in", "请至少保留一类")
        )
    for section, substitute in zip(read.sections["substitute"], pack.substitutes, strict=True):
        if substitute.instead_of == substitute.amount:
            section.wrong(
                "amount",
                ("an amount stands in for itself", "改计金额与原金额相同"),
                ("name another amount", "请换一类金额"),
            )
        for value in sorted({*substitute.project_kinds} & barred_kinds):
            problem = (f"{value!r} is excluded, this can have no effect", f"“{value}”已被排除，这里不起作用")
            section.wrong("project_kinds", problem, ("remove one of them", "请去掉其一"), error=False)
    for section, rule in zip(read.sections["figure"], pack.figures, strict=True):
        _figure_contradictions(section, pack, rule.name)


def _figure_contradictions(section: Section, pack: Pack, name: str) -> None:
    rule = next(one for one in pack.figures if one.name == name)
    for interval in rule.intervals:
        if interval.start == interval.to:
            section.wrong(
                "intervals",
                ("an interval from a thing to itself", "期限的起点与终点相同"),
                ("name two", "请写两个不同的条件"),
            )
    twins = [n for n in rule.needs if rule.needs.count(n) > 1]
    if twins:
        section.wrong(
            "needs",
            (f"{twins[0]!r} is needed twice", f"{twins[0]} 写了两次"),
            ("remove one", "请去掉一个"),
            error=False,
        )
    if rule.of and (rule.intervals or rule.needs):
        section.wrong(
            "of",
            ("an amount follows its figure's rules", "金额随所属指标的规则"),
            ("move them there", "请移到该指标"),
            error=False,
        )


def _amounts(read: Read) -> None:
    """Foreign amounts: a threshold in yuan, or a figure, meets them without a rate."""
    pack = read.pack
    foreign = [rule for rule in pack.figures if rule.amount == AmountKind.FOREIGN]
    if foreign and not pack.rates:
        section = next(s for s in read.sections["figure"] if s.text("name") == foreign[0].name)
        problem = ("foreign capital without any rate stands apart, unconverted", "没有汇率，外资金额将单列为未折算")
        fix = (
            'add [[rate]] currency = "USD" with its source, or load the zone\'s rates',
            '请加 [[rate]] currency = "USD" 并写明来源，或由园区录入汇率',
        )
        section.wrong("amount", problem, fix, error=False)
    seen: set[tuple[str, object]] = set()
    for section in read.sections["rate"]:
        key = (section.text("currency"), section.day("from"))
        if key in seen:
            section.wrong("from", ("two rates from the same day", "同一币种同一天有两个汇率"), ("keep one", "请留一个"))
        seen.add(key)
    for rule, section in zip(pack.figures, read.sections["figure"], strict=True):
        if rule.amount and not whole_amount(rule.amount) and rule.amount != JOBS and pack.phase:
            problem = ("phases speak of whole investments only", "分期只对投资额有意义")
            section.wrong("amount", problem, ("remove phase or this figure", "请去掉 phase 或本指标"), error=False)


def _ratios(read: Read) -> None:
    pack = read.pack
    named = {rule.name: rule for rule in pack.figures}
    for section, ratio in zip(read.sections["ratio"], pack.ratios, strict=True):
        known = [
            section.among(key, section.text(key), named, ("figure", "指标")) for key in ("numerator", "denominator")
        ]
        if not all(known):
            continue
        above, below = named[ratio.numerator], named[ratio.denominator]
        if above.measure != below.measure:
            problem = ("projects over money", "分子、分母一个是项目数、一个是金额")
            section.wrong("numerator", problem, ("take two figures of one measure", "请取同一量纲的两项指标"))
        if ratio.cohort and (above.amount or below.amount):
            problem = ("a cohort is of projects", "cohort 只能用于项目数指标")
            section.wrong("cohort", problem, ("remove it", "请删去"))


def _dates(read: Read) -> None:
    pack, head = read.pack, read.sections["pack"][0]
    if pack.valid_until is not None and pack.valid_until < pack.valid_from:
        head.wrong(
            "valid_until",
            ("the pack ends before it begins", "失效日期早于施行日期"),
            ("put a later day", "请写更晚的日期"),
        )
    bounds = pack.size_bounds
    if list(bounds) != sorted(set(bounds)):
        line = read.file.line_of("sizes", "bounds", 0)
        read.file.say(line, ("size bounds do not rise", "规模档下限没有由小到大"), ("sort them", "请由小到大排列"))
    if sum(pack.credit.transfer, Decimal(0)) > 1:
        line = read.file.line_of("credit", "transfer", 0)
        read.file.say(
            line,
            ("shares of a transfer are above one", "流转份额合计大于一"),
            ('write transfer = ["0.4", "0.6"]', '请写 transfer = ["0.4", "0.6"]'),
        )


def _unused(read: Read) -> None:
    pack = read.pack
    used = {name for rule in pack.figures for name in rule.needs}
    used |= {name for rule in pack.figures for interval in rule.intervals for name in (interval.start, interval.to)}
    for section in read.sections["condition"]:
        if section.text("name") not in used:
            problem = (f"no figure uses {section.text('name')!r}", f"没有指标用到 {section.text('name')}")
            section.wrong("name", problem, ("remove it, or name it in needs", "请删去，或写进 needs"), error=False)
    for nth, rule in enumerate(pack.bases):
        if unreachable(pack, nth):
            section = next(s for s in read.sections["figure"] if s.text("name") == rule.name)
            problem = (
                f"nothing can count in {rule.name!r}: it needs what the pack excludes",
                f"指标 {rule.name} 永远为零：所需与排除矛盾",
            )
            section.wrong("name", problem, ("change needs or [exclude]", "请改 needs 或 [exclude]"))


def unreachable(pack: Pack, nth: int) -> bool:
    """Whether no project can ever count in the nth base figure: an ended one is needed and ends are excluded."""
    rule = pack.bases[nth]
    needed: Iterable[str] = (
        kind for condition in pack.conditions_of(rule) if condition.name in rule.needs for kind in condition.events
    )
    ends = {"lost", "terminated", "withdrawn"}
    return "ended" in set(needed) and ends <= set(pack.excluded.outcomes)


def parse_pack(text: str, *, name: str) -> Pack:
    """The pack in a TOML text; PackError says line, problem and fix of the first mistake. `name` is what the message calls it."""
    read = read_pack(text, name=name)
    first = next((found for found in check_read(read) if found.error), None)
    if first is not None:
        raise PackError(
            "pack-not-toml" if read.file.broken else "pack-wrong",
            pack=name, line=first.line, problem=first.problem[0], fix=first.fix[0],
            problem_zh=first.problem[1], fix_zh=first.fix[1],
        )  # fmt: skip
    return read.pack


@lru_cache
def load_pack(name: str = DEFAULT_PACK) -> Pack:
    """A pack that the program ships, by id; InvalidValue when there is none."""
    path = pack_path(name)
    return parse_pack(path.read_text(encoding="utf-8"), name=path.name)
