"""Every sentence of the app has its Chinese."""

from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import yizheng.documents

APP = Path(yizheng.documents.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}


def test_the_catalogue_is_complete() -> None:
    with (APP / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")
    used = {
        message for _file, _line, message, *_rest in extract_from_dir(str(APP), keywords=KEYWORDS)
    }
    missing = [
        message
        for message in used
        if not (found := catalogue.get(_first(message))) or not found.string
    ]
    assert not missing
    assert not [error for message in catalogue for error in message.check(catalogue)]


def _first(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]
