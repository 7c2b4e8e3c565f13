"""`python -m demo_county` beside `yizheng`: on the same data folder, with the same manners."""

from __future__ import annotations

from dataclasses import replace

from .conftest import Installation


def demo(installation: Installation) -> Installation:
    return replace(installation, program="demo_county")


def test_it_says_what_it_does(empty: Installation) -> None:
    said = demo(empty).does("--help")
    assert said.startswith("Usage: python -m demo_county [OPTIONS]")
    assert {"--check", "--sign-ins", "--texts"} <= set(said.split())


def test_a_house_in_use_is_left_as_it_is(county: Installation) -> None:
    before = county.does("audit", "verify")
    said = demo(county).does()
    assert said.strip() == "The database holds an organisation already; nothing was added."
    assert county.does("audit", "verify") == before


def test_a_database_without_tables_is_a_sentence(empty: Installation) -> None:
    assert demo(empty).refuses().endswith("Run: yizheng manage migrate")


def test_where_no_county_was_made_nobody_can_sign_in(county: Installation) -> None:
    assert demo(county).does("--sign-ins") == ""
    (county.data / "demo-sign-ins.json").write_text(
        '[["委员", "member001", "Yunxi-1", "写提案"]]', encoding="utf-8"
    )
    assert demo(county).does("--sign-ins").split() == ["委员", "member001", "Yunxi-1", "写提案"]


def test_a_walk_without_sign_ins_is_told_in_the_language_of_the_terminal(
    county: Installation,
) -> None:
    """Its own words have their translations, though the platform does not know them."""
    speaks = replace(demo(county), environment={"LANG": "zh_CN.UTF-8"})
    answer = speaks.run("--check", "http://127.0.0.1:9")
    assert answer.returncode == 1
    assert "没有这些角色的登录账号：" in answer.stdout
    assert answer.stderr.strip() == "The walk did not get through."
