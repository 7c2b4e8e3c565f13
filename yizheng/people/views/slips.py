"""The page of first passwords on paper, to be printed or saved at once."""

from __future__ import annotations

import base64

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from yizheng.core.views import actor_of
from yizheng.documents.downloads import EXCEL
from yizheng.documents.workbooks import Sheet, SheetColumn, workbook

from .. import password_slips
from ..services.accounts import NewAccount


def slip(opened: NewAccount, place: str = "") -> password_slips.PasswordSlip:
    account = opened.account
    return password_slips.PasswordSlip(
        account.person.name, account.username, account.phone, opened.password, place
    )


@never_cache
def slip_page(request: HttpRequest) -> HttpResponse:
    actor_of(request)
    found = password_slips.take(request)
    sheet = (
        f"data:{EXCEL};base64,{base64.b64encode(_sheet(found)).decode()}" if len(found) > 1 else ""
    )
    return render(request, "people/slips.html", {"slips": found, "sheet": sheet})


def _sheet(slips: list[password_slips.PasswordSlip]) -> bytes:
    """The file goes into the page itself, so that the passwords are stored nowhere."""
    columns = [
        SheetColumn(_("Name")),
        SheetColumn(_("Where it holds"), 12),
        SheetColumn(_("Sign-in name"), 10),
        SheetColumn(_("Phone"), 10),
        SheetColumn(_("First password"), 14),
    ]
    rows = [(each.name, each.place, each.username, each.phone, each.password) for each in slips]
    return workbook([Sheet(_("First passwords"), columns, rows)])
