"""Papers put to a draft on its page: seen by other windows, there once, and what they
say they are.
"""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.proposals.pages import PDF, drafted, page
from tests.signing_in import browser_of
from tests.world import World, draft
from yizheng.core.files import attached_to
from yizheng.proposals.models import Proposal


def test_a_paper_that_comes_is_seen_by_other_windows_and_hangs_there_once(world: World) -> None:
    """The same form, sent again after a change, carries its file along; who has not seen the paper
    does not throw it away.
    """
    client, proposal = browser_of(world, "member"), draft(world)
    url, seen = reverse("proposals:edit", args=[proposal.pk]), proposal.version
    assert (
        client.post(
            url, drafted(seen=seen, files=[SimpleUploadedFile("调研.pdf", PDF)])
        ).status_code
        == 302
    )
    proposal.refresh_from_db()
    again = drafted(
        seen=proposal.version, title="换了案由", files=[SimpleUploadedFile("调研.pdf", PDF)]
    )
    assert client.post(url, again).status_code == 302
    assert attached_to(proposal).count() == 1
    assert (
        client.post(reverse("proposals:discard", args=[proposal.pk]), {"seen": seen}).status_code
        == 409
    )
    assert attached_to(proposal).count() == 1


def test_a_paper_alone_makes_the_other_window_stale(world: World) -> None:
    client, proposal = browser_of(world, "member"), draft(world)
    url = reverse("proposals:edit", args=[proposal.pk])
    same = page(client, "proposals:edit", proposal.pk)
    unchanged = drafted(
        title=proposal.title,
        situation=proposal.situation,
        suggestion=[s.text for s in proposal.suggestions.all()],
    )
    assert "调研.pdf" not in same
    client.post(url, {**unchanged, "seen": proposal.version})
    proposal.refresh_from_db()
    seen = proposal.version
    client.post(url, {**unchanged, "seen": seen, "files": [SimpleUploadedFile("调研.pdf", PDF)]})
    proposal.refresh_from_db()
    assert proposal.version > seen
    assert (
        client.post(reverse("proposals:discard", args=[proposal.pk]), {"seen": seen}).status_code
        == 409
    )


def test_a_file_that_lies_about_its_kind_keeps_what_was_typed(world: World) -> None:
    wrong = SimpleUploadedFile("调研.pdf", b"MZ not a pdf")
    response = browser_of(world, "member").post(reverse("proposals:new"), drafted(files=[wrong]))
    shown = response.content.decode()
    assert response.status_code == 422
    assert "城东六个小区" in shown
    assert "延长末班时间" in shown
    assert not Proposal.objects.exists()
