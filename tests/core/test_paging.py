"""Which page of a list an address opens."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from yizheng.core.paging import page_of

ROWS = list("甲乙丙丁戊")


@pytest.mark.parametrize(
    ("asked", "number", "shown"),
    [
        ("", 1, "甲乙"),
        ("2", 2, "丙丁"),
        ("3", 3, "戊"),
        ("last", 3, "戊"),
        ("4", 3, "戊"),
        ("999999999", 3, "戊"),
        ("0", 1, "甲乙"),
        ("-1", 1, "甲乙"),
        ("²", 1, "甲乙"),
        ("two", 1, "甲乙"),
        ("9" * 5000, 1, "甲乙"),
    ],
)
def test_a_page_is_opened_whatever_was_asked(asked: str, number: int, shown: str) -> None:
    page = page_of(RequestFactory().get("/", {"page": asked}), ROWS, size=2)
    assert (page.number, "".join(page)) == (number, shown)


@pytest.mark.parametrize("asked", ["", "1", "7", "last"])
def test_an_empty_list_has_one_empty_page(asked: str) -> None:
    page = page_of(RequestFactory().get("/", {"page": asked}), [], size=2)
    assert (page.number, list(page), page.paginator.num_pages) == (1, [], 1)


def test_only_what_stands_on_the_page_is_made_into_rows() -> None:
    made: list[str] = []

    def drawn(some: list[str]) -> list[str]:
        made.extend(some)
        return [f"〔{each}〕" for each in some]

    page = page_of(RequestFactory().get("/?page=2"), ROWS, size=2, shown=drawn)
    assert (list(page), made, page.has_next()) == (["〔丙〕", "〔丁〕"], ["丙", "丁"], True)
