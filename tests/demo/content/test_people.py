"""The county's people are invented, each once, and add up as a regulation would say."""

from __future__ import annotations

from collections import Counter

import pytest

from demo_county.content import Roster, roster, units
from demo_county.content.places import STREETS, TOWNS
from demo_county.content.roster import COMMITTEES


@pytest.fixture(scope="module")
def people() -> Roster:
    return roster(1)


def test_the_committee_adds_up(people: Roster) -> None:
    assert len(people.members) == 190
    assert Counter(member.duty for member in people.members) == {
        "委员": 153,
        "常务委员": 30,
        "副主席": 5,
        "主席": 1,
        "秘书长": 1,
    }
    assert len({member.sector for member in people.members}) == 24
    assert {member.committee for member in people.members} == set(COMMITTEES) and len(
        COMMITTEES
    ) == 8
    assert len({member.group for member in people.members}) == 10


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_about_two_fifths_belong_to_the_party_in_power(seed: int) -> None:
    share = sum(member.party == "中共" for member in roster(seed).members) / 190
    assert 0.34 < share < 0.46


def test_party_sectors_hold_members_of_that_party(people: Roster) -> None:
    for member in people.members:
        if member.sector in ("中共", "民革", "民盟", "民建", "民进", "农工党", "九三学社"):
            assert member.party == member.sector


def test_names_and_phones_are_each_somebodys_own(people: Roster) -> None:
    names = [member.name for member in people.members] + [each.name for each in people.staff]
    assert len(set(names)) == len(names)
    phones = [member.phone for member in people.members] + [each.phone for each in people.staff]
    phones += [each.phone for each in people.collectives]
    phones += [person.phone for unit in units(1) for person in (unit.leader, unit.officer)]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("1540000") and len(phone) == 11 for phone in phones)


def test_the_persons_of_the_pictures_have_their_places(people: Roster) -> None:
    by_name = {member.name: member for member in people.members}
    assert by_name["沈禾"].sector == "农业"
    assert by_name["周砚"].duty == "副主席"
    assert [each.role for each in people.staff if each.name == "林澄"] == ["proposals_clerk"]
    assert [unit.short for unit in units(1) if unit.officer.name == "何楠"] == ["水务局"]


def test_sixty_units_and_every_town_among_them() -> None:
    names = [unit.name for unit in units(1)]
    assert len(names) == len(set(names)) == 60
    assert {f"{town.name}人民政府" for town in TOWNS} | {
        f"{street.name}办事处" for street in STREETS
    } <= set(names)


def test_leading_posts_are_held_once(people: Roster) -> None:
    heads = [
        (each.employer, each.post)
        for each in people.members
        if each.post in ("总经理", "董事长", "校长", "院长")
    ]
    assert len(set(heads)) == len(heads)


def test_the_same_seed_gives_the_same_people() -> None:
    assert roster(7) == roster(7) and units(7) == units(7)
    assert roster(7) != roster(8)
