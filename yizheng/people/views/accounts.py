"""Administration of accounts: who has one, what it may do, a new password, the end of its sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yizheng.core import attempts, audit
from yizheng.core.refusals import BadInput, NotNow
from yizheng.core.views import actor_of
from yizheng.organisations.models import RoleGrant, Unit

from .. import once, services
from ..forms.accounts import AccountFilter, EndRoleForm, OpenForm, RoleForm
from ..models import Account, Person
from ..queries import accounts_visible_to, found_accounts, permission_words
from ..roster import same_person
from ..rules import manage_accounts, require
from ..tables import account_row
from .slips import slip

PAGE = 50


def account_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    require(actor, manage_accounts)
    form = AccountFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    grants = Prefetch("grants", RoleGrant.objects.select_related("role", "unit", "committee", "venue"))
    found = found_accounts(actor, wanted).prefetch_related(grants)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "rows": [account_row(account) for account in page], "params": request.GET,
    }  # fmt: skip
    return render(request, "people/accounts.html", context)


def _find(request: HttpRequest, pk: int) -> Account:
    """The account to be kept; of another organisation it is not found."""
    actor = actor_of(request)
    require(actor, manage_accounts)
    return get_object_or_404(accounts_visible_to(actor), pk=pk)


def account_page(request: HttpRequest, pk: int) -> HttpResponse:
    account = _find(request, pk)
    grants = account.grants.select_related("role", "unit", "committee", "venue").order_by("until", "-since")
    context = {
        "account": account,
        "grants": [(grant, permission_words(grant.role)) for grant in grants],
        "second_factor": Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists(),
        "sessions": UserSession.objects.filter(user=account).count(),
        "history": list(audit.history(account).order_by("-id")[:20]),
        "own": account.pk == actor_of(request).account_id,
    }
    return render(request, "people/account.html", context)


def open_account(request: HttpRequest) -> HttpResponse:
    """`?person=` opens one for somebody who is known, `?unit=` presets the unit."""
    actor = actor_of(request)
    require(actor, manage_accounts)
    known = Person.objects.filter(pk=_number(request, "person")).first()
    unit = Unit.objects.filter(pk=_number(request, "unit")).first()
    initial = {"unit": unit, "name": request.GET.get("name", ""), "phone": request.GET.get("phone", "")}
    form = OpenForm(request.POST or None, known=known is not None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            opened = attempts.once(request, lambda: _open(request, known, dict(form.cleaned_data)), lambda opened: opened.account)
        except (BadInput, NotNow) as refused:
            form.add_error(None, str(refused))
        else:
            once.keep(request, [slip(opened)])
            return redirect("people:slips")
    return render(request, "people/open_account.html", {"form": form, "person": known}, status=_status(form))


@transaction.atomic
def _open(request: HttpRequest, known: Person | None, values: dict[str, Any]) -> services.Opened:
    person = known
    if person is None:
        name, phone, employer = (values.pop(key) for key in ("name", "phone", "employer"))
        person = same_person(name, phone) or Person(name=name, phone=phone, employer=employer)
        person.phone = person.phone or phone
        person.save()
    return services.open_account(person, by=actor_of(request), **values)


def _number(request: HttpRequest, key: str) -> int:
    text = request.GET.get(key, "")
    return int(text) if text.isdigit() else 0


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    account = _find(request, pk)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            grant = attempts.one(request, lambda: services.give_role(account, by=actor_of(request), **form.cleaned_data))
        except (BadInput, NotNow) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s is now: %(role)s.") % {"name": account, "role": grant.role.name})
            return redirect("people:account", pk)
    context = {"form": form, "account": account, "title": _("Give a role"), "verb": _("Give the role")}
    return render(request, "people/account_form.html", context, status=_status(form))


def end_role(request: HttpRequest, pk: int, grant: int) -> HttpResponse:
    account = _find(request, pk)
    row = get_object_or_404(RoleGrant.objects.select_related("role", "unit", "committee", "venue"), pk=grant, account=account)
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_role(row, by=actor_of(request), on=form.cleaned_data["on"])
        except (BadInput, NotNow) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The role of %(name)s ends.") % {"name": account})
            return redirect("people:account", pk)
    title = _("End the role “%(role)s”") % {"role": row.role.name}
    context = {"form": form, "account": account, "title": title, "verb": _("End the role")}
    return render(request, "people/account_form.html", context, status=_status(form))


@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    account = _find(request, pk)
    if account.pk == actor_of(request).account_id:
        messages.error(request, _("Your own password is changed under My account."))
        return redirect("people:account", pk)
    password = services.reset_password(account, by=actor_of(request))
    once.keep(request, [slip(services.Opened(account, password))])
    return redirect("people:slips")


@require_POST
def account_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """The steps that need no form."""
    account, steps = _find(request, pk), _steps()
    if step not in steps:
        raise Http404
    act, said = steps[step]
    try:
        act(account, by=actor_of(request))
    except NotNow as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said % {"name": account})
    return redirect("people:account", pk)


def _steps() -> dict[str, tuple[Callable[..., object], str]]:
    return {
        "deactivate": (
            lambda account, by: services.set_active(account, False, by=by), _("The account of %(name)s is switched off.")
        ),
        "activate": (
            lambda account, by: services.set_active(account, True, by=by), _("The account of %(name)s is active again.")
        ),
        "end-sessions": (services.end_sessions, _("%(name)s is signed out everywhere.")),
        "reset-second-factor": (services.remove_second_factor, _("%(name)s sets the second factor up anew.")),
    }  # fmt: skip
