"""The `zhaoyin` command: each subcommand is loaded only when it is called, so reading a page loads no Django."""

import importlib
import sys
from collections.abc import Callable

from zhaoyin import __version__
from zhaoyin.cli.collector import untouched
from zhaoyin.cli.kept_patterns import kept_patterns

COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("zhaoyin.cli.read", "read a page or note into grounded leads (no database)"),
    "sheet": ("zhaoyin.cli.sheet", "read messy ledgers into projects with their cells, units and checks (no database)"),
    "reading": ("zhaoyin.cli.manage", "learn from the corrections of this installation's reviewers"),
    "names": ("zhaoyin.cli.names", "find the registered company that a written name means (no database)"),
    "route": ("zhaoyin.cli.route", "plan trips of several teams, cities and days, and check plans (no database)"),
    "init": ("zhaoyin.cli.manage", "make an empty zone with its first person"),
    "serve": ("zhaoyin.cli.manage", "serve pages and background work"),
    "demo": ("zhaoyin.cli.manage", "load the demo zone"),
    "pack": ("zhaoyin.cli.pack", "check, explain and compare rule packs (no database)"),
    "count": ("zhaoyin.cli.manage", "figures for a period, with the record lists"),
    "brief": ("zhaoyin.cli.manage", "write a briefing as Word, workbook or PDF"),
    "ledger": ("zhaoyin.cli.manage", "verify, rebuild or redact the ledger"),
    "backup": ("zhaoyin.cli.manage", "write database and files into one archive"),
    "restore": ("zhaoyin.cli.manage", "restore an archive into an empty installation"),
    "daily": ("zhaoyin.cli.manage", "derive due items (idempotent)"),
    "manage": ("zhaoyin.cli.manage", "any management command"),
}


def usage() -> str:
    """The help text."""
    lines = [f"zhaoyin {__version__}", "usage: zhaoyin COMMAND [ARGUMENTS]   (zhaoyin COMMAND --help for one)", ""]
    lines += [f"  {name:<10}{text}" for name, (_, text) in COMMANDS.items()]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Entry point; returns the exit code (2 for a usage error)."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0 if arguments else 2
    if arguments[0] == "--version":
        print(__version__)
        return 0
    found = COMMANDS.get(arguments[0])
    if found is None:
        print(f"zhaoyin: unknown command {arguments[0]!r}\n\n{usage()}", file=sys.stderr)
        return 2
    with untouched(), kept_patterns(found[0].rpartition(".")[2]):
        module = importlib.import_module(found[0])
    run: Callable[[list[str]], int] = module.run
    return run(arguments if found[0].endswith(".manage") else arguments[1:])


if __name__ == "__main__":
    raise SystemExit(main())
