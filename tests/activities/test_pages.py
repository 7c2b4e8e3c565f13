"""The pages of activities as people use them: writing, steps for many, exact queries, papers."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

from tests.activities.making import (
    activity,
    activity_at,
    call_for,
    on,
    outcome,
    planned,
    put_on_the_list,
    suggestion,
    topic,
)
from tests.signing_in import SignedIn
from tests.world import World, step
from yizheng.activities.models import Activity, Attendance, Outcome, PlanItem
from yizheng.core import clock
from yizheng.core.refusals import BadInput

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def filled(**changes: Any) -> dict[str, Any]:
    """What the form of an activity sends."""
    day = timezone.localdate() + dt.timedelta(days=40)
    return {
        "title": "义诊进村",
        "form": "service",
        "programme": "three_deliveries",
        "starts_at": f"{day}T09:00",
        "ends_at": f"{day}T16:30",
        "place": "石桥村",
        "is_announced": "on",
        "summary": "",
        "counterpart": "",
        "agenda_title": ["开场", "接诊"],
        "agenda_speaker": ["", "县医院"],
        **changes,
    }


def page(client: Any, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, response.content.decode()[:400]
    return str(response.content.decode())


def test_one_form_makes_a_draft_of_any_kind_with_agenda_papers_and_half_days(
    world: World, signed_in: SignedIn
) -> None:
    answer = signed_in("organiser").post(
        reverse("activities:new"), {**filled(), "files": SimpleUploadedFile("方案.pdf", PDF)}
    )
    assert answer.status_code == 302
    made = Activity.objects.get()
    assert (made.kind, made.form, made.state, made.entered_by) == (
        "service",
        "service",
        "draft",
        world.accounts["organiser"],
    )
    assert [(item.position, item.title, item.speaker) for item in made.agenda.all()] == [
        (1, "开场", ""),
        (2, "接诊", "县医院"),
    ]
    assert made.sittings.count() == 2
    assert "方案.pdf" in page(signed_in("organiser"), "activities:edit", made.pk)


def test_a_tick_left_standing_does_not_announce_a_party_group_meeting(
    world: World, signed_in: SignedIn
) -> None:
    signed_in("organiser").post(
        reverse("activities:new"), filled(form="party_group_meeting", programme="")
    )
    assert not Activity.objects.get().is_announced


def test_what_is_wrong_is_said_and_nothing_is_kept(world: World, signed_in: SignedIn) -> None:
    wrong = filled(ends_at=filled()["starts_at"])
    answer = signed_in("organiser").post(reverse("activities:new"), wrong)
    assert answer.status_code == 422 and "结束时间要晚于开始时间" in answer.content.decode()
    lying = signed_in("organiser").post(
        reverse("activities:new"),
        {**filled(), "files": SimpleUploadedFile("方案.pdf", b"MZ not a pdf")},
    )
    assert lying.status_code == 422 and "方案.pdf" in lying.content.decode()
    assert not Activity.objects.exists()


def test_it_is_saved_as_one_writes_and_an_older_window_is_refused(
    world: World, signed_in: SignedIn
) -> None:
    made, client = activity(world), signed_in("organiser")
    url = reverse("activities:autosave", args=[made.pk])
    first = client.post(url, {**filled(title="改一次"), "seen": made.version})
    assert first.json() == {"version": made.version + 1}
    assert client.post(url, {**filled(title="旧窗口"), "seen": made.version}).status_code == 409
    made.refresh_from_db()
    assert made.title == "改一次"


def test_a_draft_that_was_approved_once_cannot_be_thrown_away(
    world: World, signed_in: SignedIn
) -> None:
    """The door would refuse it; so the page does not offer it."""
    fresh = activity(world)
    back = step(world, activity_at(world, "approved"), "take_back", "organiser")
    button = 'form="discard"'
    for draft, offered in ((fresh, True), (back, False)):
        page = signed_in("organiser").get(reverse("activities:edit", args=[draft.pk]))
        assert (button in page.content.decode()) is offered
        assert ('id="discard"' in page.content.decode()) is offered


def test_an_hour_and_a_form_that_are_wrong_are_said_at_once(
    world: World, signed_in: SignedIn
) -> None:
    """Beside what could not be read: the title is missing."""
    wrong = filled(ends_at=filled()["starts_at"], title="")
    page = signed_in("organiser").post(reverse("activities:new"), wrong).content.decode()
    assert 'id="id_title_error"' in page and 'id="id_ends_at_error"' in page
    values = {"starts_at": on(clock.today(), 9), "ends_at": on(clock.today(), 9), "form": "fair"}
    with pytest.raises(BadInput) as refused:
        activity(world, **values)
    assert [field for field, _sentence in refused.value.by_field] == ["ends_at", "form"]


def test_a_paper_that_is_refused_is_said_where_papers_are_chosen(
    world: World, signed_in: SignedIn
) -> None:
    approved = activity_at(world, "approved")
    url = reverse("activities:agenda", args=[approved.pk])
    sent = {
        "agenda_title": ["改过的议程"],
        "agenda_speaker": [""],
        "seen": approved.version,
        "files": SimpleUploadedFile("方案.pdf", b"MZ not a pdf"),
    }
    answer = signed_in("organiser").post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="id_files_error"' in page and "方案.pdf" in page
    assert "改过的议程" in page and not approved.agenda.exists()


def test_why_a_notice_is_short_is_marked_as_needed(world: World, signed_in: SignedIn) -> None:
    """Only where it is: the field is there in no other case."""
    form = "standing_consultation"
    soon, far = activity(world, days=1, form=form), activity(world, days=90, form=form)
    for found, is_asked in ((soon, True), (far, False)):
        put_on_the_list(world, found, "member")
        step(world, found, "submit_for_approval", "organiser")
        step(world, found, "approve", "secretary")
        url = reverse("core:step", args=["activity", found.pk, "invite"])
        page = signed_in("organiser").get(url).content.decode()
        assert bool(re.search(r'<textarea[^>]*name="note"[^>]*required', page)) is is_asked
        assert ('name="note"' in page) is is_asked
    found.refresh_from_db()
    soon.refresh_from_db()
    url = reverse("core:step", args=["activity", soon.pk, "invite"])
    refused = signed_in("organiser").post(url, {"seen": soon.version, "note": " "})
    assert refused.status_code == 422 and 'id="id_note_error"' in refused.content.decode()


def test_the_next_topic_is_of_the_same_year(world: World, signed_in: SignedIn) -> None:
    office, year = signed_in("organiser"), clock.today().year + 1
    url = reverse("activities:propose")
    page = office.get(f"{url}?year={year}").content.decode()
    assert 'data-begins="' in page and "data-autosave-status" in page
    sent = {
        "year": year,
        "title": "防汛视察",
        "form": "inspection_tour",
        "month": "5",
        "another": "1",
    }
    answer = office.post(f"{url}?year={year}", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{url}?year={year}")


def test_days_are_written_as_people_write_them(world: World, signed_in: SignedIn) -> None:
    """Of today, without the year."""
    item = planned(world)
    today = clock.today()
    text = page(signed_in("organiser"), "activities:plan-item", item.pk)
    assert f"<dd>{today.month} 月 {today.day} 日</dd>" in text
    assert today.isoformat() not in text


def test_handing_in_at_once(world: World, signed_in: SignedIn) -> None:
    signed_in("organiser").post(reverse("activities:new"), filled(submit="1"))
    assert Activity.objects.get().state == "approving"
    signed_in("organiser").post(reverse("activities:new"), filled(submit="1", place=""))
    assert sorted(Activity.objects.values_list("state", flat=True)) == ["approving", "draft"]


def test_a_member_who_is_not_invited_reads_the_announcement_only(
    world: World, signed_in: SignedIn
) -> None:
    held = activity_at(world, "recorded", days=1)
    inside = page(signed_in("member"), "activities:detail", held.pk)
    outside = page(signed_in("third"), "activities:detail", held.pk)
    assert "会议听取了两村情况" in inside and "会议听取了两村情况" not in outside
    assert "听取石桥、北坡两村供水情况" in outside


def test_a_member_offers_a_speech_and_finds_it_again(world: World, signed_in: SignedIn) -> None:
    called = call_for(world)
    values = {
        "kind": "plenary_speech",
        "title": "让乡亲喝上放心水",
        "text": "各位委员……",
        "collective_name": "民盟",
    }
    answer = signed_in("third").post(
        reverse("activities:offer", args=[called.pk]),
        {**values, "file": SimpleUploadedFile("稿.pdf", PDF)},
    )
    assert answer.status_code == 302
    assert "让乡亲喝上放心水" in page(signed_in("third"), "activities:detail", called.pk)
    offered = called.contributions.get()
    assert "稿.pdf" in page(signed_in("third"), "activities:contribution", offered.pk)
    assert (
        signed_in("cosigner").get(reverse("activities:contribution", args=[offered.pk])).status_code
        == 403
    )


def test_many_topics_are_approved_at_once(world: World, signed_in: SignedIn) -> None:
    made = [
        step(world, topic(world, title=f"议题{n}"), "discuss", "organiser", meeting="主席会议")
        for n in range(3)
    ]
    raw = topic(world, title="还没讨论的")
    data = {
        "selected": [item.pk for item in (*made, raw)],
        "confirmed": "1",
        "meeting": "县委常委会会议",
        "on": timezone.localdate().isoformat(),
    }
    answer = signed_in("secretary").post(reverse("core:bulk", args=["plan_item", "approve"]), data)
    assert answer.status_code == 200 and "还没讨论的" in answer.content.decode()
    assert (
        PlanItem.objects.filter(state="approved", approved_by_meeting="县委常委会会议").count() == 3
    )


def test_measured_results_are_typed_in(world: World, signed_in: SignedIn) -> None:
    held = activity_at(world, "held", days=1, form="service")
    url = reverse("activities:measured", args=[held.pk])
    assert signed_in("organiser").post(url, {"value_people_served": "-3"}).status_code == 422
    signed_in("organiser").post(
        url, {"value_people_served": "320", "least_people_served": "on", "value_donated": "1500.50"}
    )
    text = page(signed_in("member"), "activities:detail", held.pk)
    assert "至少 320 人次" in text and re.search(r"1,500\.5 元", text)
    again = signed_in("organiser").get(url).content.decode()
    assert re.findall(r'name="value_(\w+)" value="([^"]+)"', again) == [
        ("people_served", "320"),
        ("donated", "1500.5"),
    ]


def test_the_unit_answers_in_its_browser(world: World, signed_in: SignedIn) -> None:
    held = activity_at(world, "held", days=1)
    made = outcome(world, held, recipient="unit", unit=world.units["水务局"])
    for name, who in (
        ("request_signature", "organiser"),
        ("sign", "secretary"),
        ("send", "organiser"),
    ):
        made = step(
            world, made, name, who, **({"sent_on": timezone.localdate()} if name == "send" else {})
        )
    url = reverse("core:step", args=["outcome", made.pk, "answer"])
    data = {
        "seen": made.version,
        "adoption": "adopted",
        "answer": "已列入计划",
        "answered_on": timezone.localdate().isoformat(),
    }
    assert signed_in("other_officer").post(url, data).status_code == 403
    early = {**data, "answered_on": (timezone.localdate() - dt.timedelta(days=2)).isoformat()}
    assert signed_in("officer").post(url, early).status_code == 422
    assert (
        signed_in("officer")
        .post(url, {**data, "paper": SimpleUploadedFile("复函.pdf", PDF)})
        .status_code
        == 302
    )
    assert "复函.pdf" in page(signed_in("organiser"), "activities:outcome", made.pk)
    assert Outcome.objects.get().state == "answered"


# Exact queries ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["activities:list", "activities:plan"])
def test_a_longer_list_asks_no_more(world: World, signed_in: SignedIn, name: str) -> None:
    client, counts = signed_in("organiser"), []
    for count in (1, 2):
        for n in range(count):
            activity(world, title=f"第{count}{n}次", days=30, plan_item=planned(world))
            topic(world, title=f"待定{count}{n}")
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse(name))
        counts.append(len(captured))
    assert counts[0] == counts[1], counts


# Papers -------------------------------------------------------------------------------------------


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_notice_says_when_where_and_who(world: World, signed_in: SignedIn) -> None:
    day = dt.date(timezone.localdate().year + 1, 3, 18)
    found = activity_at(
        world, "invited", starts_at=on(day, 9), ends_at=on(day, 17), agenda=[("听取通报", "水务局")]
    )
    text = words_of(
        signed_in("member").get(reverse("activities:paper", args=[found.pk, "notice"])).content
    )
    for wanted in (
        "关于举行农村供水座谈会的通知",
        f"{day.year}年3月18日",
        "上午09:00至17:00",
        "政协三楼会议室",
        "听取通报（水务局）",
        "沈禾、许茉",
    ):
        assert wanted in text.replace("\n", ""), wanted
    assert (
        signed_in("member").get(reverse("activities:paper", args=[found.pk, "minutes"])).status_code
        == 404
    )


def test_the_minutes_name_who_was_there_and_what_was_suggested(
    world: World, signed_in: SignedIn
) -> None:
    found = activity_at(world, "recorded", days=1)
    place = found.participants.get(membership=world.members["member"])
    Attendance(
        sitting=found.sittings.get(), participant=place, signed_at=clock.now(), method="paper"
    ).save()
    put_on_the_list(world, found, "third")
    suggestion(world, found)
    text = words_of(
        signed_in("organiser").get(reverse("activities:paper", args=[found.pk, "minutes"])).content
    )
    assert "出席：沈禾" in text.replace("\n", "") and "唐蘅" not in text
    assert "会议听取了两村情况" in text and "先换石桥村老旧支管" in text and "商定三项工作" in text


def test_an_outcome_goes_out_with_its_number_and_signer(world: World, signed_in: SignedIn) -> None:
    made = outcome(
        world,
        activity_at(world, "held", days=1),
        text="一、情况\n供水管网老化。\n二、建议\n分批更换。",
    )
    step(world, made, "request_signature", "organiser")
    made = step(world, made, "sign", "chairperson")
    text = words_of(
        signed_in("organiser").get(reverse("activities:outcome-paper", args=[made.pk])).content
    )
    for wanted in ("政协yunxi县委员会文件", made.number, "周砚", "yunxi县人民政府", "分批更换"):
        assert wanted in text, wanted


def test_lists_go_into_excel(world: World, signed_in: SignedIn) -> None:
    item = planned(world)
    activity_at(world, "held", days=0, plan_item=item)
    activity_at(world, "held", days=0, title="临时座谈")
    year = timezone.localdate().year
    plan = load_workbook(
        io.BytesIO(
            signed_in("organiser").get(reverse("activities:plan-export"), {"year": year}).content
        )
    )
    first = [[cell.value for cell in row] for row in plan.worksheets[0].iter_rows(min_row=2)]
    assert [row[1] for row in first] == ["农村供水专题协商"] and "农村供水座谈会" in first[0][7]
    assert [row[1].value for row in plan.worksheets[1].iter_rows(min_row=2)] == ["临时座谈"]
    listed = load_workbook(
        io.BytesIO(signed_in("organiser").get(reverse("activities:export")).content)
    ).active
    assert {row[0].value for row in listed.iter_rows(min_row=2)} == {"农村供水座谈会", "临时座谈"}


def test_the_topic_leads_to_the_plan_only_who_reads_it(world: World, signed_in: SignedIn) -> None:
    topic = planned(world)
    found = activity_at(world, "held", plan_item=topic, units=[world.units["水务局"]])
    link = reverse("activities:plan-item", args=[topic.pk])
    page = reverse("activities:detail", args=[found.pk])
    for who, may in (("member", True), ("officer", False)):
        client = signed_in(who)
        shown = client.get(page)
        assert shown.status_code == 200
        assert topic.title in shown.content.decode()
        assert (link in shown.content.decode()) is may
        assert (client.get(link).status_code == 200) is may
