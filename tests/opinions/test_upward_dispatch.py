"""A county and the city above it: up, and back by itself."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.opinions.roads import TITLE, above, at, city_above, instruct, issue, sent_up
from tests.world import World, build, step, told
from yizheng.core import audit, clock, tenancy
from yizheng.core.day_words import day_words
from yizheng.core.files import attach, attached_to
from yizheng.core.refusals import NotNow
from yizheng.instructions.models import Instruction
from yizheng.opinions import queries, upward_dispatch
from yizheng.opinions.flow import DISPATCH, OPINION
from yizheng.opinions.models import Dispatch, Opinion


@pytest.fixture
def city(world: World) -> World:
    return city_above(world)


@pytest.fixture
def store(files_apart: Path) -> None:
    """Files handed in lie apart."""


def _walk(city: World, case: Opinion) -> Opinion:
    """The city edits and signs what came up."""
    for name, who in (
        ("take_up", "editor"),
        ("finish", "editor"),
        ("pass_check", "editor"),
        ("sign", "signer"),
    ):
        if name == "finish":
            case = Opinion.objects.get(pk=case.pk)
            case.category = "其他"
            case.save()
        step(city, case, name, who)
    return Opinion.objects.get(pk=case.pk)


def test_up_it_is_a_case_of_its_own_and_back_it_comes_by_itself(
    world: World, city: World, store: None
) -> None:
    opinion = at(world, "signed")
    attach(io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "照片.pdf", to=opinion, by=world.actor("editor"))
    dispatch, _city = sent_up(world, opinion, city)
    with tenancy.scope(city.organisation):
        case = above(dispatch)
        assert (case.state, case.title, case.reporter_name, case.reporter_identity) == (
            "submitted",
            TITLE,
            "yunxi县政协",
            "沈禾",
        )
        assert [paper.name for paper in attached_to(case)] == ["照片.pdf"]
        assert [o.pk for o in queries.visible_to(city.actor("editor"))] == [case.pk]
        case = _walk(city, case)
        made = issue(city, case)
        instruct(city, case, level="city", leader="林市长", post="市长", words="请市水务局研究。")
    dispatch.refresh_from_db()
    opinion.refresh_from_db()
    assert (dispatch.state, dispatch.adoption, dispatch.adopted_in) == (
        "adopted",
        "single",
        "社情民意 第1期",
    )
    assert (opinion.state, made.number) == ("used", "第1期")
    copy = Instruction.objects.get()
    assert (copy.leader, copy.level, copy.words, copy.reported_by) == (
        "林市长",
        "city",
        "请市水务局研究。",
        "shicheng县政协",
    )
    assert told(world, "member")[-4:] == [
        f"“{TITLE}” was sent up to the committee above",
        f"shicheng县政协 has taken “{TITLE}” up",
        f"“{TITLE}” was adopted",
        f"A leader wrote an instruction on “{TITLE}”",
    ]
    assert (
        list(audit.verify(world.organisation.pk)) == list(audit.verify(city.organisation.pk)) == []
    )


def test_not_used_above_comes_back_with_its_sentence(world: World, city: World) -> None:
    dispatch, _city = sent_up(world, at(world, "signed"), city)
    with tenancy.scope(city.organisation):
        step(city, above(dispatch), "not_use", "editor", reason="solved")
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.note) == (
        "not_adopted",
        "经了解，所反映问题已经解决或已有明确安排。",
    )
    assert (
        told(world, "member")[-1]
        == f"shicheng县政协 did not adopt “{TITLE}”: 经了解，所反映问题已经解决或已有明确安排。"
    )


def test_in_a_combined_piece_above_it_counts_as_combined(world: World, city: World) -> None:
    dispatch, _city = sent_up(world, at(world, "signed"), city)
    with tenancy.scope(city.organisation):
        main = at(city, "editing", title="全市冬季供水综合")
        step(city, main, "merge", "editor", others=[above(dispatch)])
        for name, who in (("finish", "editor"), ("pass_check", "editor"), ("sign", "signer")):
            step(city, main, name, who)
        issue(city, main)
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.adoption) == ("adopted", "combined")


def test_a_report_goes_up_once(world: World, city: World) -> None:
    opinion = at(world, "signed")
    dispatch, _city = sent_up(world, opinion, city)
    today = day_words(clock.today())
    with pytest.raises(
        NotNow,
        match=f"sent up to shicheng县政协 on {today} already and stands there as .*It cannot be "
        "sent twice",
    ):
        step(world, opinion, "send_up", "editor", to=city.organisation)
    assert Dispatch.objects.count() == 1
    with tenancy.scope(city.organisation):
        assert Opinion.objects.count() == 1


def test_returned_from_above_it_is_completed_signed_and_sent_again_as_the_same_case(
    world: World, city: World, store: None
) -> None:
    opinion = at(world, "signed")
    dispatch, _city = sent_up(world, opinion, city)
    with tenancy.scope(city.organisation):
        case = step(city, above(dispatch), "take_up", "editor")
        step(city, case, "return", "editor", note="请补充停水户数")
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.note) == ("returned", "请补充停水户数")
    assert told(world, "member")[-1] == f"shicheng县政协 wants “{TITLE}” completed: 请补充停水户数"
    assert told(world, "editor")[-1] == f"shicheng县政协 wants “{TITLE}” completed: 请补充停水户数"
    opinion.refresh_from_db()
    with pytest.raises(
        NotNow,
        match="shicheng县政协 wants it completed. Complete it and send it again, or take it back.",
    ):
        step(world, opinion, "close", "editor", feedback="已上报")
    with pytest.raises(NotNow, match="It cannot be sent twice"):
        step(world, opinion, "send_up", "editor", to=city.organisation)
    paper = SimpleUploadedFile("户数.pdf", b"%PDF-1.4\n%%EOF\n")
    text = "北坡村入冬以来停水六次，涉及四十二户。"
    step(
        world, dispatch, "complete", "editor", title=TITLE, text=text, note="已补充户数", file=paper
    )
    assert (
        told(world, "signer")[-1]
        == f"“{TITLE}” was completed for shicheng县政协 and is to be signed"
    )
    with tenancy.scope(city.organisation):
        assert (
            OPINION.offers(above(dispatch), city.actor("editor")) == []
        )  # nothing moves there until it comes
    step(world, dispatch, "send_again", "signer")
    dispatch.refresh_from_db()
    opinion.refresh_from_db()
    assert (dispatch.state, dispatch.note, opinion.edited_text == text) == (
        "sent",
        "已补充户数",
        False,
    )
    assert told(world, "member")[-1] == f"“{TITLE}” was completed and sent to shicheng县政协 again"
    with tenancy.scope(city.organisation):
        again = Opinion.objects.get()  # one case, however often it went
        assert (again.pk, again.state, again.body) == (case.pk, "submitted", text)
        assert [each.name for each in attached_to(again)] == ["户数.pdf"]
        assert (
            told(city, "editor")[-1]
            == f"“{TITLE}” was completed by the committee below and sent again"
        )
        step(city, again, "take_up", "editor")
    dispatch.refresh_from_db()
    assert dispatch.state == "taken_up"
    assert Dispatch.objects.count() == 1
    assert (
        list(audit.verify(world.organisation.pk)) == list(audit.verify(city.organisation.pk)) == []
    )


def test_what_came_back_waits_for_the_editor_and_then_for_the_signer(
    world: World, city: World
) -> None:
    dispatch, _city = sent_up(world, at(world, "signed"), city)
    with tenancy.scope(city.organisation):
        step(city, above(dispatch), "return", "editor", note="请补充")
    assert waiting(world, "editor", dispatch) == ["shicheng县政协 · came back to be completed"]
    assert waiting(world, "signer", dispatch) == []
    step(world, dispatch, "complete", "editor", title=TITLE, text="全文", note="已补充")
    assert waiting(world, "editor", dispatch) == []
    assert waiting(world, "signer", dispatch) == ["shicheng县政协 · completed, to be signed"]
    step(world, dispatch, "send_back", "signer", note="缺地点")
    assert waiting(world, "editor", dispatch) == ["shicheng县政协 · came back to be completed"]


def waiting(world: World, who: str, dispatch: Dispatch) -> list[str]:
    actor = world.actor(who)
    return [
        f"{row.line} · {row.badge['text']}"
        for row in queries.dispatch_rows(
            Dispatch.objects.filter(DISPATCH.waiting_for(actor)), actor
        )
    ]


def test_instead_of_completing_it_it_may_be_taken_back(world: World, city: World) -> None:
    dispatch, _city = sent_up(world, at(world, "signed"), city)
    with tenancy.scope(city.organisation):
        step(city, above(dispatch), "return", "editor", note="请补充")
    step(world, dispatch, "take_back", "editor", note="情况已变")
    with tenancy.scope(city.organisation):
        assert above(dispatch).state == "withdrawn"


def test_taken_back_until_it_is_taken_up_and_then_sent_again(world: World, city: World) -> None:
    opinion = at(world, "signed")
    dispatch, _city = sent_up(world, opinion, city)
    step(world, dispatch, "take_back", "editor", note="补充数据")
    with tenancy.scope(city.organisation):
        assert above(dispatch).state == "withdrawn"
    opinion.refresh_from_db()
    step(world, opinion, "send_up", "editor", to=city.organisation)
    again = Dispatch.objects.get(state="sent")
    with tenancy.scope(city.organisation):
        step(city, above(again), "take_up", "editor")
    again.refresh_from_db()
    assert "take_back" not in {
        offer.step.name for offer in DISPATCH.offers(again, world.actor("editor"))
    }


def test_a_direct_reporting_point_may_skip_a_level(world: World, city: World) -> None:
    province = build("sheng").organisation
    province.level = "province"
    province.save()
    city.organisation.parent = province
    city.organisation.save()
    here = world.organisation
    here.refresh_from_db()
    assert [o.code for o in upward_dispatch.above(here, past_the_next=False)] == ["shicheng"]
    assert [o.code for o in upward_dispatch.above(here, past_the_next=True)] == [
        "shicheng",
        "sheng",
    ]


def test_adopted_further_up_is_reported_all_the_way_down(world: World, city: World) -> None:
    opinion = at(world, "signed")
    dispatch, _city = sent_up(world, opinion, city)
    with tenancy.scope(city.organisation):
        case = _walk(city, above(dispatch))
        step(city, case, "send", "editor", recipients=["province_cppcc"], sent_on=clock.today())
        step(
            city,
            case.dispatches.get(),
            "adopt",
            "editor",
            adoption="single",
            adopted_in="省政协信息第8期",
            adopted_on=clock.today(),
        )
    found = {(d.level, d.state, d.adopted_in) for d in Dispatch.objects.all()}
    assert found == {("city", "taken_up", ""), ("province", "adopted", "省政协信息第8期")}


def test_nothing_of_the_city_is_seen_in_the_county(world: World, city: World) -> None:
    dispatch, _city = sent_up(world, at(world, "signed"), city)
    assert not queries.visible_to(world.actor("editor")).filter(pk=dispatch.received).exists()
    with tenancy.scope(city.organisation):
        assert not OPINION.visible_to(city.actor("editor")).filter(pk=dispatch.opinion_id).exists()


def test_words_written_on_a_stricter_case_stay_above(world: World, city: World) -> None:
    dispatch, _city = sent_up(world, at(world, "signed"), city)
    with tenancy.scope(city.organisation):
        case = _walk(city, above(dispatch))
        step(
            city,
            case,
            "mark_secrecy",
            "editor",
            secrecy="listed",
            accounts=[city.accounts["signer"]],
        )
        instruct(city, case, level="city", words="不宜扩散。")
    assert Instruction.objects.get().words == "（批示内容由shicheng县政协保存）"
