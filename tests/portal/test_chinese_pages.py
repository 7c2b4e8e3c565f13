"""In Chinese every page speaks Chinese: of each address, of each refusal at the sign-in, and in the
catalogues of the libraries. What stays in Latin letters stands in a list here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import allauth
import axes
import django
from babel.messages.extract import extract_from_dir
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.utils import translation

from tests.signing_in import SignedIn, browser_of, with_second_factor
from tests.test_urls import ROWS, _ask, places  # noqa: F401 (a fixture)
from tests.world import PASSWORD, World
from yizheng.cli.translations import KEYWORDS
from yizheng.core.doors import VersionedRow

WORD = re.compile(r"[A-Za-z]{3,}")
SPOKEN_ATTRIBUTES = ("placeholder", "title", "alt", "aria-label", "data-confirm", "data-said")
# Names of things that bear them in Chinese too, and the signs of the report's outline.
KEPT = frozenset(
    [
        "Word",
        "Excel",
        "PDF",
        "OFD",
        "JPG",
        "PNG",
        "CSV",
        "UTF",
        "GBK",
        "JSON",
        "WPS",
        "Cookie",
        "English",
        "https",
        "xlsx",
        "docx",
        "csv",
        "txt",
        "json",
        "number",
        "percent",
        "change",
        "share",
        "chart",
        "table",
        "kind",
        "collective",
    ]
)
# Names of what the tests have put there: accounts, the committee's code, codes of a regulation.
INVENTED = re.compile(r"yunxi[\w-]*|https?://\S+|testserver\S*|[\w.-]+\.(?:xlsx|docx|pdf|csv|json)")


class _Spoken(HTMLParser):
    """The texts of a page that somebody reads or hears."""

    SILENT = ("script", "style", "code", "kbd", "svg", "textarea")

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in self.SILENT or given.get("lang") == "en":
            self._silent.append(tag)
            return
        self.texts += [given[name] or "" for name in SPOKEN_ATTRIBUTES if name in given]
        if given.get("type") in ("submit", "button"):
            self.texts.append(given.get("value") or "" if tag == "input" else "")
        if "data-words" in given:
            self.texts += json.loads(given["data-words"] or "{}").values()

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def english_in(page: str) -> set[str]:
    spoken = _Spoken()
    spoken.feed(page)
    found: set[str] = set()
    for text in spoken.texts:
        plain = re.sub(r"\{\w+[^}]*\}", "", INVENTED.sub("", text))
        found |= {word for word in WORD.findall(plain) if word not in KEPT}
    return found


def test_a_word_left_in_english_is_found() -> None:
    page = '<p title="Choose File">中文 <b>This field is required.</b> Word</p><code>key</code>'
    assert english_in(page) == {"Choose", "File", "This", "field", "required"}


def test_no_address_speaks_english(world: World, places: dict[str, Any]) -> None:  # noqa: F811
    browsers = {who: browser_of(world, who) for who in {row.having[0] for row in ROWS}}
    left = {}
    for row in ROWS:
        status, _where, page = _ask(browsers[row.having[0]], row, places)
        if status != 302 and "<html" in page[:400] and (found := english_in(page)):
            left[row.name] = sorted(found)
    assert left == {}, "\n".join(f"{key}: {words}" for key, words in left.items())


def test_no_refusal_of_an_address_speaks_english(
    world: World,
    places: dict[str, Any],  # noqa: F811
) -> None:
    """Every form, sent empty by who may send it, and by who may not."""
    asked = {who for row in ROWS for pair in (row.having, row.without) if pair for who in pair[:1]}
    browsers = {who: browser_of(world, who) for who in asked}
    left = {}
    for row in ROWS:
        for who in (pair[0] for pair in (row.having, row.without) if pair):
            sent = Sent(browsers[who])
            _status, _where, page = _ask(sent, row, places)
            if "<html" in page[:400] and (found := english_in(page)):
                left[row.name, who] = sorted(found)
    assert left == {}, "\n".join(f"{key}: {words}" for key, words in left.items())


class Sent:
    """A browser that sends an empty form to whatever it opens."""

    def __init__(self, browser: Client) -> None:
        self.browser = browser

    def get(self, address: str, _data: Any = None) -> Any:
        return self.browser.post(address, {"seen": "1"})

    post = get


# Signing in ---------------------------------------------------------------------------------------

WEAK = ("", "short-1", "1234567890", "password123", "yunxi-clerk1", PASSWORD)


def _said(answer: Any) -> str:
    page = str(answer.content.decode())
    assert "<html" in page and answer.status_code in (200, 422, 429)
    assert english_in(page) == set()
    return page


def test_the_sign_in_and_what_it_refuses(client: Client, world: World) -> None:
    address = "/account/sign-in/"
    _said(client.get(address))
    assert "必填" in _said(client.post(address, {}))
    assert "不对" in _said(client.post(address, {"login": "yunxi-clerk", "password": "wrong"}))
    _said(client.post(address, {"login": "x" * 500, "password": "y" * 5000}))


def test_the_first_password_and_what_it_refuses(world: World) -> None:
    account = world.accounts["clerk"]
    account.must_change_password = True
    account.save()
    client = browser_of(world, "clerk")
    address = "/account/password/"
    _said(client.get(address))
    for weak in WEAK:
        typed = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
        assert "field-error" in _said(client.post(address, typed)), weak
    twice = {"oldpassword": "wrong", "password1": "Qingshi-1957-a", "password2": "Qingshi-1957-b"}
    assert "field-error" in _said(client.post(address, twice))


def test_the_second_factor_and_what_it_refuses(client: Client, world: World) -> None:
    account = world.accounts["administrator"]
    client.post("/account/sign-in/", {"login": account.username, "password": PASSWORD})
    address = "/account/second-factor/set-up/"
    _said(client.get(address))
    for wrong in ("", "000000", "x" * 100):
        assert "field-error" in _said(client.post(address, {"code": wrong}))
    with_second_factor(account)
    other = Client()
    other.post("/account/sign-in/", {"login": account.username, "password": PASSWORD})
    _said(other.get("/account/second-factor/code/"))
    for wrong in ("", "000000", "x" * 100):
        assert "field-error" in _said(other.post("/account/second-factor/code/", {"code": wrong}))


def test_being_asked_again(signed_in: SignedIn) -> None:
    browser = signed_in("clerk")
    for address in ("/account/again/", "/account/second-factor/recovery-codes/new/"):
        for answer in (browser.get(address), browser.post(address, {"password": "wrong"})):
            assert answer.status_code == 302 or _said(answer)


# The libraries ------------------------------------------------------------------------------------

LIBRARIES = Path(django.__file__).parent.parent
SPEAKING: tuple[str, ...] = (
    "django/forms",
    "django/core",
    "django/contrib/auth",
    "django/contrib/sessions",
)
SPEAKING += ("django/db/models", "django/views", "allauth/account", "allauth/mfa", "axes")
SPEAKING += ("allauth/usersessions", "allauth/core", "allauth/utils.py")
# What only the libraries' own administration pages show, and proper names.
NEVER_SHOWN = re.compile(r"(^|/)(tests|management|admin\.py|models\.py)")
NAMES = frozenset({"IPv4", "IPv6", "URL", "WebAuthn"})
DEVELOPERS = frozenset({"%(model)s instance with %(field)s %(value)r is not a valid choice."})


def _texts_of_libraries() -> Iterator[tuple[str, str, Any, str]]:
    for package in SPEAKING:
        for file, line, message, _comments, context in extract_from_dir(
            LIBRARIES / package, [("**.py", "python")], {}, KEYWORDS
        ):
            if not NEVER_SHOWN.search(file):
                yield f"{package}/{file}:{line}", context or "", message, ""


def test_what_goes_through_a_door_has_a_name() -> None:
    """The audit chain calls it by that; else it would be an “object” with a number."""
    nameless = [
        model.__name__
        for model in apps.get_models()
        if issubclass(model, VersionedRow) and model.__str__ is Model.__str__
    ]
    assert nameless == []


def test_every_text_of_a_library_has_its_chinese() -> None:
    assert allauth.__file__ and axes.__file__
    left, looked = {}, 0
    with translation.override("zh-hans"):
        for place, context, message, _none in _texts_of_libraries():
            one, many = message if isinstance(message, tuple) else (message, "")
            looked += 1
            if many:
                said = translation.ngettext(one, many, 2)
            else:
                said = translation.pgettext(context, one) if context else translation.gettext(one)
            if WORD.search(str(one)) and said in (one, many) and one not in NAMES | DEVELOPERS:
                left[place] = one
    assert looked > 300 and left == {}
