"""The command that founds an organisation, with the one account from which all others are
opened.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from .command import CommandFailure, ready

if TYPE_CHECKING:
    from yizheng.organisations.models import Organisation
    from yizheng.people.services.accounts import NewAccount

CODE = re.compile(r"[a-z][a-z0-9-]{1,29}")


@click.command()
@click.argument("code")
@click.option("--name", required=True, help="Its full name, as on official paper.")
@click.option("--short-name", required=True, help="What pages and letters call it.")
@click.option("--region", required=True, help="The county, district or city it belongs to.")
@click.option(
    "--administrator", required=True, metavar="PERSON", help="Who opens the other accounts."
)
@click.option(
    "--above",
    default="",
    metavar="CODE",
    help="The committee above it, if that is in this installation too.",
)
def found(
    code: str, name: str, short_name: str, region: str, administrator: str, above: str
) -> None:
    """Found an organisation and open its administrator's account.

    CODE names it on the command line and in the address of its public page. The administrator signs
    in with the password printed, enters the term and its sessions, and opens accounts for the
    office, which then adopts its regulation and imports its roster.
    """
    ready()
    if not CODE.fullmatch(code):
        raise CommandFailure(
            f"The code “{code}” must be small letters, digits and hyphens, beginning with a letter."
        )
    organisation, opened = _found(
        code, above, administrator, name=name, short_name=short_name, region=region
    )
    click.echo(f"{organisation.short_name} is founded; its code is {code}.")
    click.echo(f"Administrator: {opened.account.username}   first password: {opened.password}")
    click.echo(
        "It is shown only now; at the first sign-in a new one is chosen and a second factor set up."
    )


def _found(
    code: str, above: str, administrator: str, *, name: str, short_name: str, region: str
) -> tuple[Organisation, NewAccount]:
    from django.db import transaction

    from yizheng.core import tenancy
    from yizheng.core.access import system
    from yizheng.organisations.models import Organisation
    from yizheng.organisations.services import founding
    from yizheng.organisations.services import roles as organisations
    from yizheng.people.models import Person
    from yizheng.people.services import accounts as people

    from .command import organisation_of

    if Organisation.objects.filter(code=code).exists():
        raise CommandFailure(f"There is an organisation “{code}” already.")
    parent = organisation_of(above) if above else None
    with transaction.atomic():
        organisation = founding.found(
            code=code, name=name, short_name=short_name, region=region, parent=parent
        )
        with tenancy.scope(organisation):
            person = Person(name=administrator)
            person.save()
            role = organisations.administrators_role()
            return organisation, people.open_account(person, by=system(organisation.pk), role=role)
