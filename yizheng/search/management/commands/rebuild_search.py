"""The command `yizheng manage rebuild_search`, which makes the search index anew from the
records.
"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yizheng.organisations.models import Organisation
from yizheng.search import index


class Command(BaseCommand):
    help = "Make the search index anew from the records, for every organisation or one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", metavar="CODE", help="only this organisation")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = Organisation.objects.all()
        if code := options["organisation"]:
            chosen = chosen.filter(code=code)
            if not chosen:
                raise CommandError(f"There is no organisation with the code “{code}”.")
        for organisation in chosen:
            done = 0
            for done in index.rebuild(organisation.pk):
                self.stdout.write(f"\r{organisation.code}: {done}", ending="")
            self.stdout.write(f"\r{organisation.code}: {done} texts in the search index")
