"""Instructions as the office keeps them: recorded, put right, taken away."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.opinions.roads import at, instruct
from tests.signing_in import SignedIn
from tests.world import World
from yizheng.core import audit, clock
from yizheng.core.refusals import StaleState
from yizheng.instructions import services as instructions
from yizheng.instructions.models import Instruction


def test_an_instruction_put_right_in_one_window_is_not_overwritten_or_taken_away_from_the_other(
    world: World, signed_in: SignedIn
) -> None:
    opened = instruct(world, at(world, "sent"))
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
    answer = client.post(reverse("instructions:change", args=[opened.pk]), {**values, "seen": 0})
    assert (
        answer.status_code == 422
        and "柏青" in answer.content.decode()
        and "另写" in answer.content.decode()
    )
    assert (
        client.post(reverse("instructions:remove", args=[opened.pk]), {"seen": 0}).status_code
        == 409
    )
    assert Instruction.objects.get().words == "请财政局研究。"
    entry = audit.history(opened).last()
    assert entry and entry.detail["changed"]["words"] == ["请水务局认真研究。", "请财政局研究。"]
    assert (
        client.post(reverse("instructions:remove", args=[opened.pk]), {"seen": 1}).status_code
        == 302
    )
    with pytest.raises(StaleState, match="not there any more"):
        instructions.change(opened, by=world.actor("editor"), words="又写")
