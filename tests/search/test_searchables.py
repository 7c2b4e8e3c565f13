"""Opinions, activities and outcomes in the search: found by whom the rules let see them, in which
of their words.
"""

from __future__ import annotations

from django.urls import reverse

from tests.activities.making import activity_at, outcome
from tests.opinions.roads import at, draft, issue, transfer
from tests.signing_in import browser_of
from tests.world import World, build, proposal_at, step
from yizheng.activities.flow import ACTIVITY, OUTCOME
from yizheng.core import clock, tenancy
from yizheng.core.search_registry import SEARCHABLES
from yizheng.opinions import services
from yizheng.opinions.flow import OPINION
from yizheng.opinions.models import Opinion
from yizheng.search import index, queries
from yizheng.search.models import Document

PERSONS = (
    "member",
    "cosigner",
    "third",
    "editor",
    "signer",
    "secretary",
    "reporter",
    "officer",
    "leader",
    "other_officer",
    "chairperson",
    "organiser",
    "clerk",
    "auditor",
    "administrator",
)


def found(world: World, who: str, query: str, kind: str = "") -> set[tuple[str, str]]:
    hits = queries.find(world.actor(who), query, kind=kind, limit=50).hits
    return {(hit.flow.code, str(hit.title.striptags())) for hit in hits}


def who_finds(world: World, query: str) -> set[str]:
    return {who for who in PERSONS if found(world, who, query)}


# Opinions -----------------------------------------------------------------------------------------


def test_a_draft_is_found_by_its_writer_alone(world: World) -> None:
    services.create_draft(
        by=world.actor("member"),
        title="关于夜市油烟的反映",
        body="夜市油烟扰民。",
        cowriters=[world.members["cosigner"]],
    )
    assert who_finds(world, "油烟") == {"member"}


def test_handed_in_it_is_the_offices_and_its_writers(world: World) -> None:
    opinion = services.create_draft(
        by=world.actor("member"),
        title="关于夜市油烟的反映",
        body="夜市扰民。",
        cowriters=[world.members["cosigner"]],
    )
    step(world, opinion, "submit", "member")
    assert who_finds(world, "油烟") == {
        "member",
        "cosigner",
        "editor",
        "signer",
        "secretary",
        "chairperson",
    }


def test_a_circulation_list_holds_in_the_search_too(world: World) -> None:
    opinion = at(world, "signed", title="关于某项目选址的反映")
    step(
        world,
        opinion,
        "mark_secrecy",
        "editor",
        secrecy="listed",
        accounts=[world.accounts["signer"]],
    )
    issue(world, Opinion.objects.get(pk=opinion.pk))
    assert who_finds(world, "选址") == {"member", "editor", "signer"}
    step(world, opinion, "mark_secrecy", "editor", secrecy="internal", accounts=[])
    assert who_finds(world, "选址") == {"member", "editor", "signer", "secretary", "chairperson"}


def test_published_openly_it_is_found_by_all_who_write(world: World) -> None:
    issue(world, at(world, "signed", title="关于夜市油烟的反映", secrecy="open"))
    writers = {who for who in PERSONS if world.actor(who).holds_somewhere("opinions.write")}
    assert {"member", "third", "reporter"} <= writers
    assert who_finds(world, "油烟") == writers | {"editor", "signer", "secretary", "chairperson"}


def test_a_unit_finds_what_was_transferred_to_it_until_it_hands_it_back(world: World) -> None:
    opinion = at(world, "sent", title="关于夜市油烟的反映")
    assert "officer" not in who_finds(world, "油烟")
    made = transfer(world, opinion)
    assert "officer" in who_finds(world, "油烟")
    assert "other_officer" not in who_finds(world, "油烟")
    step(world, made, "hand_back", "officer", note="不属本单位职责")
    assert "officer" not in who_finds(world, "油烟")


