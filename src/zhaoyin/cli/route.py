"""`zhaoyin route`: plan trips, check plans, time a timetable, on the command line and without a database.

zhaoyin route solve PROBLEM.json [--seconds 1 | --iterations N] [--seed 1] [--warm PLAN.json] [--out PLAN.json]
zhaoyin route replan PROBLEM.json --published PLAN.json --now 2026-03-09T12:00 [--seconds 0.6] [--out PLAN.json]
zhaoyin route check PROBLEM.json PLAN.json       an independent checker; exit code 1 when a rule is broken
zhaoyin route travel PROBLEM.json [--table FILE.csv] [--gtfs FOLDER|ZIP] [--margin 15] [--out PROBLEM.json]     fill in the ways between its cities
zhaoyin route warm                               compile the search once, so that later runs start at once
"""

import argparse
import json
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from zhaoyin.domain.errors import DomainError, InvalidValue
from zhaoyin.engines.route_checking.solve import check
from zhaoyin.engines.routing.params import RouteParams
from zhaoyin.engines.routing.problem import Problem, read_problem
from zhaoyin.engines.routing.result import Plan, read_plan, write_plan
from zhaoyin.engines.routing.writing import write_problem


def run(argv: list[str]) -> int:
    """Entry point of the subcommand; 0 on success, 1 for a broken rule or a document that cannot be used, 2 for wrong usage."""
    options = _parser().parse_args(argv)
    try:
        return int(options.run(options))
    except InvalidValue as error:
        shown = error.params
        print(
            f"zhaoyin route: {shown.get('field')}: {shown.get('value')!r} ({error.code}); expected {shown.get('expected', '')}",
            file=sys.stderr,
        )
    except DomainError as error:
        print(f"zhaoyin route: {error}", file=sys.stderr)
    except OSError as error:
        print(f"zhaoyin route: {error.filename}: {error.strerror}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="zhaoyin route", description="plan trips of several teams, cities and days")
    actions = parser.add_subparsers(dest="action", required=True)
    solve = actions.add_parser("solve", help="the best plan found in the time given")
    again = actions.add_parser("replan", help="a new plan while the trip is under way")
    for part, seconds in ((solve, 1.0), (again, 0.6)):
        part.add_argument("problem", metavar="PROBLEM.json")
        part.add_argument("--seconds", type=float, default=seconds, help="time for the search")
        part.add_argument("--iterations", type=int, help="rounds instead of seconds: the same plan on every machine")
        part.add_argument("--seed", type=int, default=1)
        part.add_argument("--out", help="where the plan goes; standard output when it is not given")
    solve.add_argument("--warm", metavar="PLAN.json", help="a plan to begin from")
    solve.set_defaults(run=_solve)
    again.add_argument("--published", metavar="PLAN.json", required=True)
    again.add_argument("--now", required=True, help="YYYY-MM-DDTHH:MM: what began before it stays")
    again.set_defaults(run=_replan)
    checking = actions.add_parser("check", help="try every rule on a plan")
    checking.add_argument("problem", metavar="PROBLEM.json")
    checking.add_argument("plan", metavar="PLAN.json")
    checking.set_defaults(run=_check)
    travel = actions.add_parser("travel", help="fill in the ways between the cities of a problem")
    travel.add_argument("problem", metavar="PROBLEM.json")
    travel.add_argument("--table", metavar="FILE.csv", help="own travel times: from,to,mode,minutes,fare,departures")
    travel.add_argument("--gtfs", metavar="FOLDER|ZIP", help="a timetable in GTFS")
    travel.add_argument("--margin", type=int, default=15, help="per cent of safety on modelled times")
    travel.add_argument("--out", help="where the problem goes; standard output when it is not given")
    travel.set_defaults(run=_travel)
    warm = actions.add_parser("warm", help="compile the search once, so that later runs start at once")
    warm.set_defaults(run=_warm)
    return parser


def _document(name: str) -> object:
    try:
        return json.loads(Path(name).read_text(encoding="utf-8"))
    except ValueError as error:
        raise InvalidValue("route-not-json", field=name, value=str(error), expected="a JSON document") from error


def _write(document: dict[str, object], out: str | None) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    if out:
        Path(out).write_text(text, encoding="utf-8")
    else:
        print(text, end="")


def _params(options: argparse.Namespace) -> RouteParams:
    made = RouteParams(seconds=options.seconds, seed=options.seed, clock=time.perf_counter)
    return replace(made, clock=None, iterations=options.iterations) if options.iterations else made


def _finish(problem: Problem, plan: Plan, out: str | None) -> int:
    _write(write_plan(plan), out)
    sums = plan.totals
    proved = "; proved best" if plan.proved else f"; bound {plan.bound}" if plan.bound is not None else ""
    print(
        f"{sums.meetings} of {len(problem.meetings)} meetings, value {sums.value}, score {sums.score:.2f}{proved}; {sums.travel_minutes / 60:.1f} h of"
        f" travel, fares {sums.fares}, {sums.nights} nights {sums.hotels}; {plan.iterations} rounds, {plan.stopped}",
        file=sys.stderr,
    )
    return 0


def _solve(options: argparse.Namespace) -> int:
    from zhaoyin.engines.routing.solve import solve

    problem = read_problem(_document(options.problem))
    warm = read_plan(_document(options.warm)) if options.warm else None
    return _finish(problem, solve(problem=problem, params=_params(options), warm=warm), options.out)


def _replan(options: argparse.Namespace) -> int:
    from zhaoyin.engines.routing.replanning import replan

    problem, published = read_problem(_document(options.problem)), read_plan(_document(options.published))
    try:
        now = datetime.fromisoformat(options.now)
    except ValueError as error:
        raise InvalidValue(
            "route-invalid-value", field="--now", value=options.now, expected="YYYY-MM-DDTHH:MM"
        ) from error
    plan = replan(
        problem=problem, published=published, day=now.date(), time=now.hour * 60 + now.minute, params=_params(options)
    )
    return _finish(problem, plan, options.out)


def _check(options: argparse.Namespace) -> int:
    problem, plan = _document(options.problem), _document(options.plan)
    read_problem(problem)
    read_plan(plan)
    assert isinstance(problem, dict) and isinstance(plan, dict)
    found = check(problem, plan)
    for item in found:
        print(f"{item.rule}: {item.where}: {item.detail}")
    if not found:
        print("every rule is kept")
    return 1 if found else 0


def _travel(options: argparse.Namespace) -> int:
    from zhaoyin.adapters.travel.network import fill_travel
    from zhaoyin.adapters.travel.params import TravelParams

    problem = read_problem(_document(options.problem))
    filled = fill_travel(
        problem,
        table=Path(options.table) if options.table else None,
        gtfs=Path(options.gtfs) if options.gtfs else None,
        params=TravelParams(margin_per_cent=options.margin),
    )
    _write(write_problem(filled), options.out)
    return 0


def _warm(options: argparse.Namespace) -> int:
    from zhaoyin.engines.routing import warming

    began = time.perf_counter()
    warming.warm()
    print(f"the trip search is compiled ({time.perf_counter() - began:.1f} s)")
    return 0
