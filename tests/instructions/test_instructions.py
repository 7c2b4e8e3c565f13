"""Instructions as the office keeps them: recorded, put right, taken away."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.opinions.roads import at, instruct
from tests.signing_in import SignedIn
from tests.world import World
from yizheng.core import audit, clock
from yizheng.core.files import attach
from yizheng.core.refusals import StaleState
from yizheng.instructions import services as instructions
from yizheng.instructions.models import Instruction

PDF = b"%PDF-1.4\n%%EOF\n"


def test_an_instruction_put_right_in_one_window_is_not_overwritten_or_taken_away_from_the_other(
    world: World, signed_in: SignedIn
) -> None:
    opened = instruct(world, at(world, "sent"))
    drawn = opened.seen
    instructions.change(
        Instruction.objects.get(), by=world.actor("editor"), words="请财政局研究。", seen=0
    )
    client = signed_in("editor")
    values = {
        "leader": "周县长",
        "level": "county",
        "given_on": clock.today().isoformat(),
        "words": "另写",
    }
    answer = client.post(
        reverse("instructions:change", args=[opened.pk]), {**values, "seen": drawn}
    )
    assert (
        answer.status_code == 422
        and "柏青" in answer.content.decode()
        and "另写" in answer.content.decode()
    )
    assert (
        client.post(reverse("instructions:remove", args=[opened.pk]), {"seen": drawn}).status_code
        == 409
    )
    assert Instruction.objects.get().words == "请财政局研究。"
    entry = audit.history(opened).last()
    assert entry and entry.detail["changed"]["words"] == ["请水务局认真研究。", "请财政局研究。"]
    assert (
        client.post(
            reverse("instructions:remove", args=[opened.pk]),
            {"seen": Instruction.objects.get().seen},
        ).status_code
        == 302
    )
    with pytest.raises(StaleState, match="not there any more"):
        instructions.change(opened, by=world.actor("editor"), words="又写")


def test_the_page_of_the_object_asks_no_more_for_three_with_papers(
    world: World, signed_in: SignedIn, files_apart: Path
) -> None:
    opinion, editor, asked = at(world, "sent"), signed_in("editor"), []
    page = reverse("opinions:detail", args=[opinion.pk])
    for names in (("甲",), ("乙", "丙")):
        for name in names:
            given = instruct(world, opinion, leader=f"{name}县长")
            attach(io.BytesIO(PDF), f"{name}.pdf", to=given, by=world.actor("editor"))
        editor.get(page)
        with CaptureQueriesContext(connection) as made:
            words = editor.get(page).content.decode()
        asked.append(len(made))
    assert asked[0] == asked[1]
    assert [words.count(f"{name}.pdf") for name in "甲乙丙"] == [1, 1, 1]


def test_a_leaders_name_stands_on_the_opinions_page_as_it_was_written(
    world: World, signed_in: SignedIn
) -> None:
    """Escaped once, though it is put together from pieces."""
    opinion = at(world, "sent")
    instruct(world, opinion, leader="王<i>&李")
    page = signed_in("editor").get(reverse("opinions:detail", args=[opinion.pk]))
    words = page.content.decode()
    assert "1 条批示：王&lt;i&gt;&amp;李（" in words
    assert "&amp;lt;" not in words and "王<i>" not in words
