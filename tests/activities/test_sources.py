"""What leaders write on an outcome, and the units it is transferred to: who records it, who reads
it, who answers.
"""

from __future__ import annotations

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.activities.making import activity_at, outcome
from tests.grounds import standing
from tests.signing_in import SignedIn
from tests.world import World, step, told
from yizheng.activities.flow import OUTCOME
from yizheng.activities.models import Outcome
from yizheng.instructions.models import Instruction
from yizheng.transfers.flow import TRANSFER
from yizheng.transfers.models import Transfer

WORDS = "请财政局研究办理，年底前报结果。"


@standing
def sent(world: World) -> Outcome:
    """A report to the government, on its way."""
    found = outcome(world, activity_at(world, "recorded", days=-1))
    for name, who in (
        ("request_signature", "organiser"),
        ("sign", "secretary"),
        ("send", "organiser"),
    ):
        found = step(world, found, name, who, sent_on=timezone.localdate())
    return found


def _record(client: Client, obj: Outcome) -> int:
    values = {
        "leader": "苏副县长",
        "post": "副县长",
        "level": "county",
        "given_on": timezone.localdate().isoformat(),
        "words": WORDS,
    }
    return client.post(reverse("instructions:record", args=["outcome", obj.pk]), values).status_code


def test_the_office_records_it_and_whoever_took_part_reads_it(
    world: World, signed_in: SignedIn, sent: Outcome
) -> None:
    assert {who: _record(signed_in(who), sent) for who in ("member", "officer", "secretary")} == {
        "member": 403,
        "officer": 403,
        "secretary": 403,
    }
    assert _record(signed_in("organiser"), sent) == 302
    assert Instruction.objects.get().source == sent
    page = reverse("activities:outcome", args=[sent.pk])
    assert WORDS in signed_in("member").get(page).content.decode()
    assert WORDS in signed_in("organiser").get(reverse("instructions:list")).content.decode()
    assert signed_in("third").get(page).status_code == 403


def test_nothing_is_written_on_what_was_not_sent(world: World, signed_in: SignedIn) -> None:
    draft = outcome(world, activity_at(world, "recorded", days=-1))
    assert _record(signed_in("organiser"), draft) == 403
    assert not Instruction.objects.exists()


def test_a_unit_to_which_it_is_transferred_reads_and_answers_it(
    world: World, signed_in: SignedIn, sent: Outcome
) -> None:
    _record(signed_in("organiser"), sent)
    unit, page = world.units["财政局"], reverse("activities:outcome", args=[sent.pk])
    assert signed_in("assisting_officer").get(page).status_code == 403
    begin = reverse("transfers:begin", args=["outcome", sent.pk])
    asked = {"units": [unit.pk], "words": "请按批示办理", "until": timezone.localdate().isoformat()}
    answer = signed_in("organiser").post(
        begin, {**asked, "instruction": Instruction.objects.get().pk}
    )
    assert answer.status_code == 302, answer.content.decode()[:2000]
    given = Transfer.objects.get()
    assert (given.unit, given.source) == (unit, sent)
    assert signed_in("assisting_officer").get(page).status_code == 200
    assert (
        signed_in("assisting_officer")
        .get(reverse("activities:detail", args=[sent.activity_id]))
        .status_code
        == 200
    )
    assert TRANSFER.waiting_for(world.actor("assisting_officer")) and told(
        world, "assisting_officer"
    )
    assert {
        who
        for who in world.accounts
        if Transfer.objects.filter(TRANSFER.waiting_for(world.actor(who))).exists()
    } == {"assisting_officer", "assisting_leader"}
    seen = {who for who in world.accounts if OUTCOME.visible_to(world.actor(who)).exists()}
    assert seen == {
        "organiser",
        "secretary",
        "chairperson",
        "member",
        "cosigner",
        "assisting_officer",
        "assisting_leader",
    }
