"""What activities have to say on the pages of venues and groups."""

from __future__ import annotations

from tests.activities.making import activity_at
from tests.signing_in import SignedIn
from tests.venues.making import venue
from tests.world import World
from yizheng.people.models import Group


def test_what_is_held_at_a_venue_and_by_a_group_stands_on_their_pages(
    world: World, signed_in: SignedIn
) -> None:
    place, group = venue(world), Group.objects.get()
    activity_at(world, "held", title="石桥微协商", venue=place, group=group)
    office = signed_in("organiser")
    for address in (f"/venues/{place.pk}/", f"/groups/{group.pk}/"):
        page = office.get(address).content.decode()
        assert "石桥微协商" in page and "已开展 1 次" in page
    assert "石桥微协商" not in signed_in("clerk").get(f"/groups/{group.pk}/").content.decode()
