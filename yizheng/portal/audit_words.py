"""Words for the actions on the audit page: a noun and what was done, put together from the code of
the action.
"""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from yizheng.core.access import Words
from yizheng.core.case_display import BEGINNINGS
from yizheng.core.flow import FLOWS

NOUNS: dict[str, Words] = {
    "account": pgettext_lazy("audit", "account"),
    "accounts": pgettext_lazy("audit", "accounts"),
    "activities": pgettext_lazy("audit", "activities"),
    "audit": pgettext_lazy("audit", "audit chain"),
    "calendar": pgettext_lazy("audit", "working days"),
    "calendarday": pgettext_lazy("audit", "working days"),
    "calendaryear": pgettext_lazy("audit", "year of working days"),
    "collective": pgettext_lazy("audit", "collective"),
    "promises": pgettext_lazy("audit", "promises"),
    "committee": pgettext_lazy("audit", "special committee"),
    "contact": pgettext_lazy("audit", "contact link"),
    "contacts": pgettext_lazy("audit", "contact links"),
    "enterprise": pgettext_lazy("audit", "enterprise"),
    "enterprises": pgettext_lazy("audit", "enterprises"),
    "figures": pgettext_lazy("audit", "figures"),
    "file": pgettext_lazy("audit", "attachment"),
    "group": pgettext_lazy("audit", "group"),
    "instruction": pgettext_lazy("audit", "instruction"),
    "instructions": pgettext_lazy("audit", "instructions"),
    "issue": pgettext_lazy("audit", "issue"),
    "member": pgettext_lazy("audit", "member"),
    "members": pgettext_lazy("audit", "roster"),
    "opinions": pgettext_lazy("audit", "opinions"),
    "paper": pgettext_lazy("audit", "paper"),
    "person": pgettext_lazy("audit", "person"),
    "plan": pgettext_lazy("audit", "annual plan"),
    "proposals": pgettext_lazy("audit", "proposals"),
    "regulation": pgettext_lazy("audit", "regulation"),
    "role": pgettext_lazy("audit", "role"),
    "rule": pgettext_lazy("audit", "rule"),
    "rules": pgettext_lazy("audit", "rules library"),
    "sector": pgettext_lazy("audit", "sector"),
    "session": pgettext_lazy("audit", "session"),
    "staff": pgettext_lazy("audit", "staff"),
    "staff_post": pgettext_lazy("audit", "staff post"),
    "term": pgettext_lazy("audit", "term"),
    "transfers": pgettext_lazy("audit", "transfers"),
    "unit": pgettext_lazy("audit", "unit"),
    "units": pgettext_lazy("audit", "units"),
    "venue": pgettext_lazy("audit", "venue"),
    "venues": pgettext_lazy("audit", "venues"),
    "visit": pgettext_lazy("audit", "visit"),
    "visits": pgettext_lazy("audit", "visits"),
    "year": pgettext_lazy("audit", "past year"),
    "report": pgettext_lazy("audit", "report"),
    "learning": pgettext_lazy("audit", "learning"),
    "programme": pgettext_lazy("audit", "learning programme"),
    "attendance": pgettext_lazy("audit", "attendance"),
    "participant": pgettext_lazy("audit", "invited person"),
}
DONE: dict[str, Words] = {
    "venue.closed": pgettext_lazy("audit", "taken out of use"),
    "enterprise.closed": pgettext_lazy("audit", "no longer there"),
    "file.attached": pgettext_lazy("audit", "added"),
    "file.removed": pgettext_lazy("audit", "removed"),
    "activated": pgettext_lazy("audit", "activated"),
    "added": pgettext_lazy("audit", "added"),
    "adopted": pgettext_lazy("audit", "adoption recorded"),
    "arrived": pgettext_lazy("audit", "arrival recorded"),
    "assigned": pgettext_lazy("audit", "assigned"),
    "changed": pgettext_lazy("audit", "changed"),
    "closed": pgettext_lazy("audit", "closed"),
    "merged": pgettext_lazy("audit", "merged"),
    "answered": pgettext_lazy("audit", "answered"),
    "corrected": pgettext_lazy("audit", "corrected"),
    "name_dropped": pgettext_lazy("audit", "planned name taken back"),
    "term_ended": pgettext_lazy("audit", "ended with the term"),
    "desk_opened": pgettext_lazy("audit", "sign-in desk opened"),
    "left_early": pgettext_lazy("audit", "early leave recorded"),
    "looked_at": pgettext_lazy("audit", "doubt looked at"),
    "renewed": pgettext_lazy("audit", "address renewed"),
    "revoked": pgettext_lazy("audit", "address revoked"),
    "contact_ended": pgettext_lazy("audit", "contact person ended"),
    "contact_set": pgettext_lazy("audit", "contact person named"),
    "created": pgettext_lazy("audit", "added"),
    "deactivated": pgettext_lazy("audit", "deactivated"),
    "discarded": pgettext_lazy("audit", "thrown away"),
    "drafted": pgettext_lazy("audit", "drafted"),
    "ended": pgettext_lazy("audit", "ended"),
    "exported": pgettext_lazy("audit", "exported"),
    "imported": pgettext_lazy("audit", "imported"),
    "instructed": pgettext_lazy("audit", "recorded"),
    "left": pgettext_lazy("audit", "departure recorded"),
    "locked": pgettext_lazy("audit", "locked out"),
    "member_ended": pgettext_lazy("audit", "duty of a member ended"),
    "members_added": pgettext_lazy("audit", "members on duty added"),
    "moved": pgettext_lazy("audit", "moved"),
    "noted": pgettext_lazy("audit", "contact noted"),
    "notice_posted": pgettext_lazy("audit", "notice put up"),
    "notice_taken_down": pgettext_lazy("audit", "notice taken down"),
    "opened": pgettext_lazy("audit", "opened"),
    "own_data_taken": pgettext_lazy("audit", "own data taken out"),
    "password_changed": pgettext_lazy("audit", "password changed"),
    "password_reset": pgettext_lazy("audit", "password reset"),
    "phone_changed": pgettext_lazy("audit", "phone changed"),
    "phone_read": pgettext_lazy("audit", "phone shown"),
    "phones_read": pgettext_lazy("audit", "phones shown"),
    "read": pgettext_lazy("audit", "read"),
    "removed": pgettext_lazy("audit", "removed"),
    "renamed": pgettext_lazy("audit", "renamed"),
    "reopened": pgettext_lazy("audit", "reopened"),
    "repealed": pgettext_lazy("audit", "repealed"),
    "role_ended": pgettext_lazy("audit", "role ended"),
    "role_given": pgettext_lazy("audit", "role given"),
    "rota_changed": pgettext_lazy("audit", "rota changed"),
    "rota_filled": pgettext_lazy("audit", "rota filled"),
    "rota_struck": pgettext_lazy("audit", "day of the rota struck"),
    "saved": pgettext_lazy("audit", "saved"),
    "second_factor_added": pgettext_lazy("audit", "second factor added"),
    "second_factor_failed": pgettext_lazy("audit", "second factor failed"),
    "second_factor_removed": pgettext_lazy("audit", "second factor removed"),
    "second_factor_reset": pgettext_lazy("audit", "second factor reset"),
    "session_ended": pgettext_lazy("audit", "a device signed out"),
    "sessions_ended": pgettext_lazy("audit", "all devices signed out"),
    "set": pgettext_lazy("audit", "set"),
    "completed": pgettext_lazy("audit", "said to be complete"),
    "calendar.reopened": pgettext_lazy("audit", "said to be incomplete"),
    "sign_in_failed": pgettext_lazy("audit", "sign-in failed"),
    "signed_in": pgettext_lazy("audit", "signed in"),
    "signed_out": pgettext_lazy("audit", "signed out"),
    "taken_back": pgettext_lazy("audit", "taken back"),
    "verified": pgettext_lazy("audit", "verified"),
    "marked": pgettext_lazy("audit", "sign-in recorded"),
    "struck": pgettext_lazy("audit", "sign-in struck"),
    "taken_late": pgettext_lazy("audit", "late sign-in taken in"),
    "visitor_read": pgettext_lazy("audit", "visitor's name shown"),
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
