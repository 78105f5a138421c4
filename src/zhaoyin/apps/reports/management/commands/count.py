"""`zhaoyin count`: figures for a period, with the projects behind them."""

from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhaoyin.apps.reports import queries
from zhaoyin.apps.reports.presentation import RULE_LABELS, quantity_text
from zhaoyin.apps.ui.messages import words
from zhaoyin.apps.zones.queries import zone_by_slug
from zhaoyin.domain.errors import DomainError
from zhaoyin.domain.figure import Verdict
from zhaoyin.domain.money import number_text


def signed_text(value: Decimal) -> str:
    """With its sign: +3, -1."""
    return f"{'+' if value > 0 else ''}{number_text(value)}"


class Command(BaseCommand):
    """Tails the ledger into the mirror, then counts."""

    help = "Figures for a period with their records; --why adds every other project and the rule that kept it out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--zone", required=True, help="zone, as in its address")
        parser.add_argument("--period", required=True, help="2026-01/2026-05 (both included), 2026-Q1, 2026")
        parser.add_argument("--pack", default="", help="rule pack (default county-contract-date)")
        parser.add_argument("--as-of", default="", help="last day whose events count (default: end of the period)")
        parser.add_argument("--known-at", default="", help="count as known at the end of this day")
        parser.add_argument(
            "--known-basis", default="", choices=["", "recorded", "reported"],
            help="whether --known-at means when it was recorded here (default) or the date of the ledger that reported it",
        )  # fmt: skip
        parser.add_argument(
            "--why", action="store_true", help="also the projects that are not counted, with the reason"
        )
        parser.add_argument("--by", default="", metavar="DIMENSION", help=", ".join(queries.DIMENSIONS))
        parser.add_argument("--against", default="", metavar="PACK", help="explain what this pack counts differently")
        parser.add_argument(
            "--against-known-at", default="", metavar="DAY", help="explain what was known only later than this day"
        )
        parser.add_argument("--json", action="store_true", help="canonical JSON: the same bytes for the same question")
        parser.add_argument("--names", action="store_true", help="with --json: add project names")

    def handle(self, *args: Any, **options: Any) -> None:
        zone = zone_by_slug(options["zone"])
        if zone is None:
            raise CommandError(f"no zone {options['zone']!r}")
        try:
            asked = queries.parse_asked(
                period=options["period"],
                pack=options["pack"],
                as_of=options["as_of"],
                known_at=options["known_at"],
                known_basis=options["known_basis"],
                zone_id=zone.pk,
            )
            found = queries.answer(zone_id=zone.pk, asked=asked)
        except DomainError as error:
            raise CommandError(words(error)) from error
        try:
            if options["by"]:
                self._by(zone.pk, found, options["by"])
                return
            if options["against"] or options["against_known_at"]:
                self._against(zone.pk, found, options)
                return
        except DomainError as error:
            raise CommandError(words(error)) from error
        rules = None if options["why"] else [None]
        listed = queries.verdicts(found, figure=None, rules=rules, limit=queries.MOST_RECORDS)
        if options["json"]:
            names = self._names(zone.pk, listed) if options["names"] else None
            self.stdout.write(found.count.canonical(listed, names))
        else:
            self._table(zone.name, found, listed, self._names(zone.pk, listed))

    def _by(self, zone_id: Any, found: queries.Answer, by: str) -> None:
        """Every figure by one dimension."""
        names = queries.part_names(zone_id=zone_id)
        for rule in found.question.pack.figures:
            table = queries.breakdown(found, figure=rule.name, by=by)
            self.stdout.write(f"\n{rule.title} {rule.title_en}")
            for key, share in table.items():
                value = share.projects if rule.measure == "projects" else share.yuan
                self.stdout.write(f"  {names.get(key or '', key or '—')}\t{number_text(value)}")

    def _against(self, zone_id: Any, found: queries.Answer, options: dict[str, Any]) -> None:
        """What is counted differently from the other pack or day, by cause and project; the causes add up."""
        known = options["against_known_at"] or options["known_at"]
        asked = queries.parse_asked(
            period=options["period"], pack=options["against"] or options["pack"], as_of=options["as_of"], known_at=known,
            known_basis=options["known_basis"], zone_id=zone_id,
        )  # fmt: skip
        other = queries.answer(zone_id=zone_id, asked=asked)
        theirs = {rule.name for rule in other.question.pack.figures}
        for rule in found.question.pack.figures:
            if rule.name not in theirs:
                continue
            amounts = rule.measure != "projects"
            why = queries.explain_difference(other, found, figure=rule.name)
            place = 1 if amounts else 0
            self.stdout.write(
                f"\n{rule.title} {rule.title_en}: {number_text(why.before[place])} → {number_text(why.after[place])}"
            )
            names = queries.project_names(zone_id=zone_id, ids={change.project for change in why.changes})
            for cause, sums in why.causes().items():
                self.stdout.write(f"  {cause.value}: {signed_text(sums[place])}")
                for change in (one for one in why.changes if one.cause is cause):
                    kept_out = change.after
                    rule_said = RULE_LABELS[kept_out] if kept_out else ""
                    delta = signed_text(change.yuan if amounts else change.projects)
                    self.stdout.write(f"    {delta}  {names.get(change.project, change.project)}  {rule_said}")

    def _names(self, zone_id: Any, listed: list[Verdict]) -> dict[str, str]:
        return queries.project_names(zone_id=zone_id, ids={verdict.project for verdict in listed})

    def _table(self, zone: str, found: queries.Answer, listed: list[Verdict], names: dict[str, str]) -> None:
        identity, pack = found.count.identity, found.question.pack
        self.stdout.write(f"{zone}  {identity.covered}  {pack.title} {pack.version}  #{identity.last_seq}")
        for rule in pack.figures:
            figure = found.count.figures[rule.name]
            self.stdout.write(f"\n{rule.title} {rule.title_en}: {quantity_text(figure)}")
            if rule.of:
                continue
            for verdict in listed:
                if verdict.figure != rule.name:
                    continue
                reason = f"  ✗ {RULE_LABELS[verdict.rule]}" if verdict.rule else ""
                day = verdict.day.isoformat() if verdict.day else "—"
                self.stdout.write(f"  {day}  {names.get(verdict.project, verdict.project)}{reason}")
        for ratio in pack.ratios:
            value = queries.ratios(found)[ratio.name]
            share = "—" if value.percent is None else f"{value.percent} %"
            top, bottom = number_text(value.numerator), number_text(value.denominator)
            self.stdout.write(f"\n{ratio.title} {ratio.title_en}: {share} ({top} / {bottom})")
