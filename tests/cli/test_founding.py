"""Founding an organisation: from nothing to the one account that opens all others."""

from __future__ import annotations

import re

from .conftest import Installation

NAMES = (
    "--name",
    "政协青川县委员会",
    "--short-name",
    "青川县政协",
    "--region",
    "青川县",
    "--administrator",
    "管理员甲",
)
SIGNS_IN = """
from yizheng.people.models import Account
account = Account.objects.get(username="管理员甲")
print(account.check_password(PASSWORD), account.must_change_password, account.organisation.code)
"""


def test_an_empty_house_is_founded_and_its_administrator_signs_in(empty: Installation) -> None:
    empty.does("manage", "migrate", "--verbosity=0")
    said = empty.does("found", "qingchuan", *NAMES)
    password = re.search(r"Administrator: 管理员甲   first password: (\S+)", said)
    assert password, said
    shown = empty.does(
        "manage", "shell", "--no-imports", "-c", SIGNS_IN.replace("PASSWORD", repr(password[1]))
    )
    assert shown.split() == ["True", "True", "qingchuan"]
    assert "account.opened" in empty.does("audit", "list")


def test_a_code_that_is_taken_or_no_code_is_refused(county: Installation) -> None:
    assert county.refuses("found", "yunxi", *NAMES) == "There is an organisation “yunxi” already."
    assert county.refuses("found", "云溪", *NAMES).startswith(
        "The code “云溪” must be small letters"
    )
    assert county.refuses("found", "qingchuan", *NAMES, "--above", "nowhere") == (
        "There is no organisation “nowhere”; there are: yunxi."
    )
    assert "qingchuan" not in county.does("audit", "verify")
