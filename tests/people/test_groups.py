"""Groups: members and the three who answer for each."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from tests.signing_in import SignedIn
from tests.world import World
from yizheng.people.models import Group


def test_a_group_shows_its_members_and_who_is_not_named(world: World, signed_in: SignedIn) -> None:
    group, member = Group.objects.get(), world.members["member"]
    member.group = group
    member.save()
    clerk = signed_in("clerk")
    data = {
        "name": group.name,
        "convener": member.pk,
        "branch_secretary": world.members["cosigner"].pk,
        "deputy_secretary": "",
    }
    assert clerk.post(f"/organisation/groups/{group.pk}/", data).status_code == 302
    page = signed_in("third").get(f"/groups/{group.pk}/").content.decode()
    assert "沈禾" in page and "许茉" in page and "尚未明确：联系副秘书长" in page
    assert "有 1 个小组" in clerk.get("/groups/").content.decode()
    assert (
        clerk.post(
            f"/organisation/groups/{group.pk}/", {**data, "deputy_secretary": member.person_id}
        ).status_code
        == 302
    )
    assert "有 1 个小组" not in clerk.get("/groups/").content.decode()


def test_groups_and_their_members_in_excel(world: World, signed_in: SignedIn) -> None:
    group, member = Group.objects.get(), world.members["member"]
    member.group, group.convener = group, member
    member.save()
    group.save()
    sheets = load_workbook(io.BytesIO(signed_in("clerk").get("/groups/export/").content))
    groups, members = (list(sheet.iter_rows(values_only=True)) for sheet in sheets)
    assert groups == [
        ("小组", "委员", "召集人", "党支部书记", "联系副秘书长"),
        ("第一小组", 1, "沈禾", None, None),
    ]
    assert members == [("小组", "姓名", "界别", "党派"), ("第一小组", "沈禾", "农业", "民盟")]
