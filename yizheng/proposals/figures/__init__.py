"""The indicators of proposals, as a table to proof-read.

A proposal belongs to the year of its session.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yizheng.core.figures import PERCENT, Indicator, Measure, declare

from . import record_sets
from .breakdowns import ANSWERING_UNIT, CLASS, REASON, category, kind, occasion, unit
from .record_kinds import (
    ASSIGNMENT,
    CONTACTS,
    COSIGNATURE,
    KEY_PROPOSALS,
    MATTER,
    MERGERS,
    ONLINE,
    PROMISE,
    PROPOSAL,
    RATING,
    RATINGS,
    UNIT,
)

CASES = Measure("件", pgettext_lazy("counter", "proposals"))
UNITS = Measure("家", pgettext_lazy("counter", "units"))
TIMES = Measure("人次", pgettext_lazy("counter", "participations"))
SORTED = (kind(), category(), occasion())
HANDLED_BY = (ANSWERING_UNIT, kind(), category())
MATTERS_BY = (unit("reply__assignment__unit"), category("suggestion__proposal__category"))

COUNTS = [
    Indicator(
        "proposals.received",
        _("Proposals received"),
        CASES,
        _(
            "Proposals submitted for the sessions of the period, also those not filed, "
            "merged or withdrawn later. Drafts, "
            "and what a member has not confirmed yet, do not count."
        ),
        PROPOSAL,
        record_sets.received,
        breakdowns=SORTED,
    ),
    Indicator(
        "proposals.filed",
        _("Proposals filed"),
        CASES,
        _(
            "Proposals received that were filed and not withdrawn since. Whether those "
            "merged into another count too is "
            "set by the regulation."
        ),
        PROPOSAL,
        record_sets.filed,
        breakdowns=SORTED,
        nearly=(
            (_("withdrawn after filing"), record_sets.withdrawn_after_filing),
            (_("merged into others"), record_sets.merged),
        ),
    ),
    Indicator(
        "proposals.not_filed",
        _("Proposals not filed"),
        CASES,
        _(
            "Proposals on which the review decided not to file them, also those passed on "
            "as public-opinion information."
        ),
        PROPOSAL,
        record_sets.not_filed,
        breakdowns=(REASON, *SORTED),
    ),
    Indicator(
        "proposals.undecided",
        _("Proposals withdrawn or still under review"),
        CASES,
        _(
            "Proposals received that are still being checked or reviewed, came back for "
            "revision, or were withdrawn."
        ),
        PROPOSAL,
        record_sets.undecided,
        breakdowns=SORTED,
    ),
    Indicator(
        "proposals.merged",
        _("Proposals merged"),
        CASES,
        _("Proposals that are handled together with another one; that other one is not counted."),
        PROPOSAL,
        record_sets.merged,
        breakdowns=SORTED,
        keeping=MERGERS,
    ),
    Indicator(
        "proposals.key",
        _("Key proposals"),
        CASES,
        _("Filed proposals chosen as key proposals."),
        PROPOSAL,
        record_sets.key,
        breakdowns=SORTED,
        keeping=KEY_PROPOSALS,
    ),
    Indicator(
        "proposals.handled",
        _("Proposals handled"),
        CASES,
        _(
            "Filed proposals that were given to units; one merged into another is handled, "
            "and counted, with it."
        ),
        PROPOSAL,
        record_sets.handled,
        breakdowns=(CLASS, ANSWERING_UNIT, kind(), category()),
        nearly=(
            (_("merged into others"), record_sets.merged),
            (_("filed and not assigned yet"), record_sets.not_assigned),
        ),
    ),
    Indicator(
        "proposals.units",
        _("Handling units"),
        UNITS,
        _(
            "Different units with a part, of whatever sort, in the proposals handled. A "
            "unit that handed its part back "
            "does not count."
        ),
        UNIT,
        record_sets.units,
    ),
    Indicator(
        "proposals.lead_units",
        _("Answering units"),
        UNITS,
        _("Different units that answer: alone, as the lead, or each its own part."),
        UNIT,
        record_sets.lead_units,
    ),
    Indicator(
        "proposals.cosigned",
        _("Co-signatures"),
        TIMES,
        _(
            "Invitations to co-sign a proposal received that were accepted; a member counts "
            "once for each proposal."
        ),
        COSIGNATURE,
        record_sets.cosignatures,
        breakdowns=(category("proposal__category"), occasion("proposal__occasion")),
    ),
]

RATES = [
    Indicator(
        "proposals.filing_rate",
        _("Rate filed"),
        PERCENT,
        _("Proposals filed, of the proposals received."),
        PROPOSAL,
        record_sets.filed,
        record_sets.received,
        _("proposals received"),
        SORTED,
    ),
    Indicator(
        "proposals.nonparty_share",
        _("Share of non-party members"),
        PERCENT,
        _(
            "Filed proposals of members, alone or jointly, whose first proposer is not a "
            "member of the Communist Party, of "
            "all filed proposals of members."
        ),
        PROPOSAL,
        record_sets.by_nonparty_members,
        record_sets.by_members,
        _("members' proposals filed"),
        SORTED,
    ),
    Indicator(
        "proposals.online_rate",
        _("Rate handled online"),
        PERCENT,
        _(
            "Filed proposals of which every step from submission on was taken in the system "
            "(not entered afterwards from a "
            "list), of the proposals filed."
        ),
        PROPOSAL,
        record_sets.online,
        record_sets.filed,
        _("proposals filed"),
        SORTED,
        keeping=ONLINE,
    ),
    Indicator(
        "proposals.met_rate",
        _("Rate of meeting the proposer"),
        PERCENT,
        _(
            "Handled proposals for which an answering unit recorded at least one visit to, "
            "or meeting with, a proposer, of "
            "the proposals handled. A telephone call or a letter does not count. One brought "
            "in from a list that says nothing of it is in neither."
        ),
        PROPOSAL,
        record_sets.met,
        record_sets.handled_here,
        _("proposals handled"),
        HANDLED_BY,
        keeping=CONTACTS,
        unknown=record_sets.contact_untold,
    ),
    Indicator(
        "proposals.reply_rate",
        _("Rate replied"),
        PERCENT,
        _("Handled proposals to which every answering unit has replied, of the proposals handled."),
        PROPOSAL,
        record_sets.replied,
        record_sets.handled,
        _("proposals handled"),
        HANDLED_BY,
    ),
    Indicator(
        "proposals.in_time_rate",
        _("Rate replied in time"),
        PERCENT,
        _(
            "Parts of answering units whose first reply went out on or before its day (as "
            "extended), of the parts that are "
            "answered or whose day has passed. A proposal that several units answer has "
            "several parts. A part whose day or whose reply's day is not recorded is in neither."
        ),
        ASSIGNMENT,
        record_sets.in_time,
        record_sets.answered_or_overdue,
        _("parts answered or overdue"),
        (unit("unit"), kind("proposal__kind"), category("proposal__category")),
        unknown=record_sets.punctuality_untold,
    ),
    Indicator(
        "proposals.response_rate",
        _("Rate of ratings returned"),
        PERCENT,
        _("Ratings given, of the ratings asked of proposers in rounds that are over."),
        RATING,
        record_sets.answered,
        record_sets.asked,
        _("ratings asked for"),
        (kind("proposal__kind"), category("proposal__category")),
    ),
    Indicator(
        "proposals.satisfaction",
        _("Satisfaction"),
        PERCENT,
        _(
            "Handled proposals with no “not satisfied” among the ratings of the last "
            "concluded round in which anybody "
            "answered, of those with such a rating. Whether “basically satisfied” suffices "
            "is set by the regulation."
        ),
        PROPOSAL,
        record_sets.satisfied,
        record_sets.rated,
        _("proposals rated"),
        HANDLED_BY,
        beside="proposals.response_rate",
        keeping=RATINGS,
        unknown=record_sets.rating_untold,
    ),
    Indicator(
        "proposals.done_rate",
        _("Rate of matters done"),
        PERCENT,
        _(
            "Matters answered as done, of all matters: answers to single suggestions in the "
            "latest released replies."
        ),
        MATTER,
        record_sets.matters_done,
        record_sets.matters,
        _("matters answered"),
        MATTERS_BY,
    ),
    Indicator(
        "proposals.planned_rate",
        _("Rate of matters planned"),
        PERCENT,
        _(
            "Matters answered as planned by a date, of all matters: answers to single "
            "suggestions in the latest released "
            "replies."
        ),
        MATTER,
        record_sets.matters_planned,
        record_sets.matters,
        _("matters answered"),
        MATTERS_BY,
    ),
    Indicator(
        "proposals.not_adopted_rate",
        _("Rate of matters not adopted"),
        PERCENT,
        _(
            "Matters answered as not adopted, of all matters: answers to single suggestions "
            "in the latest released "
            "replies."
        ),
        MATTER,
        record_sets.matters_not_adopted,
        record_sets.matters,
        _("matters answered"),
        MATTERS_BY,
    ),
    Indicator(
        "proposals.promises_kept_rate",
        _("Rate of promises kept"),
        PERCENT,
        _(
            "Promises confirmed as kept, of those made in reply to proposals of the "
            "period whose day has passed or that "
            "were settled before it. One replaced by a later promise does not count."
        ),
        PROMISE,
        record_sets.promises_kept,
        record_sets.promises_due,
        _("promises due"),
        (unit("unit"),),
    ),
]

declare([*COUNTS, *RATES])
