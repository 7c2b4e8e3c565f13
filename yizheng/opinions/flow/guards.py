"""Guards of the steps on an opinion: each says in a sentence why the step cannot be taken now, or
None.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yizheng.core.access import Words
from yizheng.core.day_words import day_words
from yizheng.core.refusals import all_of
from yizheng.transfers.queries import open_of

from ..enums import DispatchState, OpinionBodyForm
from ..models import Dispatch, Opinion
from ..opinion_text import length_of, original_text
from .due_dates import rules_of
from .notices import tell_signers


def is_complete(opinion: Opinion) -> Words | None:
    written = "body" if opinion.body_form == OpinionBodyForm.TEXT else "situation"
    missing = {
        "title": not opinion.title.strip() and _("The title is still missing."),
        written: not original_text(opinion) and _("The text is still missing."),
        "category": opinion.category and _unknown_category(opinion),
    }
    return all_of(missing)


def _unknown_category(opinion: Opinion) -> Words | None:
    if opinion.category in rules_of().categories:
        return None
    return _("The regulation in force does not know this category; choose another.")


def edition_fits(opinion: Opinion) -> Words | None:
    length, most = length_of(opinion.edited_text), rules_of().longest_text
    too_long = _(
        "The edition has %(n)s characters; the regulation allows %(most)s. Shorten it."
    ) % {"n": length, "most": most}
    missing = {
        "title": not opinion.edited_title and _("The edition has no title yet."),
        "category": (not opinion.category and _("The category is still missing."))
        or _unknown_category(opinion),
        "text": (not opinion.edited_text.strip() and _("The edition has no text yet."))
        or (length > most and too_long),
    }
    return all_of(missing)


def somebody_may_sign(opinion: Opinion) -> Words | None:
    if not list(tell_signers(opinion)):
        return _("Nobody on its circulation list may sign. Put a signer on the list first.")
    return None


def units_are_done(opinion: Opinion) -> Words | None:
    if waiting := open_of(opinion).count():
        return _("%(n)s units have not answered yet, or their answer was not looked at.") % {
            "n": waiting
        }
    return None


def nothing_awaits_it_above(opinion: Opinion) -> Words | None:
    """Sent up and waiting there, it would come back to a closed case."""
    waiting = opinion.dispatches.filter(
        to_organisation__isnull=False, state__in=DispatchState.of("waiting")
    ).first()
    if waiting and waiting.state in DispatchState.of("back"):
        return _("%(who)s wants it completed. Complete it and send it again, or take it back.") % {
            "who": waiting.recipient
        }
    if waiting:
        return _("%(who)s has not taken it up yet. Wait, or take it back.") % {
            "who": waiting.recipient
        }
    return None


def is_sent_there_first(dispatch: Dispatch) -> Words | None:
    """A committee gets a report once; what was taken back may go again."""
    there = Dispatch.objects.filter(
        opinion=dispatch.opinion_id, to_organisation=dispatch.to_organisation_id
    )
    earlier = there.exclude(state__in=DispatchState.of("retracted")).first()
    if earlier is None:
        return None
    assert earlier.sent_on is not None  # only what a list told of other places has no day
    return _(
        "It was sent up to %(who)s on %(day)s already and stands there as “%(state)s”. It "
        "cannot be sent twice."
    ) % {
        "who": dispatch.recipient,
        "day": day_words(earlier.sent_on),
        "state": earlier.flow.state_of(earlier).label,
    }
