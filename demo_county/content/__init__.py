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

from .exceptions import RefusedText, merge_note, opinion_note, refused, return_note, twins
from .proposals import ProposalText, SuggestionText, proposals
from .replies import ReplyItem, ReplyText, assisting_opinion, reply
from .roster import Collective, Member, Roster, Staff, roster
from .units import Unit, UnitPerson, units

__all__ = [
    "Collective",
    "Member",
    "ProposalText",
    "RefusedText",
    "ReplyItem",
    "ReplyText",
    "Roster",
    "Staff",
    "SuggestionText",
    "Unit",
    "UnitPerson",
    "assisting_opinion",
    "merge_note",
    "opinion_note",
    "proposals",
    "refused",
    "reply",
    "return_note",
    "roster",
    "twins",
    "units",
]
