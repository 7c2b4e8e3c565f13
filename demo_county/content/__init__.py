"""What the invented county 云溪县 says and who says it: pure, seeded, without models or clock.

What is said stands in the files of `texts/`; here it is read, chosen and put together.

roster(seed)                      members, office staff, collectives
units(seed)                       the sixty handling units with their people
proposals(seed, {2025: 180, …})   texts, none like another over all years together
twins, refused                    pairs to be merged; papers not to be filed
reply, assisting_opinion          what units answer
process.*                         what is written along the way
"""

from __future__ import annotations

from .exceptions import RefusedText, opinion_note, refused, return_note, twins
from .proposals import ProposalText, SuggestionText, proposals
from .replies import ReplyItemText, ReplyText, assisting_opinion, reply
from .roster import Member, Roster, RosterCollective, Staff, roster
from .units import HandlingUnit, UnitPerson, units

__all__ = [
    "HandlingUnit",
    "Member",
    "ProposalText",
    "RefusedText",
    "ReplyItemText",
    "ReplyText",
    "Roster",
    "RosterCollective",
    "Staff",
    "SuggestionText",
    "UnitPerson",
    "assisting_opinion",
    "opinion_note",
    "proposals",
    "refused",
    "reply",
    "return_note",
    "roster",
    "twins",
    "units",
]
