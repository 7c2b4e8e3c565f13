"""The check that every text people see has one Chinese translation."""

from __future__ import annotations

from pathlib import Path

import pytest

from yizheng.cli import translations

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Two small apps with source, a template, and catalogues that are complete."""
    office = tmp_path / "office"
    (office / "letters" / "templates" / "letters").mkdir(parents=True)
    (office / "letters" / "views.py").write_text(
        'a = _("Send")\nb = ngettext("%(n)s letter", "%(n)s letters", n)\nc = pgettext("post", "Stamp")\n'
    )
    (office / "parcels").mkdir()
    (office / "parcels" / "views.py").write_text('a = _("Weigh")\n')
    (office / "letters" / "templates" / "letters" / "one.html").write_text(
        '<h1>{{ _("A letter") }}</h1>'
    )
    put(
        office,
        "letters",
        [("Send", "发送"), ("A letter", "一封信")],
        plural="%(n)s 封信",
        stamp="盖章",
    )
    put(office, "parcels", [("Weigh", "称重")])
    assert translations.problems(office) == []
    return office


def put(
    root: Path,
    app: str,
    pairs: list[tuple[str, str]],
    plural: str = "",
    stamp: str = "",
    flag: str = "",
) -> None:
    folder = root / app / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    text = HEADER + "".join(
        f'{flag}msgid "{msgid}"\nmsgstr "{msgstr}"\n\n' for msgid, msgstr in pairs
    )
    if plural:
        text += f'msgid "%(n)s letter"\nmsgid_plural "%(n)s letters"\nmsgstr[0] "{plural}"\n\n'
    if stamp:
        text += f'msgctxt "post"\nmsgid "Stamp"\nmsgstr "{stamp}"\n'
    (folder / "django.po").write_text(text, encoding="utf-8")


def said_and_translated(package: Path, text: str, chinese: str) -> None:
    with (package / "parcels" / "views.py").open("a") as source:
        source.write(f'b = _("{text}")\n')
    put(package, "parcels", [("Weigh", "称重"), (text, chinese)])


def test_a_text_in_python_without_translation_is_named_with_its_place(package: Path) -> None:
    with (package / "letters" / "views.py").open("a") as source:
        source.write('d = gettext_lazy("Return to sender")\n')
    assert translations.problems(package) == [
        "office/letters/views.py:4: “Return to sender” has no Chinese translation"
    ]


def test_every_place_of_a_text_without_translation_is_named(package: Path) -> None:
    for app, text in (("letters", 'd = _("By boat")\n'), ("parcels", 'b = _("By boat")\n')):
        with (package / app / "views.py").open("a") as source:
            source.write(text)
    assert translations.problems(package) == [
        "office/letters/views.py:4, office/parcels/views.py:2: “By boat” has no Chinese translation"
    ]


def test_words_of_another_part_are_named_wherever_they_are_said(package: Path) -> None:
    """The first place is of the part whose word it is, the second is not."""
    owner = package / "attending"
    owner.mkdir()
    (owner / "views.py").write_text('a = _("Excuse")\n')
    put(package, "attending", [("Excuse", "准假")])
    with (package / "parcels" / "views.py").open("a") as source:
        source.write('b = _("Excuse")\n')
    (problem,) = translations.problems(package)
    assert problem.startswith("office/parcels/views.py:2: “Excuse” is “准假” there")


def test_a_text_in_a_template_without_translation_is_named(package: Path) -> None:
    (package / "letters" / "templates" / "letters" / "two.html").write_text(
        "\n{% do x %}{% trans %}Dear all{% endtrans %}"
    )
    assert translations.problems(package) == [
        "office/letters/templates/letters/two.html:2: “Dear all” has no Chinese translation"
    ]


def test_a_context_is_not_another(package: Path) -> None:
    with (package / "letters" / "views.py").open("a") as source:
        source.write('d = pgettext("law", "Stamp")\n')
    assert translations.problems(package) == [
        "office/letters/views.py:4: “Stamp” has no Chinese translation"
    ]


def test_an_empty_translation_is_none(package: Path) -> None:
    put(
        package,
        "letters",
        [("Send", ""), ("A letter", "一封信")],
        plural="%(n)s 封信",
        stamp="盖章",
    )
    assert translations.problems(package) == [
        "office/letters/views.py:1: “Send” has no Chinese translation"
    ]


def test_two_catalogues_that_disagree_are_named(package: Path) -> None:
    put(package, "parcels", [("Weigh", "称重"), ("Send", "寄出")])
    (problem,) = translations.problems(package)
    assert "“Send” is “寄出” here and “发送” in office/letters" in problem


def test_two_catalogues_that_agree_are_well(package: Path) -> None:
    put(package, "parcels", [("Weigh", "称重"), ("Send", "发送")])
    assert translations.problems(package) == []


def test_what_the_ground_translates_is_not_translated_again_above(package: Path) -> None:
    (package / "core").mkdir()
    (package / "core" / "views.py").write_text('a = _("Send")\n')
    put(package, "core", [("Send", "发送")])
    assert translations.problems(package) == [
        "office/letters/locale/zh_Hans/LC_MESSAGES/django.po: “Send” stands in core already"
    ]


PO = "locale/zh_Hans/LC_MESSAGES/django.po"


@pytest.mark.parametrize("again", ["发送", "寄出", ""])
def test_a_text_that_stands_twice_in_a_catalogue_is_named(package: Path, again: str) -> None:
    """Also one that says the same: whoever changes it changes one of the two."""
    with (package / "letters" / PO).open("a", encoding="utf-8") as catalogue:
        catalogue.write(f'\nmsgid "Send"\nmsgstr "{again}"\n')
    assert translations.problems(package) == [f"office/letters/{PO}: “Send” stands there twice"]


def test_texts_with_a_context_and_with_plural_forms_are_named_twice_too(package: Path) -> None:
    put(package, "letters", [("Send", "发送"), ("A letter", "一封信")], "%(n)s 封信", "盖章")
    whole = (package / "letters" / PO).read_text(encoding="utf-8").removeprefix(HEADER)
    with (package / "letters" / PO).open("a", encoding="utf-8") as catalogue:
        catalogue.write(f"\n{whole}")
    assert [problem.partition(": ")[2] for problem in translations.problems(package)] == [
        "“Send” stands there twice",
        "“A letter” stands there twice",
        "“%(n)s letter” stands there twice",
        "“Stamp” stands there twice",
    ]


def test_the_same_words_under_another_context_are_another_text(package: Path) -> None:
    with (package / "letters" / "views.py").open("a") as source:
        source.write('d = pgettext("law", "Stamp"), _("Stamp")\n')
    with (package / "letters" / PO).open("a", encoding="utf-8") as catalogue:
        catalogue.write('\nmsgctxt "law"\nmsgid "Stamp"\nmsgstr "印花"\n')
        catalogue.write('\nmsgid "Stamp"\nmsgstr "印"\n')
    assert translations.problems(package) == []


def test_a_translation_of_what_nobody_says_is_named(package: Path) -> None:
    put(package, "parcels", [("Weigh", "称重"), ("Wrap up", "打包")])
    assert translations.problems(package) == [
        "office/parcels/locale/zh_Hans/LC_MESSAGES/django.po: “Wrap up” is said nowhere any more"
    ]


def test_what_a_library_says_is_not_missed_in_the_source(package: Path) -> None:
    put(package, "parcels", [("Weigh", "称重"), ("Wrap up", "打包")])
    catalogue = package / "parcels" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    text = catalogue.read_text().replace('msgid "Wrap up"', '# said by a library\nmsgid "Wrap up"')
    catalogue.write_text(text)
    assert translations.problems(package) == []


def test_a_name_that_hides_texts_is_named(package: Path) -> None:
    (package / "parcels" / "counter.py").write_text(
        "from django.utils.translation import gettext as _\n"
        "from django.utils.translation import pgettext as say\n"
        'a = say("till", "Pay here")\n'
    )
    assert translations.problems(package) == [
        "office/parcels/counter.py:2: “say” is a name under which texts are not looked for"
    ]


def test_a_fuzzy_translation_is_named(package: Path) -> None:
    put(package, "parcels", [("Weigh", "称重")], flag="#, fuzzy\n")
    settle, untranslated = translations.problems(package)
    assert "“Weigh” is marked fuzzy" in settle
    assert "“Weigh” has no Chinese translation" in untranslated


def test_a_placeholder_nobody_fills_is_named(package: Path) -> None:
    put(
        package,
        "letters",
        [("Send", "发送"), ("A letter", "一封信")],
        plural="%(m)s 封信",
        stamp="盖章",
    )
    (problem,) = translations.problems(package)
    assert "asks for %(m)s, which nobody gives it" in problem


def test_catalogues_are_compiled_once(package: Path) -> None:
    assert translations.compile_all(package) == 2
    assert (package / "parcels" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo").exists()
    assert translations.compile_all(package) == 0


def test_a_text_within_an_f_string_is_not_passed_over(package: Path) -> None:
    with (package / "letters" / "views.py").open("a") as source:
        source.write(
            """d = f"{name} ({_('by boat')}, {pgettext('post', 'Stamp')}, {pgettext('law', 'Stamp')}, {_(name)})"\n"""
        )
    assert translations.problems(package) == [
        "office/letters/views.py:4: “by boat” has no Chinese translation",
        "office/letters/views.py:4: “Stamp” has no Chinese translation",
    ]


@pytest.mark.parametrize(
    "text", ['"Return to " + sender', 'f"Return to {sender}"', '"Return to %s" % sender']
)
def test_a_text_put_together_before_it_is_translated_is_named(package: Path, text: str) -> None:
    with (package / "letters" / "views.py").open("a") as source:
        source.write(f"d = _({text})\n")
    assert (
        "office/letters/views.py:4: a text is put together before it is translated: translate a whole one"
        in translations.problems(package)
    )


def test_a_package_may_use_what_the_platform_translates_and_not_the_other_way_round(
    package: Path, tmp_path: Path
) -> None:
    fair = tmp_path / "fair"
    fair.mkdir()
    (fair / "stall.py").write_text(
        'a = _("Send")\nb = _("Next, please")\nc = _("Free of charge")\n'
    )
    put(fair, "", [("Free of charge", "免费")])
    with (package / "letters" / "views.py").open("a") as source:
        source.write('d = _("Free of charge")\n')
    known: translations.KnownMessages = {}
    assert translations.problems(package, known) == [
        "office/letters/views.py:4: “Free of charge” has no Chinese translation"
    ]
    assert translations.problems(fair, known) == [
        "fair/stall.py:2: “Next, please” has no Chinese translation"
    ]


def test_a_package_that_disagrees_with_the_platform_is_named(package: Path, tmp_path: Path) -> None:
    put(tmp_path / "fair", "", [("Send", "寄出")])
    (tmp_path / "fair" / "stall.py").write_text('a = _("Send")\n')
    known: translations.KnownMessages = {}
    assert translations.problems(package, known) == []
    (problem,) = translations.problems(tmp_path / "fair", known)
    assert problem.startswith("fair/locale/zh_Hans/LC_MESSAGES/django.po: “Send” is “寄出” here")


# One voice ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chinese", "told"),
    [
        ("请你确认", "says “你”: say 您"),
        ("已送贵单位", "says “贵单位”: say 您单位"),
        ("已转你单位", "says “你”: say 您"),
        ("与提案人沟通", "says “提案人”: say 提案者（第一提案人除外）"),
        ("超期 %(n)s 个工作日", "says “超期”: say 逾期"),
        ("长者模式", "says “长者模式”: say 大字版"),
        ("增加次会议", "says “次会议”: say 第几次会议，或者全体会议"),
        (
            "还剩 %(n)s 天",
            "says “剩 %(n)s 天”: say 数的是工作日还是自然日：个工作日，或者天（自然日）",
        ),
        (
            "逾期 %(n)s 天",
            "says “逾期 %(n)s 天”: say 数的是工作日还是自然日：个工作日，或者天（自然日）",
        ),
    ],
)
def test_what_the_house_does_not_say_is_named_with_what_it_says(
    package: Path, chinese: str, told: str
) -> None:
    said_and_translated(package, "%(n)s to go", chinese)
    assert translations.problems(package) == [
        f"office/parcels/locale/zh_Hans/LC_MESSAGES/django.po: the translation of “%(n)s to go” {told}"
    ]


@pytest.mark.parametrize(
    "chinese",
    [
        "请您确认，再送您单位",
        "第一提案人",
        "本次会议、第%(n)s次会议",
        "还剩 %(n)s 个工作日",
        "逾期 %(n)s 天（自然日）",
        "逾期未兑现 %(n)s 项",
        "大字版",
    ],
)
def test_what_the_house_says_is_well(package: Path, chinese: str) -> None:
    said_and_translated(package, "%(n)s to go", chinese)
    assert translations.problems(package) == []


def test_a_word_of_proposals_is_not_said_of_another_apps_things(package: Path) -> None:
    """A proposal is withdrawn by a word of its own (撤案); a letter is taken back (撤回)."""
    (package / "proposals").mkdir()
    (package / "proposals" / "views.py").write_text('a = _("Withdraw")\n')
    put(package, "proposals", [("Withdraw", "撤案")])
    assert translations.problems(package) == []
    with (package / "letters" / "views.py").open("a") as source:
        source.write('d = _("Withdraw")\n')
    assert translations.problems(package) == [
        "office/letters/views.py:4: “Withdraw” is “撤案” there, which is said of proposals only: "
        "give it a context of its own"
    ]
