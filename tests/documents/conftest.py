"""The app's Chinese catalogue, compiled as a release does, so that tests read what people read."""

import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import trans_real

import yizheng.documents

MESSAGES = Path(yizheng.documents.__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES"


@pytest.fixture(scope="session", autouse=True)
def _compiled() -> None:
    with (
        (MESSAGES / "django.po").open("rb") as source,
        (MESSAGES / "django.mo").open("wb") as target,
    ):
        write_mo(target, read_po(source))
    trans_real._translations.clear()
    gettext._translations.clear()


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield
