"""`zhaoyin read`: a page or note on the command line, without a database.

zhaoyin read [--pub YYYY-MM-DD] FILE|- [--json]     one document (HTML or text; - reads standard input)
zhaoyin read FOLDER --out FILE [--pub YYYY-MM-DD]   every page and note below a folder, zip files included; can be stopped and run again
zhaoyin read --jsonl < documents > labels           lines with id, pub, text in; lines of the benchmark's label scheme out
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from zhaoyin.adapters.web.pages import LARGEST_FILE, read_page
from zhaoyin.cli.collector import seldom
from zhaoyin.cli.labels import labels, stage_label
from zhaoyin.cli.read_folder import read_folder
from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.money import Money, Qualifier
from zhaoyin.engines.reading.links import RelationKind
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.result import ProjectDraft, Reading
from zhaoyin.engines.reading.solve import solve

STAGE_WORDS = {
    "intent": "意向", "negotiating": "在谈", "signed": "签约", "sited": "选址", "landed": "落地/注册", "construction": "开工在建",
    "production": "投产", "terminated": "终止",
}  # fmt: skip
INDICATOR_WORDS = {
    "negotiating": "新增洽谈", "signed": "新签约", "landed": "落地", "construction": "开工", "production": "投产", "fdi": "实际利用外资",
    "funds_arrived": "到位资金",
}  # fmt: skip
RELATION_WORDS = {
    RelationKind.HAS_ROLE: "任职", RelationKind.SUPPLIER_OF: "供应", RelationKind.CUSTOMER_OF: "客户", RelationKind.FOLLOWED: "追随",
    RelationKind.FUND_INVESTED: "基金投资", RelationKind.LENDS_TO: "贷款", RelationKind.SUBSIDIARY_OF: "隶属",
}  # fmt: skip
QUALIFIER_WORDS = {Qualifier.EXACT: "", Qualifier.ABOUT: "约", Qualifier.MORE: "超", Qualifier.LESS: "不超过"}


def run(argv: list[str]) -> int:
    """Entry point of the subcommand; 0 on success, 1 for a document that cannot be read, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="zhaoyin read", description="read a page or note into grounded leads")
    parser.add_argument("file", nargs="?", help="HTML or text file; - for standard input")
    parser.add_argument("--pub", help="publication date YYYY-MM-DD against which relative dates resolve")
    parser.add_argument("--json", action="store_true", help="the label scheme of the benchmark as JSON")
    parser.add_argument(
        "--jsonl", action="store_true", help="documents as JSON lines from standard input to standard output"
    )
    parser.add_argument("--out", help="with a folder: the file to which one JSON line a document is appended")
    options = parser.parse_args(argv)
    if options.jsonl:
        with seldom():
            return _read_lines()
    if options.file is None:
        parser.print_usage(sys.stderr)
        return 2
    try:
        published_on = date.fromisoformat(options.pub) if options.pub else None
    except ValueError:
        print(f"zhaoyin read: --pub {options.pub!r} is no date; write YYYY-MM-DD", file=sys.stderr)
        return 2
    if Path(options.file).is_dir():
        if not options.out:
            print("zhaoyin read: a folder needs --out FILE", file=sys.stderr)
            return 2
        with seldom():
            return read_folder(Path(options.file), Path(options.out), published_on)
    with seldom():
        return _read_one(options.file, published_on, as_json=options.json)


def _read_one(name: str, published_on: date | None, *, as_json: bool) -> int:
    try:
        if name == "-":
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with Path(name).open("rb") as stream:
                data = stream.read(LARGEST_FILE + 1)
        page = read_page(data, filename=Path(name).name)
        reading = solve(problem=ReadingProblem(page.text, published_on))
    except OSError as error:
        print(f"zhaoyin read: {name}: {error.strerror}", file=sys.stderr)
        return 1
    except DomainError as error:
        print(f"zhaoyin read: {name}: {error}", file=sys.stderr)
        return 1
    if as_json:
        print(json.dumps(labels(reading) | {"text": reading.text}, ensure_ascii=False, indent=1))
    else:
        print(_report(reading))
    return 0


def _read_lines() -> int:
    """One document a line; a document that cannot be read gives an empty record with `error`, and the exit code 1."""
    failed = False
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        identity: object = number
        try:
            document = json.loads(line)
            identity = document["id"]
            published = document.get("pub")
            found = labels(
                solve(problem=ReadingProblem(document["text"], date.fromisoformat(published) if published else None))
            )
        except (ValueError, KeyError, TypeError, DomainError) as error:
            failed = True
            found = {"entities": [], "projects": [], "relations": [], "stats": [], "error": str(error)}
        print(json.dumps({"id": identity} | found, ensure_ascii=False))
    return 1 if failed else 0


def money_words(money: Money) -> str:
    """约 10 亿元, 2,150 万 EUR."""
    value = money.value
    scale, unit = (10**8, "亿") if value >= 10**8 else (10**4, "万") if value >= 10**4 else (1, "")
    number = format((value / scale).normalize(), "f")
    high = f"–{format((money.high / scale).normalize(), 'f')}" if money.high is not None else ""
    currency = "元" if money.currency.value == "CNY" else f" {money.currency.value}"
    return f"{QUALIFIER_WORDS[money.qualifier]}{number}{high}{unit}{currency}"


def _quote(reading: Reading, start: int, end: int, margin: int = 12) -> str:
    quote = reading.text[max(0, start - margin) : end + margin]
    return "「" + " ".join(quote.split()) + f"」[{start}:{end}]"


def _report(reading: Reading) -> str:
    lines = [
        f"发布日期:{reading.published_on or '未知'}   样板文字:{sum(end - start for start, end in reading.boilerplate)} 字"
    ]
    lines.append(f"\n项目({len(reading.projects)})")
    lines += [_project_line(reading, draft) for draft in reading.projects]
    lines.append(f"\n关系({len(reading.relations)})")
    for relation in reading.relations:
        tail = relation.tail[0] if relation.tail else "—"
        role = f"({relation.role})" if relation.role else ""
        lines.append(
            f"  {RELATION_WORDS[relation.kind]}{role}: {relation.head[0]} → {tail}   {_quote(reading, relation.span.start, relation.span.end, 0)}"
        )
    lines.append(f"\n统计({len(reading.statistics)})")
    for figure in reading.statistics:
        count = f" {figure.count.value} 个" if figure.count else ""
        amount = f" {money_words(figure.amount.money)}" if figure.amount else ""
        period = f" {figure.period.value}" if figure.period else ""
        zone = f" {figure.zone.text}" if figure.zone else ""
        lines.append(
            f"  {INDICATOR_WORDS[figure.indicator.value]}{count}{amount}{period}{zone}   {_quote(reading, figure.span.start, figure.span.end)}"
        )
    return "\n".join(lines)


def _project_line(reading: Reading, draft: ProjectDraft) -> str:
    company = "/".join(draft.companies[:2]) or "(投资方未知)"
    amount = money_words(draft.amount.money) if draft.amount else "投资额未知"
    name = draft.name.text if draft.name else ""
    stage = STAGE_WORDS[stage_label(draft)] + ("" if draft.stage_said else "?")
    anchor = draft.amount.span if draft.amount else draft.stage_span or draft.company or draft.name
    quote = _quote(reading, anchor.start, anchor.end) if anchor else ""
    return f"  {company} | {name} | {amount} | {stage} | {draft.kind.value}   {quote}"
