"""Who keeps the links of contact, who sees them, who reads the notes."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yizheng.core import clock
from yizheng.core.access import NOTHING, Actor, is_account, is_member, office

from .models import ContactLink
from .parameters import in_force

read = office("contacts.read", _("sees who was reached and who was not"))
keep = office("contacts.keep", _("says who keeps in touch with whom"))
in_touch = is_member("in-touch", _("keeps the contact"), "link__member_id")
noter = in_touch | keep
"""Of an entry: whoever keeps the contact writes it down; the office may, from a paper."""
writer = in_touch | is_account("entered-it", _("wrote it down"), "entered_by_id")


def visible_links(actor: Actor) -> Q:
    """The office sees all links, a member those they keep; the one who is contacted has a list of
    names only.
    """
    if actor.is_system or read.allows(actor, None) or keep.allows(actor, None):
        return Q()
    return Q(member__in=actor.membership_ids) if actor.membership_ids else NOTHING


def may_note(actor: Actor, link: ContactLink) -> bool:
    return link.member_id in actor.membership_ids or keep.allows(actor, link)


def may_read_note(actor: Actor, link: ContactLink) -> bool:
    """The words themselves: theirs alone, unless the regulation opens them to the office."""
    if link.member_id in actor.membership_ids:
        return True
    open_to = in_force(clock.today()).notes_open_to
    if open_to == "nobody":
        return False
    return keep.allows(actor, link) or (open_to == "readers" and read.allows(actor, link))
