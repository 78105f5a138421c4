"""`zhaoyin names`: which registered company a written name means, without a database.

zhaoyin names resolve --registry NAMES.txt --queries Q.txt [--aliases ALIASES.tsv] [--json]
zhaoyin names doubles --register COMPANIES.csv [--least P] [--memory MB] [--json]
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from zhaoyin.cli.names_doubles import find_doubles, message
from zhaoyin.domain.errors import DomainError
from zhaoyin.engines.entity_resolution.params import ResolutionParams
from zhaoyin.engines.entity_resolution.problem import ResolutionProblem
from zhaoyin.engines.entity_resolution.registry import Registry
from zhaoyin.engines.entity_resolution.result import Decision, Resolution
from zhaoyin.engines.entity_resolution.solve import solve

DECISION_WORDS = {Decision.ACCEPT: "采用", Decision.REVIEW: "请核对", Decision.NONE: "未找到"}
_SAMPLE = 1 << 16


class AliasLineError(ValueError):
    """A line of the alias file has not two names."""


def run(argv: list[str]) -> int:
    """Entry point of the subcommand; 0 on success, 1 when a file cannot be read or a query is refused, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="zhaoyin names", description="find the registered company a name means")
    actions = parser.add_subparsers(dest="action", required=True)
    resolve = actions.add_parser("resolve", help="resolve names against a list of registered names")
    resolve.add_argument("--registry", required=True, help="file with one registered name a line")
    resolve.add_argument("--queries", required=True, help="file with one name to resolve a line; - for standard input")
    resolve.add_argument("--aliases", help="file with lines of another name, a tab, and the registered name")
    resolve.add_argument("--json", action="store_true", help="one JSON object a line: query, candidates, decision")
    doubles = actions.add_parser("doubles", help="companies that stand twice in a register (needs the extra splink)")
    doubles.add_argument(
        "--register", required=True, help="csv with heads: name, and credit_code, phone, address, legal_person"
    )
    doubles.add_argument("--least", type=float, default=0.5, help="lowest probability of a pair (default 0.5)")
    doubles.add_argument(
        "--memory", type=int, default=2000, help="megabytes that the comparison may use (default 2000)"
    )
    doubles.add_argument("--json", action="store_true", help="one JSON object a pair")
    options = parser.parse_args(argv)
    try:
        if options.action == "doubles":
            return find_doubles(
                file=options.register, least=options.least, memory_mb=options.memory, as_json=options.json
            )
        registry = Registry.of(_lines(options.registry), aliases=_aliases(options.aliases))
        return _resolve(registry, _lines(options.queries), as_json=options.json)
    except OSError as error:
        print(f"zhaoyin names: {error.filename}: {error.strerror}", file=sys.stderr)
    except AliasLineError as error:
        print(f"zhaoyin names: {options.aliases}: {error}", file=sys.stderr)
    except DomainError as error:
        print(f"zhaoyin names: {message(error)}", file=sys.stderr)
    return 1


def _resolve(registry: Registry, queries: Iterator[str], *, as_json: bool) -> int:
    rules = ResolutionParams(name_is_identity=True)
    failed = 0
    for query in queries:
        try:
            found = solve(problem=ResolutionProblem(registry, query), params=rules)
        except DomainError as error:
            failed = 1
            print(f"zhaoyin names: {error}", file=sys.stderr)
            found = Resolution(query, (), Decision.NONE, 0.0)
        print(json.dumps(_record(found), ensure_ascii=False) if as_json else _line(found))
    return failed


def _record(found: Resolution) -> dict[str, object]:
    candidates = [{"name": one.name, "score": one.score, "reason": one.reason.value} for one in found.candidates]
    return {
        "query": found.query,
        "candidates": candidates,
        "decision": found.decision.value,
        "margin": found.margin,
    }


def _line(found: Resolution) -> str:
    shown = "  ".join(f"{one.name} {one.score:.2f}" for one in found.candidates)
    return f"{found.query}\t{DECISION_WORDS[found.decision]}\t{shown}"


def _lines(name: str) -> Iterator[str]:
    """Lines that say something, one at a time; UTF-8, or GB18030 when the beginning is no UTF-8."""
    if name == "-":
        yield from (line.strip() for line in sys.stdin if line.strip())
        return
    with Path(name).open("rb") as stream:
        head = stream.read(_SAMPLE)
    whole = head[: head.rfind(b"\n") + 1] or head
    try:
        whole.decode("utf-8")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "gb18030"
    with Path(name).open(encoding=encoding, errors="replace") as text:
        yield from (line.strip() for line in text if line.strip())


def _aliases(name: str | None) -> Iterator[tuple[str, str]]:
    """(alias, registered name) of each line."""
    for number, line in enumerate(_lines(name) if name else (), start=1):
        alias, tab, registered = line.partition("\t")
        if not tab or not registered.strip():
            raise AliasLineError(f"line {number}: {line!r} is not a name, a tab and a registered name")
        yield alias.strip(), registered.strip()
