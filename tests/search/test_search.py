"""Finding proposals, on whichever database the tests run on."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.signing_in import browser_of
from tests.world import World, draft
from yizheng.core.refusals import BadInput
from yizheng.proposals.enums import Part
from yizheng.proposals.flow import PROPOSAL
from yizheng.proposals.models import Proposal
from yizheng.search import index, queries, tokens
from yizheng.search.models import Document

STANDING = (
    "member",
    "cosigner",
    "third",
    "clerk",
    "reviewer",
    "assigner",
    "officer",
    "other_officer",
    "chairperson",
    "auditor",
    "administrator",
)


def submitted(world: World, who: str = "member", **values: Any) -> Proposal:
    proposal = draft(world, who, **values)
    return PROPOSAL.perform("submit", proposal, by=world.actor(who))


def titles(world: World, who: str, query: str) -> list[str]:
    return [hit.obj.title for hit in queries.find(world.actor(who), query).hits]


def test_a_word_of_two_characters_is_found_in_title_body_and_suggestion(world: World) -> None:
    proposal = submitted(world)
    for word in ("饮水", "管网", "漏损", "备用", "石桥", "沈禾"):
        assert titles(world, "clerk", word) == [proposal.title], word


def test_all_words_must_be_there_and_long_words_as_they_stand(world: World) -> None:
    proposal = submitted(world)
    assert titles(world, "clerk", "饮水 备用水源") == [proposal.title]
    assert titles(world, "clerk", "饮水 停车") == []
    # every pair of it stands in the text, the word itself does not
    submitted(world, title="水管饮水改造", situation="老水管", suggestions=["备用"])
    assert titles(world, "clerk", "饮水管网") == [proposal.title]


def test_width_and_case_do_not_matter(world: World) -> None:
    submitted(world, title="关于建设５Ｇ基站的建议", suggestions=["试点 Wi-Fi 覆盖"])
    assert (
        titles(world, "clerk", "5g基站")
        and titles(world, "clerk", "WI-FI")
        and titles(world, "clerk", "５Ｇ")
    )


def test_newest_first_page_after_page(world: World) -> None:
    made = [submitted(world, title=f"关于第{n}处饮水点的建议") for n in range(5)]
    first = queries.find(world.actor("clerk"), "饮水", limit=2)
    assert [h.obj.pk for h in first.hits] == [made[4].pk, made[3].pk]
    second = queries.find(world.actor("clerk"), "饮水", limit=2, before=first.next_before)
    third = queries.find(world.actor("clerk"), "饮水", limit=2, before=second.next_before)
    assert [h.obj.pk for h in second.hits + third.hits] == [made[2].pk, made[1].pk, made[0].pk]
    assert third.next_before is None


@pytest.mark.parametrize(
    "query",
    [
        '饮水"',
        "饮水 OR 停车",
        "饮水 AND NOT 管网*",
        "NEAR(饮水 管网)",
        "tokens:饮水",
        "'饮水' | '停车' & !x",
        "饮水\\",
        "饮水'); DROP TABLE search_document; --",
        "_r1",
        "饮水:*",
        "a" * 5000,
        "《》，。",
    ],
)
def test_operators_are_words_like_any_other(world: World, query: str) -> None:
    submitted(world)
    try:
        found = queries.find(world.actor("clerk"), query)
    except BadInput as refused:
        assert str(refused)
    else:
        assert all(
            tokens.holds(Document.objects.get(kind="p", object_id=h.obj.pk).text, found.words)
            for h in found.hits
        )


def test_one_character_is_refused_with_a_sentence(world: World) -> None:
    with pytest.raises(BadInput):
        queries.find(world.actor("clerk"), "水")


def test_nobody_finds_what_they_may_not_see(world: World) -> None:
    own_draft = draft(world, title="关于饮水草稿的建议")
    handed_in = submitted(world, "cosigner", title="关于饮水安全的建议")
    assert titles(world, "member", "饮水") == [own_draft.title]
    assert titles(world, "cosigner", "饮水") == [handed_in.title]
    assert titles(world, "clerk", "饮水") == [handed_in.title]
    for stranger in ("officer", "auditor", "administrator", "assigner", "third"):
        assert titles(world, stranger, "饮水") == []


def test_another_organisation_is_another_world(world: World) -> None:
    from tests.world import build
    from yizheng.core import tenancy

    submitted(world)
    other = build("beiling")
    with tenancy.scope(other.organisation):
        assert queries.find(other.actor("clerk"), "饮水").hits == []


def test_the_number_stands_first(world: World) -> None:
    year = world.session.year
    later = submitted(world, title="关于 047 号井的建议")
    numbered = submitted(world, title="关于村卫生室的建议")
    PROPOSAL.perform("pass_check", numbered, by=world.actor("clerk"))
    Proposal.objects.filter(pk=numbered.pk).update(
        case_number=f"〔{year}〕047", state="filed", filed_at=numbered.submitted_at
    )
    index.refresh(Proposal.objects.get(pk=numbered.pk))
    for written in (f"〔{year}〕047", f"[{year}]47", f"{year}年第47号", "47", "047", f"{year}-047"):
        hits = queries.find(world.actor("clerk"), written).hits
        assert hits[0].obj.pk == numbered.pk and hits[0].by_number, written
    assert later.pk in [h.obj.pk for h in queries.find(world.actor("clerk"), "047").hits]
    assert queries.find(world.actor("other_officer"), "47").hits == []


def test_what_was_changed_is_found_anew_and_what_was_removed_no_longer(world: World) -> None:
    from yizheng.proposals import services

    proposal = draft(world)
    services.save_draft(
        proposal, by=world.actor("member"), title="关于校园午休的建议", situation="课桌"
    )
    assert titles(world, "member", "午休") == ["关于校园午休的建议"]
    assert titles(world, "member", "漏损") == []
    services.discard(Proposal.objects.get(pk=proposal.pk), by=world.actor("member"))
    assert titles(world, "member", "午休") == []


def test_rebuilding_gives_the_same_index(world: World) -> None:
    submitted(world)
    draft(world, "third", title="关于饮水的另一件")
    before = list(
        Document.objects.order_by("pk").values_list("kind", "object_id", "text", "audience")
    )
    seen = {who: titles(world, who, "饮水") for who in STANDING}
    assert list(index.rebuild(world.organisation.pk)) == [2]
    assert (
        list(Document.objects.order_by("pk").values_list("kind", "object_id", "text", "audience"))
        == before
    )
    assert {who: titles(world, who, "饮水") for who in STANDING} == seen


def test_the_audience_in_the_index_is_the_rule_of_visibility(world: World) -> None:
    """Every standing person finds exactly what the rule lets them see, in states walked by real
    steps.
    """
    walk(world)
    for who in STANDING:
        actor = world.actor(who)
        visible = set(PROPOSAL.visible_to(actor).values_list("pk", flat=True))
        found = {hit.obj.pk for hit in queries.find(actor, "建议", limit=50).hits}
        assert found == visible, who


def walk(world: World) -> None:
    """A draft; one in each of the first states; one at a unit; one invited to co-sign."""
    from yizheng.proposals import services

    draft(world, title="关于草稿的建议")
    invited = draft(world, title="关于联名的建议")
    services.invite(invited, [world.members["cosigner"]], by=world.actor("member"))
    submitted(world, "third", title="关于待审的建议")
    assigned(world)


def assigned(world: World, **values: Any) -> Proposal:
    proposal = submitted(world, **({"title": "关于交办的建议"} | values))
    PROPOSAL.perform(
        "pass_check", proposal, by=world.actor("clerk"), data={"category": "社会建设", "note": ""}
    )
    PROPOSAL.perform(
        "file", proposal, by=world.actor("reviewer"), data={"category": "社会建设", "note": ""}
    )
    plan = [(world.units["水务局"], Part.LEAD, []), (world.units["财政局"], Part.ASSISTING, [])]
    data = {"how": "meeting", "plan": plan}
    return PROPOSAL.perform("assign", proposal, by=world.actor("assigner"), data=data)


def test_similar_proposals_share_what_is_rare(world: World) -> None:
    first = submitted(world, title="关于加快青石镇农村饮水管网改造的建议")
    for n in range(8):
        submitted(world, "third", title=f"关于加快建设第{n}小学校园食堂的建议")
    again = submitted(world, "cosigner", title="关于青石镇农村饮水管网更新改造的建议")
    found = queries.similar(world.actor("clerk"), again, ("p", "o"))
    assert [s.obj.pk for s in found] == [first.pk]
    assert "饮水管网" in "".join(found[0].common)


def test_the_panel_is_fetched_when_the_page_is_there(world: World) -> None:
    first = submitted(world, title="关于加快青石镇农村饮水管网改造的建议")
    again = submitted(world, "cosigner", title="关于青石镇农村饮水管网更新改造的建议")
    client = browser_of(world, "clerk")
    address = reverse("search:similar", args=["proposal", again.pk])
    page = client.get(PROPOSAL.url(again)).content.decode()
    assert f'hx-get="{address}"' in page
    assert f'href="{address}"' in page
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert PROPOSAL.url(first) in part
    assert "<html" not in part
    whole = client.get(address).content.decode()
    assert PROPOSAL.url(first) in whole
    assert PROPOSAL.url(again) in whole
    assert "<html" in whole


def test_words_are_marked_and_the_rest_is_escaped() -> None:
    assert (
        str(tokens.mark("<b>饮水</b>与５Ｇ", ["饮水", "5g"]))
        == "&lt;b&gt;<mark>饮水</mark>&lt;/b&gt;与<mark>５Ｇ</mark>"
    )


def test_newest_first_and_page_by_page_across_the_bands_of_a_large_office(world: World) -> None:
    """Each band holds 16,384 of an organisation's own things; here five things stand in three
    bands.
    """
    here = world.organisation.pk
    clerk = world.actor("clerk")
    for number in range(5):
        submitted(world, title=f"关于修建第{number}座风雨桥的建议")
    for number, document in enumerate(
        Document.everywhere.filter(organisation_id=here, kind="p").order_by("pk")
    ):
        place = (100, 200, 16_384 + 5, 16_384 + 9, 3 * 16_384)[number]
        Document.everywhere.filter(pk=document.pk).update(place=place)
        index.write(
            [
                index.IndexEntry(
                    "p", document.object_id, here, document.text + "。", document.audience
                )
            ]
        )
    first = queries.find(clerk, "风雨桥", limit=2)
    second = queries.find(clerk, "风雨桥", limit=2, before=first.next_before)
    third = queries.find(clerk, "风雨桥", limit=2, before=second.next_before)
    assert [hit.obj.title[5] for found in (first, second, third) for hit in found.hits] == [
        "4",
        "3",
        "2",
        "1",
        "0",
    ]
    assert third.next_before is None
    submitted(world, title="关于拓宽风雨桥引道的建议")
    assert Document.everywhere.filter(organisation_id=here).latest("pk").place == 3 * 16_384 + 1
