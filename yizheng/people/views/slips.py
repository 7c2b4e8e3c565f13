"""First passwords on paper: one page, to be printed or saved at once."""

from __future__ import annotations

import base64

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from yizheng.core.views import actor_of
from yizheng.documents.download import EXCEL
from yizheng.documents.sheets import Column, Sheet, workbook

from .. import once
from ..services import Opened


def slip(opened: Opened, place: str = "") -> once.Slip:
    account = opened.account
    return once.Slip(account.person.name, account.username, account.phone, opened.password, place)


@never_cache
def slip_page(request: HttpRequest) -> HttpResponse:
    actor_of(request)
    found = once.take(request)
    sheet = (
        f"data:{EXCEL};base64,{base64.b64encode(_sheet(found)).decode()}" if len(found) > 1 else ""
    )
    return render(request, "people/slips.html", {"slips": found, "sheet": sheet})


def _sheet(slips: list[once.Slip]) -> bytes:
    """The file goes into the page itself, so that the passwords are stored nowhere."""
    columns = [
        Column(_("Name")),
        Column(_("Where it holds"), 12),
        Column(_("Sign-in name"), 10),
        Column(_("Phone"), 10),
        Column(_("First password"), 14),
    ]
    rows = [(each.name, each.place, each.username, each.phone, each.password) for each in slips]
    return workbook([Sheet(_("First passwords"), columns, rows)])
