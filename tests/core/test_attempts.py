"""One form sent once: the second sending of the same does nothing, other content never makes a
second one of what was made.
"""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from demo_county.visitor import PageForm, Upload
from tests.activities.making import activity_at
from tests.all_or_nothing import all_or_nothing, files_named, files_there
from tests.form_browser import Browser, leads_to, token_of
from tests.signing_in import browser_of
from tests.world import World, build, later, proposal_at, step
from yizheng.core import attempts, audit, clock, nightly_work, tenancy
from yizheng.core.attempts import Attempt
from yizheng.core.files import Attachment
from yizheng.indicators.models import Report
from yizheng.notices import services as notices
from yizheng.organisations.models import Unit
from yizheng.people.models import Sector
from yizheng.proposals.models import Contact, Proposal, Urging
from yizheng.urls import urlpatterns as ours

pytestmark = pytest.mark.usefixtures("files_apart")

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
TYPED = {
    "title": "关于改造青石镇饮水管网的建议",
    "category": "社会建设",
    "situation": "漏损率偏高。",
    "analysis": "管材老化。",
    "suggestion": ["先换石桥村老旧支管", "建设备用水源"],
}
SENT_ALREADY = "已经提交过"


def new_proposal(world: World, **values: Any) -> PageForm:
    return (
        Browser(world, "member")
        .get("/proposals/new/")
        .form(holding="title")
        .fill(**{**TYPED, **values})
    )


# A draft ------------------------------------------------------------------------------------------


def test_saved_twice_is_one_draft_and_leads_to_the_same_page(world: World) -> None:
    form = new_proposal(world)
    first, second = form.send(), form.send()
    proposal = Proposal.objects.get()
    assert leads_to(first) == leads_to(second) == f"/proposals/{proposal.pk}/edit/"
    assert proposal.suggestions.count() == 2
    assert audit.history(proposal).filter(action="proposal.drafted").count() == 1
    assert SENT_ALREADY in form.page.visitor.get(leads_to(second)).content.decode()


def test_submitted_twice_is_one_receipt_number(world: World) -> None:
    form = new_proposal(world)
    answers = [form.send(press="submit") for _click in range(3)]
    proposal = Proposal.objects.get()
    assert {leads_to(answer) for answer in answers} == {f"/proposals/{proposal.pk}/"}
    assert proposal.state == "submitted"
    assert audit.history(proposal).filter(action="proposal.submit").count() == 1


def test_back_changed_and_saved_goes_into_the_draft_that_was_made(world: World) -> None:
    form = new_proposal(world)
    form.send()
    second = form.fill(title="关于改造石桥村饮水管网的建议", suggestion=["只换石桥村的"]).send()
    proposal = Proposal.objects.get()
    assert leads_to(second) == f"/proposals/{proposal.pk}/edit/"
    assert (proposal.title, proposal.version) == ("关于改造石桥村饮水管网的建议", 1)
    assert [s.text for s in proposal.suggestions.all()] == ["只换石桥村的"]
    third = form.fill(title="关于石桥村饮水的建议").send(press="submit")
    proposal.refresh_from_db()
    assert (proposal.title, proposal.state, leads_to(third)) == (
        "关于石桥村饮水的建议",
        "submitted",
        f"/proposals/{proposal.pk}/",
    )


def test_what_another_window_saved_meanwhile_is_not_overwritten(world: World) -> None:
    form = new_proposal(world)
    edit = (
        form.page.visitor.get(leads_to(form.send()))
        .form(holding="title")
        .fill(title="在编辑页改过的案由")
    )
    edit.send()
    answer = form.fill(title="在第一页改过的案由").send()
    proposal = Proposal.objects.get()
    assert answer.status == 422
    assert proposal.title == "在编辑页改过的案由"
    assert answer.form(holding="title").values["title"] == [
        "在第一页改过的案由"
    ]  # what was typed is still there
    assert list(answer.addresses(rf"^/proposals/{proposal.pk}/$"))


def test_what_is_submitted_is_not_changed_from_the_first_page(world: World) -> None:
    form = new_proposal(world)
    form.send(press="submit")
    answer = form.fill(title="另一个案由").send()
    proposal = Proposal.objects.get()
    assert (answer.status, proposal.title, proposal.state) == (409, TYPED["title"], "submitted")
    assert list(answer.addresses(rf"^/proposals/{proposal.pk}/$"))


def test_after_the_draft_was_thrown_away_the_form_makes_another(world: World) -> None:
    form = new_proposal(world)
    page = form.page.visitor.get(leads_to(form.send()))
    page.form(action="/discard/").send()
    assert not Proposal.objects.exists()
    form.send()
    assert Proposal.objects.get().title == TYPED["title"]


def test_two_pages_are_two_forms(world: World) -> None:
    first, second = new_proposal(world), new_proposal(world)
    assert token_of(first) != token_of(second)
    first.send()
    second.send()
    assert Proposal.objects.count() == 2


