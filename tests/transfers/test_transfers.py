"""What is given to units: by whom, until when, and with what it ends."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.opinions.roads import TITLE, at, instruct, transfer
from tests.signing_in import SignedIn
from tests.world import World, later, morning, step, told
from yizheng.core import clock
from yizheng.core.refusals import NotAllowed, NotNow
from yizheng.instructions import queries as instructions
from yizheng.opinions.flow import OPINION
from yizheng.opinions.models import Opinion
from yizheng.regulations.models import RegulationVersion
from yizheng.transfers import queries as transfers_read
from yizheng.transfers import services as transfers
from yizheng.transfers.models import Transfer


def test_a_unit_is_given_nothing_that_was_closed_elsewhere(world: World) -> None:
    opened = at(world, "sent")
    step(world, Opinion.objects.get(), "close", "editor", feedback="县委已阅。")
    assert opened.state == "sent"
    with pytest.raises(NotNow, match="It is closed; take it up again"):
        transfers.transfer(opened, [world.units["水务局"]], by=world.actor("editor"))
    assert not Transfer.objects.exists()


def test_a_closed_unit_is_given_nothing_from_a_page_opened_before(world: World) -> None:
    opinion, unit = at(world, "sent"), world.units["水务局"]
    type(unit).objects.filter(pk=unit.pk).update(closed_on=clock.today())
    with pytest.raises(
        NotNow, match="水务局 is closed; choose the unit that took over its work"
    ) as refused:
        transfer(world, opinion)
    assert refused.value.field == "units"


def test_who_keeps_nothing_of_it_gives_it_to_no_unit_and_records_no_instruction(
    world: World,
) -> None:
    opinion = at(world, "sent")
    for who in ("signer", "member", "officer"):
        with pytest.raises(NotAllowed, match="by the office that keeps this"):
            transfers.transfer(opinion, [world.units["水务局"]], by=world.actor(who))
        with pytest.raises(NotAllowed, match="by the office that keeps this"):
            instruct(world, opinion, who)


def test_open_transfers_end_with_what_they_are_about(world: World) -> None:
    """By the table an opinion with open transfers cannot end; what ends it all the same takes them
    along.
    """
    opinion = at(world, "sent")
    made, taken = transfer(world, opinion), transfer(world, opinion, "教育局")
    step(world, taken, "answer", "other_officer", answer="已办。", result="adopted")
    step(world, taken, "take", "editor")
    opinion.refresh_from_db()
    opinion.state = "withdrawn"
    OPINION._end_what_hangs_on(opinion, {})
    made.refresh_from_db()
    taken.refresh_from_db()
    assert (made.state, taken.state) == ("recalled", "taken")
    assert told(world, "officer")[-1] == f"“{TITLE}” is no longer with your unit"


def test_the_answer_is_due_on_the_day_of_the_regulation_moved_past_days_off(world: World) -> None:
    """Thirty days, on the next working day where that day is off; an answer due today
    is not late.
    """
    RegulationVersion.objects.filter(regulation__subject="opinions").update(
        in_force_from=dt.date(2026, 3, 1)
    )
    with clock.at(morning(dt.date(2026, 3, 11))):  # the thirtieth day is Friday, 10 April 2026
        assert transfers.answer_day(Opinion) == dt.date(2026, 4, 10)
    with clock.at(morning(dt.date(2026, 3, 12))):  # Saturday 11 April: Monday
        assert transfers.answer_day(Opinion) == dt.date(2026, 4, 13)


@pytest.mark.parametrize(("days", "found"), [(-1, 0), (0, 0), (1, 1)])
def test_a_transfer_is_overdue_the_day_after(world: World, days: int, found: int) -> None:
    made = transfer(world, at(world, "sent"))
    with later((made.answer_due_on - clock.today()).days + days):
        assert transfers_read.filtered(Transfer.objects.all(), {"due": "overdue"}).count() == found


def test_an_instruction_says_to_how_many_units_it_was_given(
    world: World, signed_in: SignedIn
) -> None:
    """One was given to two units, another to none yet; what was transferred without any counts for
    neither.
    """
    opinion = at(world, "sent")
    given, kept = instruct(world, opinion), instruct(world, opinion, words="请阅。")
    units = [world.units["水务局"], world.units["财政局"]]
    transfers.transfer(opinion, units, by=world.actor("editor"), instruction=given)
    transfer(world, opinion, "教育局")
    seen = instructions.visible_to(world.actor("editor"))
    assert {each.pk: each.followed for each in seen} == {given.pk: 2, kept.pk: 0}
    assert [each.pk for each in instructions.filtered(seen, {"followed": "yes"})] == [given.pk]
    assert [each.pk for each in instructions.filtered(seen, {"followed": "no"})] == [kept.pk]
    page = signed_in("editor").get(reverse("instructions:list")).content.decode()
    assert "已转 2 个单位" in page and "尚未转办" in page
    assert f'href="{reverse("transfers:list")}"' in page
    sheet = signed_in("editor").get(reverse("instructions:export")).content
    rows = list(load_workbook(io.BytesIO(sheet)).active.iter_rows(min_row=2, values_only=True))
    assert sorted((row[4], row[8]) for row in rows) == [("请水务局认真研究。", 2), ("请阅。", 0)]
