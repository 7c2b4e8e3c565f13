"""The pages that are measured, and who asks for them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bench.multiply import Shift
from demo_county.cast import sign_ins
from yizheng.core import clock, tenancy
from yizheng.core.figures import INDICATORS, Period
from yizheng.indicators import queries
from yizheng.organisations.models import Organisation
from yizheng.people.models import Account
from yizheng.proposals.enums import ProposalState
from yizheng.proposals.flow import ASSIGNMENT
from yizheng.proposals.models import Assignment, Proposal

WORDS = ("养老", "道路", "学校", "医院", "农村", "停车", "企业", "垃圾", "旅游", "水库")
BROWSER = {"accept-encoding": "gzip, deflate", "accept": "text/html"}


@dataclass
class Visitors:
    """The people of one county who ask for pages, each with a browser of their own, signed in."""

    organisation: Organisation
    accounts: dict[str, Account]

    def browser(self, role: str) -> Client:
        return self._browsers[role]

    @cached_property
    def _browsers(self) -> dict[str, Client]:
        found = {"public": Client(headers=BROWSER)}
        for role, account in self.accounts.items():
            found[role] = Client(headers=BROWSER)
            found[role].force_login(account, backend=settings.AUTHENTICATION_BACKENDS[1])
        return found

    def get(self, role: str, name: str, *args: object, **query: str | int) -> HttpResponse:
        return self.browser(role).get(reverse(name, args=args), query)

    @cached_property
    def proposals(self) -> list[int]:
        with tenancy.scope(self.organisation):
            return list(
                Proposal.objects.exclude(state__in=ProposalState.of("private")).values_list(
                    "pk", flat=True
                )[:400]
            )

    @cached_property
    def in_hand(self) -> list[int]:
        """Assignments that the unit officer has in hand."""
        with tenancy.scope(self.organisation):
            unit = self.accounts["officer"].grants.exclude(place_kind="").get().place_id
            return list(
                Assignment.objects.filter(
                    unit=unit, state__in=ASSIGNMENT.edits["write_reply"].sources
                ).values_list("pk", flat=True)[:50]
            )

    @cached_property
    def category(self) -> str:
        with tenancy.scope(self.organisation):
            counted = (
                Proposal.objects.order_by()
                .exclude(category="")
                .values("category")
                .annotate(n=Count("pk"))
            )
            return str(counted.order_by("-n")[0]["category"])

    @cached_property
    def year(self) -> int:
        with tenancy.scope(self.organisation):
            return int(
                Proposal.objects.filter(state__in=ProposalState.of("finished"))
                .order_by("-year")
                .values_list("year", flat=True)[0]
            )


def visitors_of(shift: Shift, copy: int) -> Visitors:
    """Those of the n-th copy of the county; 0 is the county itself."""
    names = {role: _name(role) for role in ("member", "clerk", "officer")}
    names = {role: f"{name}-{copy}" if copy else name for role, name in names.items()}
    accounts = {
        role: Account.objects.select_related("organisation").get(username=name)
        for role, name in names.items()
    }
    return Visitors(accounts["clerk"].organisation, accounts)


def _name(role: str) -> str:
    return next(username for _role, username, _password, _what in sign_ins() if role in username)


# The pages ----------------------------------------------------------------------------------------

Page = Callable[[Visitors, int], Any]


def _nth(of: list[int], n: int) -> int:
    return of[(n * 7) % len(of)]


def contact(visitors: Visitors, n: int) -> HttpResponse:
    """A whole step with its form, lock, audit entry, index and commit."""
    url = reverse("core:step", args=["assignment", _nth(visitors.in_hand, n), "contact"])
    data = {
        "way": "phone",
        "on": clock.today().isoformat(),
        "with_whom": "委员",
        "note": f"第 {n} 次电话沟通",
    }
    return visitors.browser("officer").post(url, data)


def figures_of_a_year(visitors: Visitors, _n: int) -> HttpResponse:
    """Every figure there is, whole and in all its parts."""
    with tenancy.scope(visitors.organisation):
        period = Period.of_year(visitors.year)
        queries.of_period(INDICATORS, period)
        for code, indicator in INDICATORS.items():
            for breakdown in indicator.breakdowns:
                queries.parts(code, period, breakdown.code)
    return HttpResponse()


PAGES: dict[str, Page] = {
    "list": lambda v, n: v.get("clerk", "proposals:list"),
    "list, one category": lambda v, n: v.get(
        "clerk", "proposals:list", session="all", category=v.category
    ),
    "list, all sessions, page 3": lambda v, n: v.get(
        "clerk", "proposals:list", session="all", page=3
    ),
    "list of a member": lambda v, n: v.get("member", "proposals:list", session="all"),
    "list of a unit": lambda v, n: v.get("officer", "proposals:list", session="all"),
    "detail": lambda v, n: v.get("clerk", "proposals:detail", _nth(v.proposals, n)),
    "home of the office": lambda v, n: v.get("clerk", "home"),
    "home of a unit": lambda v, n: v.get("officer", "home"),
    "home of a member": lambda v, n: v.get("member", "home"),
    "search": lambda v, n: v.get("clerk", "search:find", q=WORDS[n % len(WORDS)]),
    "one step": contact,
    "dashboard of the year": lambda v, n: v.get("clerk", "indicators:dashboard"),
    "all figures of the year": figures_of_a_year,
    "public page": lambda v, n: v.get("public", "public", v.organisation.code),
}
OF_ONE_OFFICE = (
    "list",
    "list, one category",
    "list, all sessions, page 3",
    "list of a member",
    "list of a unit",
    "detail",
    "home of a unit",
    "home of a member",
    "public page",
)
"""Asked when all proposals are in one office: no office writes 30,000 a year, so its figures are
not.
"""


def first_visit(visitors: Visitors) -> dict[str, float]:
    """Kilobytes a browser loads that has nothing yet: the list, with every style sheet and script
    it names.
    """
    page = visitors.get("clerk", "proposals:list")
    text = gzip.decompress(page.content).decode()
    found = {"page": len(page.content) / 1000}
    for address in re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"]+)"', text):
        file = Path(settings.STATIC_ROOT) / address
        packed = file.with_name(file.name + ".gz")
        found[re.sub(r"\.[0-9a-f]{12}\.", ".", file.name)] = (
            packed if packed.exists() else file
        ).stat().st_size / 1000
    return {name: round(size, 1) for name, size in found.items()}