def test_a_refused_form_keeps_its_token_and_may_be_sent_again_as_it_is(world: World) -> None:
    form = new_proposal(world, title="")
    refused = form.send()
    assert refused.status == 422
    again = refused.form(holding="title")
    assert token_of(again) == token_of(form)
    assert form.send().status == 422
    assert not Attempt.objects.exists()
    again.fill(title=TYPED["title"]).send()
    answer = form.fill(title="从第一页又来一次").send()
    assert Proposal.objects.get().title == "从第一页又来一次"
    assert leads_to(answer).endswith("/edit/")


def test_a_file_sent_with_both_hangs_there_once(world: World) -> None:
    form = new_proposal(world, files=[Upload("图.pdf", PDF)])
    form.send()
    form.send()
    form.fill(title="换一个案由").send()
    assert [a.name for a in Attachment.objects.all()] == ["图.pdf"]
    form.fill(files=[Upload("图.pdf", PDF + b"% another\n")]).send()
    assert Attachment.objects.count() == 2
    assert files_there() == files_named()


def test_the_office_cannot_turn_it_into_another_members(world: World) -> None:
    page = Browser(world, "clerk").get("/proposals/new/")
    form = page.form(holding="title").fill(**TYPED, proposer=str(world.members["member"].pk))
    form.send()
    answer = form.fill(proposer=str(world.members["third"].pk)).send()
    assert answer.status == 422
    assert Proposal.objects.get().proposer == world.members["member"]


# Other forms --------------------------------------------------------------------------------------


def test_yes_back_no_back_yes_is_taken_each_time(world: World) -> None:
    invited = activity_at(world, "invited")
    form = Browser(world, "member").get(f"/activities/{invited.pk}/attend/").form(action="/answer/")
    for comes, answer in (("yes", "comes"), ("no", "cannot"), ("yes", "comes")):
        form.page.visitor.post(form.url, {**form.values, "comes": [comes]})
        assert invited.participants.get(membership=world.members["member"]).answer == answer


def test_the_same_sector_is_added_once_and_another_name_is_refused_with_the_way(
    world: World,
) -> None:
    form = (
        Browser(world, "clerk")
        .get("/organisation/sectors/add/")
        .form(holding="name")
        .fill(name="体育")
    )
    form.send()
    form.send()
    refused = form.fill(name="体育界").send()
    assert refused.status == 422
    assert SENT_ALREADY in refused.sentence
    assert refused.form(holding="name").values["name"] == ["体育界"]
    assert Sector.objects.filter(name__startswith="体育").count() == 1


def test_a_contact_is_recorded_once(world: World) -> None:
    assignment = proposal_at(world, "accepted").assignments.get()
    form = (
        Browser(world, "officer")
        .get(f"/steps/assignment/{assignment.pk}/contact/")
        .form(holding="with_whom")
    )
    form.fill(way="visit", on=clock.today().isoformat(), with_whom="沈禾", note="当面听取意见")
    first, second = form.send(), form.send()
    assert leads_to(first) == leads_to(second) != ""
    refused = form.fill(note="电话里又说了一次").send()
    assert (refused.status, Contact.objects.count()) == (422, 1)
    assert audit.AuditEntry.objects.filter(action="assignment.contact").count() == 1


def test_many_are_urged_once_and_the_page_says_so(world: World) -> None:
    assignments = [
        proposal_at(world, "accepted", title=f"关于供水的建议之{n}").assignments.get()
        for n in (1, 2)
    ]
    assigner = Browser(world, "assigner")
    listing = assigner.get("/proposals/assignments/").form(holding="attempt")
    chosen = {
        "selected": [str(a.pk) for a in assignments],
        "next": ["/proposals/assignments/"],
        "attempt": [token_of(listing)],
    }
    confirm = (
        assigner.post("/steps/assignment/bulk/urge/", chosen)
        .form(holding="confirmed")
        .fill(text="请抓紧")
    )
    first, second = confirm.send(), confirm.send()
    assert Urging.objects.count() == 2
    assert SENT_ALREADY not in first.content.decode() and SENT_ALREADY in second.content.decode()
    # Chosen anew from the list it is another attempt.
    assigner.post("/steps/assignment/bulk/urge/", chosen).form(holding="confirmed").fill(
        text="请抓紧"
    ).send()
    assert Urging.objects.count() == 4


def test_what_was_refused_in_bulk_is_tried_again(world: World) -> None:
    reviewed = proposal_at(world, "review")
    submitted = proposal_at(world, "submitted", title="关于停车的建议")
    chosen = {"selected": [str(reviewed.pk), str(submitted.pk)]}
    reviewer = Browser(world, "reviewer")
    confirm = reviewer.post("/steps/proposal/bulk/file/", chosen).form(holding="confirmed")
    confirm.send()
    step(world, submitted, "pass_check", "clerk")
    confirm.send()  # it is no longer as that page showed it
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["filed", "review"]
    reviewer.post("/steps/proposal/bulk/file/", chosen).form(holding="confirmed").send()
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["filed", "filed"]