def test_the_writers_own_words_are_found_by_the_office_and_the_writer_only(world: World) -> None:
    """A unit and a reader of the journal read the edition; what was struck from it they cannot
    find.
    """
    opinion = at(
        world,
        "editing",
        title="关于夜市油烟的反映",
        body="夜市油烟扰民，老王家最甚。",
        secrecy="open",
    )
    services.save_edition(
        opinion,
        by=world.actor("editor"),
        title="关于整治夜市油烟的建议",
        text="夜市油烟扰民。",
        category="其他",
    )
    for name, who in (("finish", "editor"), ("pass_check", "editor"), ("sign", "signer")):
        step(world, opinion, name, who)
    issue(world, Opinion.objects.get(pk=opinion.pk))
    transfer(world, Opinion.objects.get(pk=opinion.pk))
    assert {"officer", "third", "reporter", "member", "editor"} <= who_finds(world, "油烟")
    assert who_finds(world, "老王家") == {"member", "editor", "signer", "secretary", "chairperson"}
    assert found(world, "member", "油烟") == {
        ("opinion", "关于整治夜市油烟的建议")
    }  # two layers, one hit


def test_by_its_number_it_stands_first(world: World) -> None:
    opinion = at(world, "submitted")
    hits = queries.find(world.actor("editor"), opinion.number).hits
    assert (hits[0].obj, hits[0].by_number) == (opinion, True)
    assert queries.find(world.actor("third"), opinion.number).hits == []


# Activities ---------------------------------------------------------------------------------------


def test_an_announcement_is_found_by_members_the_minutes_by_who_took_part(world: World) -> None:
    activity_at(world, "recorded", title="夜市治理座谈会")
    office = {who for who in PERSONS if world.actor(who).holds("activities.read")}
    members = {who for who in PERSONS if world.actor(who).membership_ids}
    assert {"organiser", "secretary"} <= office
    assert "third" in members
    assert who_finds(world, "夜市治理") == office | members
    assert who_finds(world, "听取了两村") == office | {"member", "cosigner"}  # the minutes


def test_before_it_is_announced_it_is_the_offices_own(world: World) -> None:
    activity_at(world, "approved", title="夜市治理座谈会")
    assert who_finds(world, "夜市治理") == {
        who for who in PERSONS if world.actor(who).holds("activities.read")
    }


def test_an_outcome_is_found_once_it_is_out_by_those_who_were_there(world: World) -> None:
    report = outcome(world, activity_at(world, "recorded"), title="关于夜市治理的专报")
    office = {who for who in PERSONS if world.actor(who).holds("activities.read")}
    assert who_finds(world, "夜市治理") == office
    step(world, report, "request_signature", "organiser")
    step(world, report, "sign", "secretary")
    step(world, report, "send", "organiser", sent_on=clock.today())
    report.refresh_from_db()
    assert who_finds(world, "夜市治理") == office | {"member", "cosigner"}
    assert queries.find(world.actor("member"), report.number).hits[0].obj == report


# All together -------------------------------------------------------------------------------------


def _everything(world: World) -> None:
    """Something of each kind with 供水 in it, in states in which the rules differ."""
    draft(world)
    at(world, "submitted", "third")
    at(world, "signing")
    listed = at(world, "sent")
    step(
        world,
        listed,
        "mark_secrecy",
        "editor",
        secrecy="listed",
        accounts=[world.accounts["secretary"]],
    )
    transfer(world, at(world, "sent"))
    issue(world, at(world, "signed", secrecy="open"), at(world, "signed", "third"))
    for stop in ("draft", "invited", "closed"):
        activity_at(world, stop)
    activity_at(world, "held", is_announced=False)
    outcome(world, activity_at(world, "recorded"))
    proposal_at(world, "assigned", title="关于农村供水的建议")


