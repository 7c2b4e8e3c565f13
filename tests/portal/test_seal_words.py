"""What a screen reader says of the seals of each flow."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from django.utils import translation

from yizheng.core.flow import FLOWS
from yizheng.portal.jinja import seal_words


@pytest.mark.parametrize("code", sorted(code for code, flow in FLOWS.items() if flow.seals))
def test_a_seal_is_named_by_what_is_done_and_not_as_done_already(code: str) -> None:
    """「已已核实」 and 「处于已答复环节」 are no Chinese."""
    with translation.override("zh-hans"):
        for now in range(len(FLOWS[code].seals)):
            told = seal_words(
                SimpleNamespace(
                    status="done" if n < now else "now" if n == now else "later", label=label
                )
                for n, (_character, label) in enumerate(FLOWS[code].seals)
            )
            assert re.fullmatch(r"(已[^已、，]+(、已[^已、，]+)*，)?处于[^已]+环节", told), told
