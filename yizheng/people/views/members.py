"""Pages of the roster: the list, one member, changes, the end of a membership."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yizheng.core import attempts, audit, clock
from yizheng.core.access import Actor, Words
from yizheng.core.case_display import ListColumn
from yizheng.core.doors import mark, require
from yizheng.core.form_pages import form_page, seen_in
from yizheng.core.paging import page_of
from yizheng.core.refusals import BadInput, NotNow
from yizheng.core.views import actor_of
from yizheng.documents.downloads import excel
from yizheng.organisations.models import Term

from .. import password_slips
from ..forms.members import ChangeMemberForm, MemberFilterForm, MembershipEndForm, NewMemberForm
from ..list_columns import chosen_keys, member_row, roster_fields, roster_sheet
from ..models import Membership
from ..queries import found_members, members_visible_to
from ..rules import keep_roster, manage_accounts, read_roster, reads_roster
from ..services import accounts, persons, roster, terms
from .slips import slip

Added = tuple[Membership, accounts.NewAccount | None]


def reader(request: HttpRequest) -> Actor:
    """Whoever may see the roster at all: the office, and members among themselves."""
    actor = actor_of(request)
    if not reads_roster(actor):
        require(actor, read_roster | keep_roster)
    return actor


def _with_private(actor: Actor) -> bool:
    return (read_roster | keep_roster).allows(actor, None)


def member_list(request: HttpRequest) -> HttpResponse:
    actor = reader(request)
    form = MemberFilterForm(request.GET or None)
    found = found_members(actor, form.cleaned_data if form.is_valid() else {})
    page = page_of(request, found)
    fields = roster_fields(_with_private(actor))
    keys = chosen_keys(request.GET.getlist("columns"), fields)
    shown = [each for each in fields if each.key in keys]
    context = {
        "form": form,
        "page": page,
        "params": request.GET,
        "fields": fields,
        "keys": keys,
        "rows": [member_row(member, shown) for member in page],
        "columns": [
            ListColumn("title", _("Name")),
            *(ListColumn(e.key, e.label, e.kind) for e in shown),
        ],
        "keeps": keep_roster.allows(actor, None),
        "exports": _with_private(actor),
    }
    return render(request, "people/members.html", context)


def export(request: HttpRequest) -> HttpResponse:
    """What the list shows, as Excel.

    Whole phone numbers are for those who keep the roster, when they ask for them.
    """
    actor = actor_of(request)
    require(actor, read_roster | keep_roster)
    with_phones = "phones" in request.GET
    if with_phones:
        require(actor, keep_roster)
    form = MemberFilterForm(request.GET or None)
    members = list(found_members(actor, form.cleaned_data if form.is_valid() else {}))
    content = roster_sheet(members, with_phones=with_phones)
    audit.record(
        "members.exported", by=actor, detail={"count": len(members), "phones": with_phones}
    )
    name = f"members-{clock.today():%Y%m%d}.xlsx"
    return excel(content, name)


def _find(request: HttpRequest, pk: int) -> Membership:
    """The member, if the actor may see the roster; another organisation's is not found."""
    member = members_visible_to(reader(request)).filter(pk=pk).first()
    if member is None:
        raise Http404
    return member


def _kept(request: HttpRequest, pk: int) -> Membership:
    require(actor_of(request), keep_roster)
    return _find(request, pk)


def member_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