def test_a_file_handed_in_and_taken_over_twice_is_taken_over_once(world: World) -> None:
    clerk = Browser(world, "clerk")
    sheet = "全称,简称,类别\n云溪县林业局,林业局,政府部门\n云溪县民政局,民政局,政府部门\n".encode()
    upload = (
        clerk.get("/organisation/units/import/")
        .form(holding="file")
        .fill(file=Upload("单位.csv", sheet))
    )
    assert (
        leads_to(upload.send()) == leads_to(upload.send()) == "/organisation/units/import/preview/"
    )
    take = clerk.get("/organisation/units/import/preview/").form(holding="seen")
    first, second = take.send(), take.send()
    assert first.status == 302 and leads_to(first) == leads_to(second)
    assert Unit.objects.filter(short_name__in=["林业局", "民政局"]).count() == 2
    assert audit.AuditEntry.objects.filter(action="units.imported").count() == 1


def test_a_report_begun_twice_is_one(world: World) -> None:
    form = Browser(world, "clerk").get("/figures/reports/").form(holding="year")
    assert (
        leads_to(form.send())
        == leads_to(form.send())
        == f"/figures/reports/{Report.objects.get().pk}/edit/"
    )


def test_a_notice_opened_again_is_simply_opened(world: World) -> None:
    proposal_at(world, "filed")
    notices.deliver_pending()
    form = Browser(world, "member").get("/notices/").form(action=r"/notices/.*\d+/")
    assert leads_to(form.send()) == leads_to(form.send()) != ""
    assert not Attempt.objects.exists()


def test_an_error_undoes_all_of_it_and_leaves_no_attempt(world: World) -> None:
    form = new_proposal(world, files=[Upload("图.pdf", PDF)])

    def act() -> None:
        form.send(press="submit")

    all_or_nothing(act)
    assert Proposal.objects.get().state == "submitted"
    assert files_there() == files_named() and len(files_there()) == 1
    assert list(audit.verify(world.organisation.pk)) == []


def fails_after_writing(_request: HttpRequest) -> HttpResponse:
    Sector(name="体育").save()
    return HttpResponse(status=500)


def refuses_after_writing(_request: HttpRequest) -> HttpResponse:
    """A refusal that keeps what it wrote: a failed sign-in is counted."""
    Sector(name="体育").save()
    return HttpResponse(status=409)


urlpatterns = [path("fails/", fails_after_writing), path("refuses/", refuses_after_writing), *ours]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("address", "kept"), [("/fails/", False), ("/refuses/", True)])
def test_an_answer_that_failed_undoes_what_was_written(
    world: World, address: str, kept: bool
) -> None:
    browser_of(world, "clerk").post(address, {attempts.NAME: uuid.uuid4()})
    assert Sector.objects.filter(name="体育").exists() is kept
    assert not Attempt.objects.exists()


# What carries a token -----------------------------------------------------------------------------


def test_without_a_token_everything_is_as_it_was(world: World) -> None:
    client = browser_of(world, "clerk")
    for name in ("体育", "科技"):
        client.post("/organisation/sectors/add/", {"name": name})
    assert (
        client.post(
            "/organisation/sectors/add/", {"name": "医卫", "attempt": "no token"}
        ).status_code
        == 302
    )
    assert Sector.objects.filter(name__in=["体育", "科技", "医卫"]).count() == 3
    assert not Attempt.objects.exists()


def test_a_token_counts_for_its_account_alone(world: World) -> None:
    form = (
        Browser(world, "clerk")
        .get("/organisation/sectors/add/")
        .form(holding="name")
        .fill(name="体育")
    )
    form.send()
    other = Browser(world, "organiser")
    other.client.post("/organisation/sectors/add/", {"name": "体育", "attempt": token_of(form)})
    linshan = build("linshan")
    with tenancy.scope(linshan.organisation):
        Browser(linshan, "clerk").client.post(
            "/organisation/sectors/add/", {"name": "体育", "attempt": token_of(form)}
        )
        assert Sector.objects.filter(name="体育").count() == 1
        assert Attempt.objects.count() == 1


def test_saving_by_itself_carries_none(world: World) -> None:
    form = new_proposal(world)
    edit = form.page.visitor.get(leads_to(form.send())).form(holding="title")
    before = Attempt.objects.count()
    values = {name: value for name, value in edit.values.items() if name != attempts.NAME}
    for version in range(2):
        typed = {**values, "seen": version, "analysis": f"写到第{version}段"}
        answer = edit.page.visitor.client.post(edit.url.replace("/edit/", "/autosave/"), typed)
        assert answer.json() == {"version": version + 1}
    assert Attempt.objects.count() == before


# The night ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "left"), [(6, 1), (8, 0)])
def test_forms_of_last_week_are_forgotten(world: World, days: int, left: int) -> None:
    new_proposal(world).send()
    with later(days):
        for _twice in range(2):
            assert not [o for o in nightly_work.run_for(world.organisation) if o.error]
    assert Attempt.objects.count() == left
