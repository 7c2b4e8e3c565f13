"""Pages of the administration of accounts: who has one, what it may do, a new password, the end of
its sessions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yizheng.core import audit, clock
from yizheng.core.access import Actor, Words
from yizheng.core.doors import mark, require
from yizheng.core.form_pages import form_page, pressed, seen_in
from yizheng.core.paging import page_of
from yizheng.core.refusals import StaleState
from yizheng.core.request_values import whole_number
from yizheng.core.views import actor_of
from yizheng.documents.downloads import excel
from yizheng.organisations import places
from yizheng.organisations.models import RoleGrant

from .. import password_slips
from ..forms.accounts import AccountFilterForm, EndRoleForm, OpenForm, RoleGrantForm
from ..list_columns import account_row, account_sheet
from ..models import Account, Person
from ..queries import accounts_visible_to, found_accounts, permission_words
from ..rules import manage_accounts
from ..services import accounts, persons
from .slips import slip


def _found(request: HttpRequest) -> tuple[AccountFilterForm, QuerySet[Account]]:
    actor = actor_of(request)
    require(actor, manage_accounts)
    form = AccountFilterForm(request.GET or None)
    grants = Prefetch("grants", RoleGrant.objects.select_related("role"))
    wanted = form.cleaned_data if form.is_valid() else {}
    return form, found_accounts(actor, wanted).prefetch_related(grants)


def account_list(request: HttpRequest) -> HttpResponse:
    form, found = _found(request)
    page = page_of(request, found)
    places.load(grant for account in page for grant in account.grants.all())
    context = {
        "form": form,
        "page": page,
        "rows": [account_row(account) for account in page],
        "params": request.GET,
    }
    return render(request, "people/accounts.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, in Excel."""
    found = list(_found(request)[1])
    places.load(grant for account in found for grant in account.grants.all())
    audit.record("accounts.exported", by=actor_of(request), detail={"count": len(found)})
    return excel(account_sheet(found), f"accounts-{clock.today():%Y%m%d}.xlsx")


def _find(request: HttpRequest, pk: int) -> Account:
    """The account to be kept; of another organisation it is not found."""
    actor = actor_of(request)
    require(actor, manage_accounts)
    return get_object_or_404(accounts_visible_to(actor), pk=pk)


def account_page(request: HttpRequest, pk: int) -> HttpResponse:
    account = _find(request, pk)
    grants = places.load(account.grants.select_related("role").order_by("until", "-since"))
    context = {
        "account": account,
        "grants": [(grant, permission_words(grant.role)) for grant in grants],
        "second_factor": Authenticator.objects.filter(
            user=account, type=Authenticator.Type.TOTP
        ).exists(),
        "sessions": UserSession.objects.filter(user=account).count(),
        "history": list(audit.history(account).order_by("-id")[:20]),
        "own": account.pk == actor_of(request).account_id,
    }
    return render(request, "people/account.html", context)


def _crumbs(account: Account | None = None) -> list[tuple[Words, str]]:
    trail: list[tuple[Words, str]] = [(_("Accounts"), reverse("people:accounts"))]
    return [*trail, (account.person.name, _url(account))] if account else trail


def _url(account: Account) -> str:
    return reverse("people:account", args=[account.pk])


def open_account(request: HttpRequest) -> HttpResponse:
    """`?person=` opens one for somebody who is known, `?unit=` and its like preset the place."""
    actor = actor_of(request)
    require(actor, manage_accounts)
    known = Person.objects.filter(pk=_number(request, "person")).first()
    initial = {
        **{code: _number(request, code) or None for code in places.KINDS},
        "name": request.GET.get("name", ""),
        "phone": request.GET.get("phone", ""),
    }

    def act(values: dict[str, Any]) -> accounts.NewAccount:
        opened = _open(actor, known, dict(values))
        password_slips.keep(request, [slip(opened)])
        return opened

    return form_page(
        request,
        OpenForm(request.POST or None, known=known is not None, initial=initial),
        act,
        check=accounts.wrong_in_opening,
        title=_("Open an account for %(name)s") % {"name": known}
        if known
        else _("Open an account"),
        verb=_("Open the account"),
        crumbs=_crumbs(),
        then=reverse("people:slips"),
        said=lambda opened: _("%(name)s has an account.") % {"name": opened.account},
        makes=lambda opened: opened.account,
        intro=_(
            "The first password is shown once on the next page; the person changes it at "
            "the first sign-in."
        ),
    )


@transaction.atomic
def _open(actor: Actor, known: Person | None, values: dict[str, Any]) -> accounts.NewAccount:
    said = {key: values.pop(key, "") for key in ("name", "phone", "employer")}
    require(actor, manage_accounts)
    return accounts.open_account(known or persons.remember(said, by=actor), by=actor, **values)


def _number(request: HttpRequest, key: str) -> int:
    text = request.GET.get(key, "")
    return whole_number(text) or 0


def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    account = _find(request, pk)
    return form_page(
        request,
        RoleGrantForm(request.POST or None),
        lambda values: accounts.give_role(account, by=actor_of(request), **values),
        check=accounts.wrong_in_granting,
        makes=True,
        title=_("Give a role"),
        verb=_("Give the role"),
        crumbs=_crumbs(account),
        then=_url(account),
        said=lambda grant: (
            _("%(name)s is now: %(role)s.") % {"name": account, "role": grant.role.name}
        ),
    )


def end_role(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    account = _find(request, pk)
    row = get_object_or_404(RoleGrant.objects.select_related("role"), pk=grant, account=account)
    ends = {"on": row.until + dt.timedelta(days=1)} if row.until else {}
    return form_page(
        request,
        EndRoleForm(request.POST or None, initial=ends),
        lambda values: accounts.end_role(
            row, by=actor_of(request), on=values["on"], seen=seen_in(request)
        ),
        title=_("End the role “%(role)s”") % {"role": row.role.name},
        verb=_("End the role"),
        crumbs=_crumbs(account),
        then=_url(account),
        said=_("The role of %(name)s ends.") % {"name": account},
        seen=lambda: mark(row),
    )


@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    account = _find(request, pk)
    if account.pk == actor_of(request).account_id:
        messages.error(request, _("Your own password is changed under My account."))
        return redirect("people:account", pk)
    try:
        password = accounts.reset_password(account, by=actor_of(request), seen=seen_in(request))
    except StaleState as refused:
        messages.error(request, str(refused))
        return redirect("people:account", pk)
    password_slips.keep(request, [slip(accounts.NewAccount(account, password))])
    return redirect("people:slips")


@require_POST
def account_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The steps that need no form."""
    account, steps = _find(request, pk), _steps()
    if step not in steps:
        raise Http404
    act, said = steps[step]
    return pressed(
        request,
        lambda: act(account, by=actor_of(request), seen=seen_in(request)),
        said=said % {"name": account},
        then=_url(account),
    )


def _steps() -> dict[str, tuple[Callable[..., object], str]]:
    def switch(active: bool) -> Callable[..., object]:
        return lambda account, **how: accounts.set_active(account, active, **how)

    return {
        "deactivate": (switch(False), _("The account of %(name)s is switched off.")),
        "activate": (switch(True), _("The account of %(name)s is active again.")),
        "end-sessions": (accounts.end_sessions, _("%(name)s is signed out everywhere.")),
        "reset-second-factor": (
            accounts.remove_second_factor,
            _("%(name)s sets the second factor up anew."),
        ),
    }
