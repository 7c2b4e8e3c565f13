"""Repair of damaged text: what is put right, what is left, and where each character came from."""

from hypothesis import given
from hypothesis import strategies as st

from yizheng.documents.text_repair import repair

DAMAGED = "雲溪縣政協(xié)(會)辦件，全年協(xié)商５次，辦復(fù)率１００％。"

texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("云溪雲縣協协(xié)(會)()（）復fù5５％%．.乾著提案薴，。\n"), st.characters()
    ),
    max_size=60,
)


def test_pinyin_is_removed_and_a_genuine_bracket_after_it_is_kept() -> None:
    assert repair(DAMAGED).text == "云溪县政协(会)办件，全年协商5次，办复率100%。"


def test_each_character_knows_where_it_came_from() -> None:
    repaired = repair(DAMAGED)
    start = repaired.text.index("协商5次")
    assert DAMAGED[slice(*repaired.span(start, start + 4))] == "協(xié)商５次"
    assert repaired.origin[-1] == len(DAMAGED)


def test_a_syllable_left_twice_goes_twice() -> None:
    assert repair("縣政協(xié)(xié)商").text == "县政协商"


def test_a_bracket_that_is_no_reading_of_its_character_stays() -> None:
    assert repair("雲溪縣協(abc)商").text == "云溪县协(abc)商"


def test_a_gloss_in_a_clean_text_stays() -> None:
    clean = "郴(chēn)州的提案，乾隆年间，著作。"
    assert repair(clean).text == clean


def test_lost_characters_are_left_as_they_stand() -> None:
    assert repair("覆蓋率?1%").text == "覆盖率?1%"


def test_full_width_point_only_between_digits() -> None:
    assert repair("７９．７％。第１．项").text == "79.7%。第1．项"


@given(texts)
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = repair(text)
    assert repair(once.text).text == once.text


@given(texts)
def test_places_run_forward_through_the_original(text: str) -> None:
    repaired = repair(text)
    assert len(repaired.origin) == len(repaired.text) + 1
    assert list(repaired.origin) == sorted(set(repaired.origin)) or not text
    assert repaired.origin[-1] == len(text)


@given(st.text(alphabet="提案办理率立案收到委员云溪县政协一二三0123456789%，。、（）()“”\n"))
def test_clean_simplified_text_comes_back_identical(text: str) -> None:
    assert repair(text).text == text
