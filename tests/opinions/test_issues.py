"""Putting issues together, and their list."""

from __future__ import annotations

import io
import uuid
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.opinions.roads import at, composing
from tests.signing_in import browser_of
from tests.world import World
from yizheng.core import clock
from yizheng.core.refusals import NotNow
from yizheng.core.unfinished import UnfinishedWork
from yizheng.opinions import services
from yizheng.opinions.models import Issue, Opinion


def _typed(*opinions: Opinion, **values: Any) -> dict[str, Any]:
    return {"journal": "社情民意", "opinions": [each.pk for each in opinions], **values}


def test_a_receipt_number_that_is_none_of_the_chosen_is_refused_at_its_field(world: World) -> None:
    first, second, other = (at(world, "signed", title=f"第{n}件") for n in (1, 2, 3))
    typed = _typed(first, second, order=f"{second.number}、{other.number}")
    answer = browser_of(world, "editor").post(reverse("opinions:issue-new"), typed)
    assert answer.status_code == 422
    assert (
        f'id="id_order_error">上面选中的信息里没有收文号 {other.number}。<'
        in answer.content.decode()
    )
    assert not Issue.objects.exists()
    typed["order"] = f" {second.number}，{first.number} "
    browser_of(world, "editor").post(reverse("opinions:issue-new"), typed)
    assert [item.opinion for item in Issue.objects.get().items.all()] == [second, first]


def test_every_piece_that_cannot_stand_in_it_is_named_at_the_field(world: World) -> None:
    taken, unsigned = at(world, "signed", title="甲"), at(world, "signing", title="乙")
    composing(world, taken)
    with pytest.raises(NotNow) as refused:
        services.compose(by=world.actor("editor"), opinions=[taken, unsigned], journal="社情民意")
    assert [(field, str(words)) for field, words in refused.value.by_field] == [
        ("opinions", "“甲” stands in another issue already."),
        ("opinions", "“乙” is not signed."),
    ]


def test_one_begun_and_left_is_kept_until_it_is_put_together(world: World) -> None:
    opinion = at(world, "signed")
    page, client = reverse("opinions:issue-new"), browser_of(world, "editor")
    shown = client.get(page).content.decode()
    assert "data-begins=" in shown
    assert "data-autosave-status" in shown
    data = {**_typed(opinion, remark="按"), "attempt": str(uuid.uuid4())}
    client.post(
        reverse("core:unfinished-keep"),
        {**data, "unfinished-page": page, "unfinished-heading": "编一期"},
    )
    assert UnfinishedWork.objects.get().page == page
    client.post(page, data)
    assert (Issue.objects.count(), UnfinishedWork.objects.count()) == (1, 0)
    made = Issue.objects.get()
    assert (
        "data-begins="
        not in client.get(reverse("opinions:issue-edit", args=[made.pk])).content.decode()
    )


def test_the_list_is_filtered_by_journal_and_year_and_so_is_its_file(world: World) -> None:
    this_year = clock.today().year
    for journal, year in (
        ("社情民意", this_year),
        ("社情民意", this_year - 1),
        ("信息专报", this_year),
    ):
        made = services.compose(
            by=world.actor("editor"), opinions=[at(world, "signed")], journal=journal
        )
        Issue.objects.filter(pk=made.pk).update(year=year)
    client = browser_of(world, "editor")

    def rows(query: str) -> tuple[int, int]:
        """On the page and in the file, without its heading."""
        page = client.get(reverse("opinions:issues") + query).content.decode()
        file = client.get(reverse("opinions:issues-export") + query)
        sheet = load_workbook(io.BytesIO(file.content)).active
        return int(page.split('data-count="')[1].split('"')[0]), len(list(sheet.values)) - 1

    found = {
        "": 3,
        "?journal=社情民意": 2,
        f"?year={this_year}": 2,
        f"?journal=社情民意&year={this_year}": 1,
        "?year=1900": 3,
    }
    assert {query: rows(query) for query in found} == {
        query: (count, count) for query, count in found.items()
    }