@attempts.repeatable
@require_POST
@never_cache
def show_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with the whole number; that somebody looked is kept."""
    member = _kept(request, pk)
    return _page(request, member, phone=roster.reveal_phone(member, by=actor_of(request)))


def _page(request: HttpRequest, member: Membership, phone: str = "") -> HttpResponse:
    actor = actor_of(request)
    with_private = _with_private(actor)
    context = {
        "member": member,
        "phone": phone,
        "with_private": with_private,
        "keeps": keep_roster.allows(actor, None),
        "periods": member.periods.select_related("sector", "committee", "group"),
        "may_end": not terms.has_own_end(member),
        "keeps_accounts": manage_accounts.allows(actor, None),
        "account": member.person.accounts.first() if with_private else None,
        "others": member.person.memberships.exclude(pk=member.pk).select_related("term", "sector"),
        "history": list(audit.history(member).order_by("-id")[:20]) if with_private else [],
    }
    return render(request, "people/member.html", context)


def _crumbs(member: Membership | None = None) -> list[tuple[Words, str]]:
    trail: list[tuple[Words, str]] = [(_("Members"), reverse("people:members"))]
    return [*trail, (str(member), _url(member))] if member else trail


def _url(member: Membership) -> str:
    return reverse("people:member", args=[member.pk])


def add_member(request: HttpRequest) -> HttpResponse:
    """With an account on wish: its first password is shown once, on the page that follows."""
    actor = actor_of(request)
    require(actor, keep_roster)
    if not Term.objects.exists():
        messages.warning(request, _("Add the term first: members belong to one."))
        return redirect("organisations:terms")

    def add(values: dict[str, Any]) -> Added:
        member, opened = _add(actor, dict(values))
        if opened:
            password_slips.keep(request, [slip(opened, member.sector.name)])
        return member, opened

    return form_page(
        request,
        NewMemberForm(request.POST or None),
        add,
        check=roster.wrong_in_joining,
        title=_("Add a member"),
        verb=_("Add"),
        crumbs=_crumbs(),
        makes=lambda added: added[0],
        then=lambda added: reverse("people:slips") if added[1] else _url(added[0]),
        said=lambda added: _("%(name)s is on the roster.") % {"name": added[0]},
    )


@transaction.atomic
def _add(actor: Actor, values: dict[str, Any]) -> Added:
    term, since, with_account = (values.pop(key) for key in ("term", "since", "open_account"))
    member = roster.add_member(term, values, by=actor, since=since)
    if not with_account or member.person.accounts.exists():
        return member, None
    return member, accounts.open_for_member(member.person, by=actor, since=since)


@require_POST
def open_for_member(request: HttpRequest, pk: int) -> HttpResponse:
    member = _kept(request, pk)
    try:
        opened = accounts.open_for_member(member.person, by=actor_of(request))
    except (BadInput, NotNow) as refused:
        messages.error(request, str(refused))
        return redirect("people:member", pk)
    password_slips.keep(request, [slip(opened, member.sector.name)])
    return redirect("people:slips")


def edit_member(request: HttpRequest, pk: int) -> HttpResponse:
    member = _kept(request, pk)
    known = {name: getattr(member.person, name) for name in persons.FIELDS}
    form = ChangeMemberForm(
        request.POST or None,
        initial={**known, **{name: getattr(member, name) for name in roster.OF_MEMBERSHIP}},
    )
    return form_page(
        request,
        form,
        lambda values: _change(request, member, dict(values)),
        title=_("Edit %(name)s") % {"name": member},
        verb=_("Save"),
        crumbs=_crumbs(member),
        then=_url(member),
        said=lambda _done: _("What is known of %(name)s is saved.") % {"name": member},
        seen=lambda: mark(member, member.person),
    )


def _change(request: HttpRequest, member: Membership, values: dict[str, Any]) -> list[str]:
    on, decided_by = values.pop("on"), values.pop("decided_by")
    return roster.change_member(
        member, values, by=actor_of(request), on=on, decided_by=decided_by, seen=seen_in(request)
    )


def end_member(request: HttpRequest, pk: int) -> HttpResponse:
    member = _kept(request, pk)
    return form_page(
        request,
        MembershipEndForm(request.POST or None),
        lambda values: roster.end_membership(
            member, by=actor_of(request), seen=seen_in(request), **values
        ),
        title=_("End the membership of %(name)s") % {"name": member},
        verb=_("End the membership"),
        crumbs=_crumbs(member),
        then=_url(member),
        said=_("The membership of %(name)s has ended.") % {"name": member},
        seen=lambda: mark(member),
    )