def test_everybody_finds_just_what_the_rule_lets_them_see(world: World) -> None:
    _everything(world)
    for who in PERSONS:
        actor = world.actor(who)
        for flow in (OPINION, ACTIVITY, OUTCOME):
            visible = set(flow.visible_to(actor).values_list("pk", flat=True))
            hits = queries.find(actor, "供水", kind=flow.code, limit=50).hits
            assert {hit.obj.pk for hit in hits} == visible, (who, flow.code)
            assert {hit.flow for hit in hits} <= {flow}


def test_no_audience_leaves_out_whom_the_rule_lets_in(world: World) -> None:
    """Layer by layer, also where another layer of the same thing would cover it up."""
    _everything(world)
    for who in PERSONS:
        actor = world.actor(who)
        for layer in SEARCHABLES.values():
            visible = [obj for obj in layer.visible_to(actor) if layer.text(obj)]
            missed = [
                obj for obj in visible if not set(layer.words_of(obj)) & set(layer.words_for(actor))
            ]
            assert missed == [], (who, layer.mark)


def test_rebuilding_gives_the_same_index_in_the_order_in_which_things_came(world: World) -> None:
    _everything(world)
    before = set(Document.objects.values_list("kind", "object_id", "text", "audience"))
    seen = {who: found(world, who, "供水") for who in PERSONS}
    *_batches, last = index.rebuild(world.organisation.pk)
    assert last == len(before)
    assert set(Document.objects.values_list("kind", "object_id", "text", "audience")) == before
    assert {who: found(world, who, "供水") for who in PERSONS} == seen
    came = [
        SEARCHABLES[d.kind].since(SEARCHABLES[d.kind].flow.model.objects.get(pk=d.object_id))
        for d in Document.objects.order_by("pk")
    ]
    assert came == sorted(came)


def test_another_committee_finds_nothing_of_it(world: World) -> None:
    _everything(world)
    other = build("beiling")
    with tenancy.scope(other.organisation):
        assert {
            who for who in ("editor", "organiser", "clerk", "member") if found(other, who, "供水")
        } == set()


def test_what_is_thrown_away_leaves_the_index(world: World) -> None:
    opinion = draft(world)
    services.discard(opinion, by=world.actor("member"))
    assert Document.objects.filter(kind="o").count() == 0
    assert found(world, "member", "供水") == set()


def test_similar_opinions_and_proposals_stand_beside_the_edition(world: World) -> None:
    proposal = proposal_at(world, "filed", title="关于解决北坡村冬季停水的建议")
    earlier = at(world, "sent", "third", title="北坡村冬季停水的反映")
    for n in range(8):
        at(world, "submitted", "third", title=f"关于第{n}小学食堂的反映")
    opinion = at(world, "editing", title="北坡村冬季停水情况")
    alike = queries.similar(world.actor("editor"), opinion, ("o", "p"))
    assert [other.obj for other in alike] == [earlier]  # the editor does not read proposals
    both = queries.similar(world.actor("secretary"), opinion, ("o", "p"))
    assert {other.obj for other in both} <= {earlier, proposal}
    client = browser_of(world, "editor")
    address = reverse("search:similar", args=["opinion", opinion.pk])
    assert address in client.get(reverse("opinions:edition", args=[opinion.pk])).content.decode()
    assert earlier.heading in client.get(address, headers={"HX-Request": "true"}).content.decode()


def test_the_page_says_what_kind_of_thing_it_is_and_narrows_to_it(world: World) -> None:
    _everything(world)
    client = browser_of(world, "member")

    def results(**asked: str) -> str:
        page = client.get(reverse("search:find"), {"q": "供水", **asked}).content.decode()
        assert 'name="kind"' in page
        return page.partition('id="results"')[2].partition("</section>")[0]

    assert {"/activities/", "/opinions/"} <= {
        each for each in ("/activities/", "/opinions/", "/proposals/") if each in results()
    }
    assert "/opinions/" in results(kind="opinion")
    assert "/activities/" not in results(kind="opinion")
    assert "/activities/" in results(kind="nothing of the kind")
