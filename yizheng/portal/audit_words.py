"""What the audit page calls an action: a noun and what was done, put together from the code of the
action.
"""

from __future__ import annotations

from django.utils.translation import pgettext_lazy as p

from yizheng.core.access import Words
from yizheng.core.flow import FLOWS
from yizheng.core.ui import BEGINNINGS

NOUNS: dict[str, Words] = {
    "account": p("audit", "account"),
    "activities": p("audit", "activities"),
    "audit": p("audit", "audit chain"),
    "calendar": p("audit", "working days"),
    "calendarday": p("audit", "working days"),
    "collective": p("audit", "collective"),
    "promises": p("audit", "promises"),
    "committee": p("audit", "special committee"),
    "contact": p("audit", "contact link"),
    "contacts": p("audit", "contact links"),
    "enterprise": p("audit", "enterprise"),
    "enterprises": p("audit", "enterprises"),
    "figures": p("audit", "figures"),
    "file": p("audit", "attachment"),
    "group": p("audit", "group"),
    "instruction": p("audit", "instruction"),
    "instructions": p("audit", "instructions"),
    "issue": p("audit", "issue"),
    "member": p("audit", "member"),
    "members": p("audit", "roster"),
    "opinions": p("audit", "opinions"),
    "paper": p("audit", "paper"),
    "person": p("audit", "person"),
    "plan": p("audit", "annual plan"),
    "proposals": p("audit", "proposals"),
    "regulation": p("audit", "regulation"),
    "role": p("audit", "role"),
    "rule": p("audit", "rule"),
    "rules": p("audit", "rules library"),
    "sector": p("audit", "sector"),
    "session": p("audit", "session"),
    "staff": p("audit", "staff"),
    "staff_post": p("audit", "staff post"),
    "term": p("audit", "term"),
    "transfers": p("audit", "transfers"),
    "unit": p("audit", "unit"),
    "units": p("audit", "units"),
    "venue": p("audit", "venue"),
    "venues": p("audit", "venues"),
    "visit": p("audit", "visit"),
    "visits": p("audit", "visits"),
    "year": p("audit", "past year"),
    "report": p("audit", "report"),
    "learning": p("audit", "learning"),
    "programme": p("audit", "learning programme"),
    "attendance": p("audit", "attendance"),
    "participant": p("audit", "invited person"),
}
DONE: dict[str, Words] = {
    "venue.closed": p("audit", "taken out of use"),
    "enterprise.closed": p("audit", "no longer there"),
    "file.attached": p("audit", "added"),
    "file.removed": p("audit", "removed"),
    "activated": p("audit", "activated"),
    "added": p("audit", "added"),
    "adopted": p("audit", "adoption recorded"),
    "arrived": p("audit", "arrival recorded"),
    "assigned": p("audit", "assigned"),
    "changed": p("audit", "changed"),
    "closed": p("audit", "closed"),
    "merged": p("audit", "merged"),
    "answered": p("audit", "answered"),
    "corrected": p("audit", "corrected"),
    "desk_opened": p("audit", "sign-in desk opened"),
    "left_early": p("audit", "early leave recorded"),
    "looked_at": p("audit", "doubt looked at"),
    "renewed": p("audit", "address renewed"),
    "revoked": p("audit", "address revoked"),
    "contact_ended": p("audit", "contact person ended"),
    "contact_set": p("audit", "contact person named"),
    "created": p("audit", "added"),
    "deactivated": p("audit", "deactivated"),
    "discarded": p("audit", "thrown away"),
    "drafted": p("audit", "drafted"),
    "ended": p("audit", "ended"),
    "exported": p("audit", "exported"),
    "imported": p("audit", "imported"),
    "instructed": p("audit", "recorded"),
    "left": p("audit", "departure recorded"),
    "locked": p("audit", "locked out"),
    "member_ended": p("audit", "duty of a member ended"),
    "members_added": p("audit", "members on duty added"),
    "moved": p("audit", "moved"),
    "noted": p("audit", "contact noted"),
    "notice_posted": p("audit", "notice put up"),
    "notice_taken_down": p("audit", "notice taken down"),
    "opened": p("audit", "opened"),
    "own_data_taken": p("audit", "own data taken out"),
    "password_changed": p("audit", "password changed"),
    "password_reset": p("audit", "password reset"),
    "phone_changed": p("audit", "phone changed"),
    "phone_read": p("audit", "phone shown"),
    "phones_read": p("audit", "phones shown"),
    "read": p("audit", "read"),
    "removed": p("audit", "removed"),
    "renamed": p("audit", "renamed"),
    "reopened": p("audit", "reopened"),
    "repealed": p("audit", "repealed"),
    "role_ended": p("audit", "role ended"),
    "role_given": p("audit", "role given"),
    "rota_changed": p("audit", "rota changed"),
    "rota_filled": p("audit", "rota filled"),
    "rota_struck": p("audit", "day of the rota struck"),
    "saved": p("audit", "saved"),
    "second_factor_added": p("audit", "second factor added"),
    "second_factor_failed": p("audit", "second factor failed"),
    "second_factor_removed": p("audit", "second factor removed"),
    "second_factor_reset": p("audit", "second factor reset"),
    "session_ended": p("audit", "a device signed out"),
    "sessions_ended": p("audit", "all devices signed out"),
    "set": p("audit", "set"),
    "sign_in_failed": p("audit", "sign-in failed"),
    "signed_in": p("audit", "signed in"),
    "signed_out": p("audit", "signed out"),
    "taken_back": p("audit", "taken back"),
    "verified": p("audit", "verified"),
    "marked": p("audit", "sign-in recorded"),
    "struck": p("audit", "sign-in struck"),
    "taken_late": p("audit", "late sign-in taken in"),
    "visitor_read": p("audit", "visitor's name shown"),
}


def noun_of(kind: str) -> Words | None:
    """What the first half of an action is called."""
    return FLOWS[kind].label if kind in FLOWS else NOUNS.get(kind)


def words_of(action: str) -> str:
    """The action in words; its code when it has none, which a test does not let happen."""
    noun, _dot, name = action.partition(".")
    flow = FLOWS.get(noun)
    if flow and (line := flow.line(name)):
        return f"{flow.label} · {line.said}"
    done = DONE.get(action) or BEGINNINGS.get(action) or BEGINNINGS.get(name) or DONE.get(name)
    what = noun_of(noun)
    return f"{what} · {done}" if what and done else action
