"""`zhaoyin reading retrain|forget|show --zone Z`: what the zone's own reviewers teach."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhaoyin.apps.intake import learning
from zhaoyin.apps.ui.messages import words
from zhaoyin.apps.zones.models import Zone
from zhaoyin.domain.errors import DomainError
from zhaoyin.engines.reading.learning import Scores

LABELS = (("company", "投资方"), ("amount", "投资额"), ("stage", "阶段"), ("record", "整条"))


class Command(BaseCommand):
    """Scores are of documents held back from the training that is measured."""

    help = "Learn from the corrections of this installation's reviewers (retrain), or go back to the engine as shipped (forget)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["retrain", "forget", "show"])
        parser.add_argument("--zone", required=True, help="the zone's name in the address")

    def handle(self, *args: Any, **options: Any) -> None:
        zone = Zone.objects.filter(slug=options["zone"]).first()
        if zone is None:
            raise CommandError(f"no zone {options['zone']!r}")
        if options["action"] == "forget":
            self.stdout.write(f"models thrown away: {learning.forget(zone_id=zone.pk)}")
            return
        if options["action"] == "show":
            self.stdout.write(f"reviewed documents: {len(learning.examples_of(zone_id=zone.pk))}")
            return
        try:
            done = learning.retrain(zone_id=zone.pk)
        except DomainError as error:
            raise CommandError(words(error)) from error
        self._tell(done)

    def _tell(self, done: learning.Retrained) -> None:
        self.stdout.write(f"reviewed documents {done.documents}, held back {done.held_back}")
        for name, label in LABELS:
            self.stdout.write(f"  {label} {name:<8} {_share(done.before, name)} -> {_share(done.after, name)}")
        self.stdout.write("the new model is used from now on" if done.used else "no better: the engine stays as it was")


def _share(measured: Scores, name: str) -> str:
    right, total = getattr(measured, name)
    return f"{right}/{total}"
