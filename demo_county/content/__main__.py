"""``python -m demo_county.content 12 [seed]`` prints samples for reading."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date

from . import process
from .proposals import ProposalText, proposals
from .replies import assisting_opinion, reply

_YEAR = 2026


def _sample(proposal: ProposalText, seed: int) -> Iterator[str]:
    answer = reply(proposal, seed, date(_YEAR, 5, 20))
    yield f"━━ {proposal.title}"
    assisting, keywords = "、".join(proposal.assisting), "、".join(proposal.keywords)
    yield f"   {proposal.category} · 主办 {proposal.lead} · 会办 {assisting} · {keywords}"
    yield proposal.body
    yield f"── 答复\n{answer.body}"
    opinion = assisting_opinion(proposal, proposal.assisting[0], seed, date(_YEAR, 4, 10))
    yield f"── 会办意见：{opinion}"
    yield from (
        f"── 沟通（第 {each.after} 个工作日，{each.how}）：{each.notes}"
        for each in process.contacts(proposal, seed)
    )
    yield f"── 签发：{process.sign_off(proposal, seed, answer)}"
    yield f"── 评价：{process.comment(proposal, seed, 'basically', answer)}\n"


def main(arguments: list[str]) -> int:
    if not arguments or not all(argument.isdecimal() for argument in arguments[:2]):
        sys.stderr.write("Say how many samples, for example: python -m demo_county.content 12\n")
        return 2
    count, seed = int(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1
    for proposal in proposals(seed, {_YEAR: count}):
        sys.stdout.write("\n".join(_sample(proposal, seed)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
