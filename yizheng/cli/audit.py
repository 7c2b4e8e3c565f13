"""Commands that show the audit chain and check that nobody altered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .command import CommandFailure, organisation_of, organisation_option, ready

if TYPE_CHECKING:
    from yizheng.organisations.models import Organisation


@click.group()
def audit() -> None:
    """Read and verify the audit chain."""


@audit.command()
@organisation_option
@click.option(
    "--expect",
    default="",
    metavar="HASH",
    help="A head noted earlier; it must still be in the chain.",
)
def verify(code: str, expect: str) -> None:
    """Recompute every entry and print the head of each chain.

    What a chain cannot show by itself is that its end was cut off by somebody who rewrote the head
    too. So keep the printed head on paper, and pass it back with --expect.
    """
    ready()
    if expect and not code:
        organisation_of("")  # one organisation, or a sentence asking which is meant
    flaws = sum(_verify(organisation, expect) for organisation in _organisations(code))
    if flaws:
        raise CommandFailure(f"The audit chain does not hold: {flaws} flaw(s).")


def _organisations(code: str) -> list[Organisation]:
    from yizheng.organisations.models import Organisation

    return [organisation_of(code)] if code else list(Organisation.objects.order_by("code"))


def _verify(organisation: Organisation, expect: str) -> int:
    from yizheng.core.audit import GENESIS, AuditHead
    from yizheng.core.audit import verify as flaws_of

    flaws = list(flaws_of(organisation.pk, expect))
    head = AuditHead.objects.filter(organisation=organisation).first()
    count, last = (head.sequence, head.hash) if head else (0, GENESIS)
    for flaw in flaws:
        click.echo(f"{organisation.code}: entry {flaw.sequence}: {flaw.reason}")
    if not flaws:
        click.echo(f"{organisation.code}: {count} entries, every one holds")
    click.echo(f"{organisation.code}: head {last}")
    return len(flaws)


@audit.command("list")
@organisation_option
@click.option(
    "--limit",
    default=50,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="How many, the newest first.",
)
@click.option(
    "--action",
    default="",
    help="Only actions that begin so, such as proposal. or regulation.adopted",
)
@click.option("--who", default="", help="Only what a person of this name did.")
def list_(code: str, limit: int, action: str, who: str) -> None:
    """Print entries, the newest first."""
    ready()
    from django.utils import timezone

    from yizheng.core.audit import AuditEntry

    entries = AuditEntry.objects.filter(
        organisation=organisation_of(code), action__startswith=action
    )
    if who:
        entries = entries.filter(actor_name=who)
    for entry in entries.order_by("-sequence")[:limit]:
        at = timezone.localtime(entry.at)
        who_did = entry.actor_name or "—"
        click.echo(
            f"{entry.sequence:>7}  {at:%Y-%m-%d %H:%M:%S}  {who_did}  {entry.action}  "
            f"{entry.object_label}"
        )
