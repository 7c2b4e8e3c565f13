"""Papers of a proposal in the official layout: registration form, assignment notice, reply letter,
feedback form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from yizheng.core import clock
from yizheng.core.punctuation import shortened
from yizheng.core.rich_text import plain_text
from yizheng.documents.blocks import Block, FormField, FormTable, Heading, Note, Paragraph, ticks
from yizheng.documents.letter import Letter
from yizheng.documents.official_paper import OfficialDocument
from yizheng.documents.plain_text import read_text
from yizheng.documents.wording import chinese_number, official_date, quoted
from yizheng.organisations.models import Organisation
from yizheng.organisations.queries import name_on
from yizheng.people.seats import seat_on

from .enums import AssignmentState, CosignState, Part, ProposalBodyForm, ProposalOutcome
from .flow.due_dates import rules_of
from .models import Assignment, Proposal, Reply, ReplyItem
from .queries import day_of_it, proposer_name

# These papers leave the house in Chinese whatever language the page was read in.


def session_name(proposal: Proposal) -> str:
    """政协云溪县第九届委员会第三次会议"""
    session, organisation = proposal.session, proposal.organisation
    term = chinese_number(session.term.ordinal)
    return f"政协{organisation.region}第{term}届委员会第{chinese_number(session.ordinal)}次会议"


def case_name(proposal: Proposal) -> str:
    """政协云溪县第九届委员会第三次会议〔2026〕001号提案"""
    number = proposal.case_number
    return f"{session_name(proposal)}{number}{'' if number.endswith('号') else '号'}提案"


def body_blocks(proposal: Proposal) -> list[Block]:
    if proposal.body_form == ProposalBodyForm.TEXT:
        blocks: list[Block] = read_text(plain_text(proposal.body))
    else:
        blocks = [Heading(1, "情况与问题"), *read_text(proposal.situation)]
        if proposal.analysis.strip():
            blocks += [Heading(1, "分析"), *read_text(proposal.analysis)]
    suggestions = [
        Heading(3, f"{s.position}.", numbered=False, run_in=s.text)
        for s in proposal.suggestions.all()
    ]
    return [
        *blocks,
        Heading(1, "建议", numbered=proposal.body_form == ProposalBodyForm.PARTS),
        *suggestions,
    ]


def _proposers(proposal: Proposal) -> str:
    names = [proposer_name(proposal)]
    accepted = proposal.cosignatures.filter(state__in=CosignState.of("cosigned")).select_related(
        "membership__person"
    )
    return "、".join([*names, *(c.membership.person.name for c in accepted)])


def _units(proposal: Proposal, parts: Sequence[str]) -> str:
    """As they were called when it was given to them."""
    live = proposal.assignments.exclude(state__in=AssignmentState.of("gone")).filter(part__in=parts)
    found = live.select_related("unit").prefetch_related("unit__names")
    return "、".join(name_on(part.unit, part.assigned_on).name for part in found)


def registration(proposal: Proposal) -> bytes:
    """提案登记表, with the text after it."""
    proposer = proposal.proposer
    untold = "没有记录" if proposal.is_imported else ""
    submitted_on = clock.day_of(proposal.submitted_at)
    day = official_date(submitted_on) if submitted_on else untold
    form = FormTable(
        [
            [FormField("案　　号", proposal.case_number), FormField("类　　别", proposal.category)],
            [FormField("案　　由", proposal.title)],
            [FormField("提 案 者", _proposers(proposal))],
            [
                FormField(
                    "界　　别",
                    seat_on(proposer, day_of_it(proposal)).sector.name if proposer else "",
                ),
                FormField("提案时间", day),
            ],
            [
                FormField("提案性质", proposal.get_kind_display()),
                FormField(
                    "是否公开",
                    ticks(["同意", "不同意"], "同意" if proposal.may_publish else "不同意"),
                ),
            ],
            [FormField("主办单位", _units(proposal, [Part.SOLE, Part.LEAD, Part.OWN]))],
            [FormField("会办单位", _units(proposal, [Part.ASSISTING]))],
            [FormField("审查意见", proposal.decision_note, height_mm=18)],
        ]
    )
    return OfficialDocument(
        title="提案登记表", subtitle=session_name(proposal), content=[form, *body_blocks(proposal)]
    ).to_bytes()


def notice(proposal: Proposal, organisation: Organisation) -> bytes:
    """交办通知"""
    live = list(
        proposal.assignments.exclude(state__in=AssignmentState.of("gone"))
        .select_related("unit")
        .order_by("id")
    )
    assigned_on = clock.day_of(proposal.assigned_at) or clock.today()
    lines: list[Block] = [
        Paragraph(f"{case_name(proposal)}{quoted(proposal.title)}，现交你单位办理。"),
        *(Paragraph(_duty(assignment, assigned_on)) for assignment in live),
        Paragraph(
            "请在办理中与提案者充分沟通，对所提建议逐条答复：已办成的说明结果，"
            "列入计划的写明完成时间，"
            "不能采纳的说明理由。认为不属于本单位职责的，"
            "请在退办期限内说明理由并提出承办单位建议，逾期由本单位办理。"
        ),
    ]
    return Letter(
        organ=organisation.name,
        title=f"关于交办{case_name(proposal)}的通知",
        addressee="、".join(name_on(a.unit, assigned_on).name for a in live),
        body=lines,
        day=assigned_on,
    ).to_bytes()


def _duty(assignment: Assignment, on: dt.date) -> str:
    words = {
        Part.SOLE: "为承办单位",
        Part.LEAD: "为主办单位",
        Part.ASSISTING: "为会办单位",
        Part.OWN: "为分办单位",
    }[Part(assignment.part)]
    task = "提出会办意见" if assignment.part == Part.ASSISTING else "答复提案者"
    due, until = assignment.reply_due_on, assignment.hand_back_until
    by = f"，请于{official_date(due)}前{task}" if due else f"，请{task}"
    hand_back = f"；退办期限为{official_date(until)}" if until else ""
    return f"{name_on(assignment.unit, on).name}{words}{by}{hand_back}。"


def reply_letter(reply: Reply, proposal: Proposal) -> bytes:
    """答复函: the suggestions of that proposal answered one by one.

    `proposal` may be one merged into the handled one.
    """
    signed_on = clock.day_of(reply.signed_at) or clock.today()
    unit = name_on(reply.assignment.unit, signed_on)
    items = list(reply.items.filter(suggestion__proposal=proposal).select_related("suggestion"))
    body: list[Block] = [*read_text(reply.opening or _opening(proposal))]
    for place, item in enumerate(items, start=1):
        body += [
            Heading(1, f"关于{quoted(shortened(item.suggestion.text, 24))}的建议", numbered=True),
            *_item(item, place),
        ]
    if reply.missing_countersigns:
        body.append(
            Paragraph(f"本答复作出时，{reply.missing_countersigns}未在期限内提出会办意见。")
        )
    body += read_text(reply.closing or f"感谢您对{unit.short_name}工作的关心和支持。")
    telephone = f"　联系电话：{reply.contact_phone}" if reply.contact_phone else ""
    contact = f"联系人：{reply.contact_name}{telephone}" if reply.contact_name else ""
    return Letter(
        organ=unit.name,
        number=reply.number,
        mark=reply.result_class,
        title=f"关于{case_name(proposal)}的答复",
        addressee=_addressee(proposal),
        body=body,
        day=signed_on,
        contact=contact,
        copies=[f"{proposal.organisation.short_name}提案委员会", *rules_of().reply_copies],
    ).to_bytes()


def _opening(proposal: Proposal) -> str:
    return f"您提出的{quoted(proposal.title)}收悉。经研究，现逐条答复如下："


def _addressee(proposal: Proposal) -> str:
    return proposal.collective_name or f"{proposer_name(proposal)}委员"


STOPS = tuple("。！？；…”）.!?")


def _item(item: ReplyItem, _place: int) -> list[Block]:
    words = {
        ProposalOutcome.DONE: "已办成。",
        ProposalOutcome.NOT_ADOPTED: "未采纳。",
        ProposalOutcome.PLANNED: f"列入计划，{official_date(item.planned_for)}前完成。"
        if item.planned_for
        else "列入计划。",
    }[ProposalOutcome(item.outcome)]
    section = f"责任科室：{item.section}。" if item.section else ""
    text = item.text.strip()
    stop = "" if text.endswith(STOPS) else "。"
    return read_text(f"{words}{text}{stop}{section}")


def feedback_form(proposal: Proposal) -> bytes:
    """征询意见表 to be filled in by hand, for whoever has no account at hand."""
    collective = bool(proposal.collective_name)
    questions = [q for q in rules_of().feedback_questions if collective or not q.collective_only]
    rows = [
        [FormField("案　　号", proposal.case_number)],
        [FormField("案　　由", proposal.title)],
        [FormField("承办单位", _units(proposal, [Part.SOLE, Part.LEAD, Part.OWN]))],
        *([FormField(q.label, ticks([a.label for a in q.answers]))] for q in questions),
        [FormField("意见建议", "", height_mm=40)],
        [FormField("提案者签名", "", height_mm=14)],
    ]
    note = Note("请在收到答复后按规定期限反馈；也可登录本人账号直接填写。电话代填、他人代填无效。")
    return OfficialDocument(
        title="提案办理情况征询意见表",
        subtitle=session_name(proposal),
        content=[FormTable(rows), note],
    ).to_bytes()
