"""The roster from Excel: every error by row and column, all or nothing, nobody twice."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from tests.days import today
from tests.signing_in import SignedIn
from tests.world import World
from yizheng.core.refusals import BadInput, NotAllowed
from yizheng.documents.import_pages import ANOTHER
from yizheng.documents.table_files import Table, TableRow
from yizheng.people.imports import import_roster, preview_roster
from yizheng.people.models import Account, Membership, Person, Sector

pytestmark = pytest.mark.usefixtures("files_apart")

HEAD = (
    "姓名",
    "性别",
    "党派",
    "界别",
    "专委会",
    "小组",
    "单位职务",
    "手机",
    "是否常委",
    "届次职务",
)
GOOD = (
    "白芷",
    "女",
    "群众",
    "教育",
    "提案委员会",
    "第一小组",
    "县第二小学教师",
    "19955550000",
    "是",
    "委员",
)


def table(*rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> Table:
    return Table(head, tuple(TableRow(number, row) for number, row in enumerate(rows, start=2)))


def change(row: tuple[object, ...] = GOOD, **values: object) -> tuple[object, ...]:
    keys = (
        "name",
        "sex",
        "party",
        "sector",
        "committee",
        "group",
        "employer",
        "phone",
        "standing",
        "post",
    )
    new = list(row)
    for key, value in values.items():
        new[keys.index(key)] = value
    return tuple(new)


def take(world: World, found: Table, **options: bool):
    return import_roster(found, by=world.actor("clerk"), term=world.session.term, **options)


def test_rows_become_members(world: World) -> None:
    done = take(world, table(GOOD))
    member = Membership.objects.get(person__name="白芷")
    assert (done.added, done.updated) == (1, 0)
    assert (member.sector.name, member.committee.name, member.group.name) == (
        "教育",
        "提案委员会",
        "第一小组",
    )
    assert (member.person.employer, member.person.phone, member.party) == (
        "县第二小学教师",
        "19955550000",
        "群众",
    )
    assert member.is_standing and member.post == "", "委员 is no post"
    assert member.since == today(), "the term has begun"


def test_standing_may_stand_in_the_column_of_posts(world: World) -> None:
    take(world, table(change(standing="", post="常务委员")))
    assert Membership.objects.get(person__name="白芷").is_standing


def test_every_error_by_row_and_column(world: World) -> None:
    found = preview_roster(
        table(
            change(name="", sector="航天"),
            change(name="石南", phone="123", sex="未知"),
            change(name="桑葚", phone="19955550001", sector="航天"),
            change(name="芡实", phone="19955550001"),
        )
    )
    assert {(error.row, error.title) for error in found.errors} == {
        (2, "姓名"),
        (3, "手机"),
        (3, "性别"),
        (4, "界别"),
        (5, "手机"),
    }


def test_two_of_one_name_need_phones(world: World) -> None:
    found = preview_roster(table(change(phone=""), change(phone="")))
    assert [(error.row, error.title) for error in found.errors] == [(3, "姓名")]
    assert preview_roster(
        table(change(phone="19955550001"), change(phone="19955550002"))
    ).acceptable


def test_one_wrong_row_and_nothing_is_taken(world: World) -> None:
    before = Membership.objects.count()
    with pytest.raises(BadInput) as refused:
        take(world, table(GOOD, change(name="石南", phone="", sector="航天")))
    assert "1 行" in str(refused.value) and "航天" in str(refused.value)
    assert Membership.objects.count() == before
    assert not Person.objects.filter(name="白芷").exists()


def test_missing_sectors_are_made_only_when_asked(world: World) -> None:
    row = change(sector="航天")
    with pytest.raises(BadInput):
        take(world, table(row))
    assert not Sector.objects.filter(name="航天").exists()
    assert take(world, table(row), create_missing=True).created == ["航天"]


def test_known_members_are_updated_not_doubled(world: World) -> None:
    person = world.members["member"].person
    row = ("沈禾", "女", "民盟", "经济", "", "", "县农业技术站高级农艺师", person.phone, "", "")
    done = take(world, table(row))
    assert (done.added, done.updated, done.unchanged) == (0, 1, 0)
    member = Membership.objects.get(person__name="沈禾")
    assert (member.pk, member.sector.name) == (world.members["member"].pk, "经济")
    again = take(world, table(row))
    assert (again.added, again.updated, again.unchanged) == (0, 0, 1)


def test_empty_cell_leaves_what_is_known(world: World) -> None:
    take(world, table(GOOD))
    take(world, table(("白芷", "", "群众", "教育", "", "", "", "19955550000", "", "")))
    member = Membership.objects.get(person__name="白芷")
    assert (member.person.employer, member.is_standing, member.committee.name) == (
        "县第二小学教师",
        True,
        "提案委员会",
    )


def test_namesake_with_another_phone_is_another_person(world: World) -> None:
    done = take(world, table(("沈禾", "男", "群众", "经济", "", "", "", "19955559999", "", "")))
    assert done.added == 1
    assert Person.objects.filter(name="沈禾").count() == 2


def test_accounts_on_wish(world: World) -> None:
    assert take(world, table(GOOD)).opened == []
    done = take(world, table(GOOD, change(name="石南", phone="19955550001")), open_accounts=True)
    assert [opened.account.username for opened, _place in done.opened] == ["白芷", "石南"]
    assert all(opened.account.check_password(opened.password) for opened, _place in done.opened)
    assert take(world, table(GOOD), open_accounts=True).opened == [], (
        "whoever has an account keeps it"
    )


def test_progress_is_told(world: World) -> None:
    told: list[tuple[int, int]] = []
    import_roster(
        table(GOOD, change(name="石南", phone="")),
        by=world.actor("clerk"),
        term=world.session.term,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 2), (2, 2)]


def test_import_is_the_offices(world: World) -> None:
    with pytest.raises(NotAllowed):
        import_roster(table(GOOD), by=world.actor("member"), term=world.session.term)


# In the browser -----------------------------------------------------------------------------------


def excel(*rows: tuple[object, ...], head: tuple[str, ...] = HEAD) -> SimpleUploadedFile:
    book = Workbook()
    for row in (("云溪县政协委员名册",), head, *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("名册.xlsx", content.getvalue())


@pytest.fixture
def clerk(signed_in: SignedIn) -> Client:
    return signed_in("clerk")


def test_the_whole_way(world: World, clerk: Client) -> None:
    """A header below a title line, columns of another order, one too many, a CSV
    would do as well.
    """
    head = ("序号", "手机号码", "姓名", "所属界别", "政治面貌", "工作单位及职务")
    sent = clerk.post(
        "/people/import/",
        {"file": excel((1, 19955550000, "白芷", "航天", "群众", "教师"), head=head)},
    )
    assert sent["Location"] == "/people/import/preview/"
    page = clerk.get("/people/import/preview/").content.decode()
    assert "航天" in page and "按新建重新检查" in page
    assert "序号" in page, "the column that is passed over is named"
    assert "导入 1 名委员" in clerk.get("/people/import/preview/?create_missing=1").content.decode()
    done = clerk.post(
        "/people/import/preview/",
        {
            "term": world.session.term_id,
            "since": "2026-01-05",
            "create_missing": "on",
            "open_accounts": "on",
        },
    )
    assert done["Location"] == "/people/first-passwords/"
    slips = clerk.get("/people/first-passwords/").content.decode()
    password = re.search(r"[a-z]{4}-[a-z]{4}-[2-9]{6}", slips)
    assert password and Account.objects.get(username="白芷").check_password(password[0])
    assert clerk.get("/people/import/preview/")["Location"] == "/people/import/", "the file is gone"


def test_a_form_left_empty_does_not_pass_another_file_off_as_the_one_looked_at(
    world: World, clerk: Client
) -> None:
    head = ("序号", "手机号码", "姓名", "所属界别", "政治面貌", "工作单位及职务")
    clerk.post(
        "/people/import/",
        {"file": excel((1, 19955550000, "白芷", "教育", "群众", "教师"), head=head)},
    )
    looked_at = (
        clerk.get("/people/import/preview/")
        .content.decode()
        .split('name="seen" value="')[1]
        .split('"')[0]
    )
    clerk.post(
        "/people/import/",
        {"file": excel((1, 19955550001, "石南", "教育", "群众", "教师"), head=head)},
    )
    wrong = clerk.post("/people/import/preview/", {"seen": looked_at, "term": "", "since": ""})
    assert wrong.status_code == 422 and str(ANOTHER) in wrong.content.decode()


def test_wrong_rows_come_back_marked(world: World, clerk: Client) -> None:
    clerk.post("/people/import/", {"file": excel(GOOD, change(name="石南", phone="12"))})
    page = clerk.get("/people/import/preview/").content.decode()
    assert "有 1 行需要改正" in page and "12" in page
    assert "导入 1 名委员" not in page
    marked = load_workbook(io.BytesIO(clerk.get("/people/import/errors/").content)).active
    assert "手机" in str([cell.value for cell in marked[4]][-1])


def test_list_of_many_passwords_can_be_saved(world: World, clerk: Client) -> None:
    clerk.post("/people/import/", {"file": excel(GOOD, change(name="石南", phone="19955550001"))})
    clerk.post(
        "/people/import/preview/",
        {"term": world.session.term_id, "since": "2026-01-05", "open_accounts": "on"},
    )
    page = clerk.get("/people/first-passwords/").content.decode()
    assert 'download="初始密码.xlsx"' in page and page.count("<code") == 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "空"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.csv", "甲,乙\n1,2".encode(), "姓名"),
    ],
)
def test_files_that_are_no_roster(
    world: World, clerk: Client, name: str, content: bytes, said: str
) -> None:
    page = clerk.post("/people/import/", {"file": SimpleUploadedFile(name, content)})
    assert page.status_code == 422
    assert said in page.content.decode()


def test_gbk_csv_is_read(world: World, clerk: Client) -> None:
    text = "姓名,党派,界别\n白芷,群众,教育\n".encode("gb18030")
    assert (
        clerk.post("/people/import/", {"file": SimpleUploadedFile("名册.csv", text)}).status_code
        == 302
    )


def test_template_reads_back_as_nobody(world: World, clerk: Client) -> None:
    content = clerk.get("/people/import/template/").content
    page = clerk.post("/people/import/", {"file": SimpleUploadedFile("模板.xlsx", content)})
    assert page.status_code == 302
    assert "没有可导入的行" in clerk.get("/people/import/preview/").content.decode()


@pytest.mark.parametrize("who", ["member", "officer", "administrator"])
def test_pages_of_the_import_are_the_offices(world: World, signed_in: SignedIn, who: str) -> None:
    client = signed_in(who)
    for path in ("", "preview/", "template/", "errors/"):
        assert client.get(f"/people/import/{path}").status_code == 403
