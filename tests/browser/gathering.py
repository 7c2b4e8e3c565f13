"""What members are asked to do, brought about in the demo county by real steps: a forum about to
begin, a proposal to co-sign.
"""

from __future__ import annotations

from .server import Server

GATHERING = """
import datetime as dt
from django.utils import timezone
from yizheng.activities import services
from yizheng.attending.services import invitations
from yizheng.activities.enums import ParticipantRole
from yizheng.activities.flow import ACTIVITY
from yizheng.core import tenancy
from yizheng.organisations.models import Organisation
from yizheng.people.models import Account, Membership
from yizheng.people.queries import actor_of
with tenancy.scope(Organisation.objects.get(code="yunxi")):
    by = {{name: actor_of(Account.objects.get(username=name)) for name in ("organiser", "secretary")}}
    begin = timezone.now() + dt.timedelta(minutes=20)
    held = services.create_activity(
        by=by["organiser"], title="门口签到", form="members_forum", starts_at=begin, ends_at=begin + dt.timedelta(hours=2),
        place="三楼会议室",
    )
    people = Account.objects.filter(username__in={members}).values("person")
    invitations.add_members(held, Membership.objects.filter(person__in=people), role=ParticipantRole.MEMBER, by=by["organiser"])
    for name, who in (("submit_for_approval", "organiser"), ("approve", "secretary"), ("invite", "organiser")):
        ACTIVITY.perform(name, held, by=by[who])
    print(held.pk, held.sittings.get().pk)
"""
PROPOSAL = """
from yizheng.core import tenancy
from yizheng.organisations.models import Organisation
from yizheng.people.models import Account, Membership
from yizheng.people.queries import actor_of
from yizheng.proposals import services
with tenancy.scope(Organisation.objects.get(code="yunxi")):
    by, invited = (Account.objects.get(username=name) for name in {members!r})
    draft = services.create_draft(by=actor_of(by), title="关于村口装减速带的建议", body_form="text", body="村口车快。", suggestions=["装减速带"])
    services.invite(draft, Membership.objects.filter(person=invited.person_id, until=None), by=actor_of(by))
    print(draft.pk)
"""


def gathering(server: Server) -> tuple[int, int]:
    """A forum that begins in twenty minutes, two of the county's members invited: its number and
    its sitting's.
    """
    members = [server.sign_ins()[part][0] for part in ("member", "chairperson")]
    activity, sitting = server.shell(GATHERING.format(members=members)).split()[-2:]
    return int(activity), int(sitting)


def to_be_cosigned(server: Server) -> int:
    """A draft of the chairperson's, to which the member is invited: its number."""
    members = [server.sign_ins()[part][0] for part in ("chairperson", "member")]
    return int(server.shell(PROPOSAL.format(members=members)).split()[-1])
