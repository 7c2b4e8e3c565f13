"""Writes of the secret addresses by which calendars are read."""

from __future__ import annotations

from django.db import transaction

from yizheng.core import clock, doors
from yizheng.core.access import Actor
from yizheng.core.refusals import NotAllowed
from yizheng.core.secret_keys import new_secret_key
from yizheng.people.models import Account

from ..calendars import feed_of
from ..models import CalendarFeed
from ..rules import own_feed


def _account_id(actor: Actor) -> int:
    if actor.account_id is None:
        raise NotAllowed
    return actor.account_id


@transaction.atomic
def renew(actor: Actor) -> CalendarFeed:
    """Make the secret address, or another one; the old one answers nothing from then on."""
    account = Account.objects.select_for_update(no_key=True).get(pk=_account_id(actor))
    feed = feed_of(account)
    if feed is None:
        with doors.adding(
            CalendarFeed(account=account), "calendar.renewed", by=actor, rule=own_feed
        ) as made:
            return made.row
    with doors.editing(feed, "calendar.renewed", by=actor, rule=own_feed) as edit:
        edit.row.token, edit.row.made_at = new_secret_key(), clock.now()
    return feed


@transaction.atomic
def revoke(actor: Actor) -> None:
    account = Account.objects.select_for_update(no_key=True).get(pk=_account_id(actor))
    if feed := feed_of(account):
        with doors.deleting(feed, "calendar.revoked", by=actor, rule=own_feed, of=account):
            pass
