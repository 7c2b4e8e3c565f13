"""What the steps of the opinion flows tell: to whom, and with which values and address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.urls import reverse

from yizheng.core import outbox
from yizheng.core.flow import Act, Tell
from yizheng.core.punctuation import shortened
from yizheng.people.queries import accounts_holding, accounts_of

from .. import rules
from ..models import Cowriter, Opinion


def pieces(opinion: Opinion) -> list[Opinion]:
    """The opinion and those that are part of it as a combined piece."""
    return [opinion, *opinion.merged.all()]


def tell_writers(opinion: Opinion) -> Iterable[int]:
    written = Cowriter.objects.filter(opinion=opinion, membership__isnull=False).values_list(
        "membership_id", flat=True
    )
    members = [pk for pk in (opinion.reporter_id, *written) if pk]
    entered = [opinion.entered_by_id] if opinion.entered_by_id else []
    return [*accounts_of(members), *entered]


def tell_editors(opinion: Opinion) -> Iterable[int]:
    return rules.admitted_accounts(opinion, accounts_holding(rules.EDIT))


def tell_signers(opinion: Opinion) -> Iterable[int]:
    return rules.admitted_accounts(opinion, accounts_holding(rules.SIGN))


def values_of(opinion: Opinion) -> Mapping[str, str]:
    """To its writers an opinion goes by the title they gave it, until it is signed
    under another.
    """
    title = opinion.heading if opinion.signed_at else opinion.title
    return {
        "title": title,
        "number": opinion.number,
        "note": shortened(opinion.decision_note, 120),
        "who": opinion.reporter_name,
    }


def opinion_url(opinion: Opinion) -> str:
    return reverse("opinions:detail", args=[opinion.pk])


def echo(step: str, told: Tell) -> Callable[[Act[Opinion]], None]:
    """The writers of what is part of a combined piece are told too, each of their own."""

    def tell(act: Act[Opinion]) -> None:
        for part in act.obj.merged.all():
            accounts = [account for account in tell_writers(part) if account != act.by.account_id]
            outbox.post(
                f"opinion.{step}",
                told.words,
                values_of(part),
                accounts,
                opinion_url(part),
                may_mute=told.may_mute,
            )

    return tell
