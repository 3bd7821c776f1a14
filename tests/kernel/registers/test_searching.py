"""Rows are found by parts of their names, by characters, pinyin or initials, however many there are."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.names import fold
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.pieces import SearchPiece, followers
from linzhan.kernel.registers.searching import matching, nearest, refresh, words
from linzhan.kernel.scope import EVERYTHING, Scope, scope
from linzhan.linkage.models import Volunteer
from tests.factories import network
from tests.factories.places import HECHENG, HUNAN, ZHONGFANG
from tests.factories.providers import save_provider
from tests.kernel.registers.rows import saved, volunteer

VOLUNTEERS = REGISTERS["volunteers"]


def found(text: str, key: str = "volunteers") -> set[str]:
    """The names that a list shows for ``text``."""
    register = REGISTERS[key]
    rows = register.model._default_manager.filter(matching(register, text))
    assert set(nearest([register], text, limit=100).get(key, [])) == set(rows.values_list("pk", flat=True))
    return set(rows.values_list("name", flat=True))


def pieces(code: str = "V1") -> set[str]:
    identity = Volunteer.objects.get(code=code).pk
    return set(SearchPiece.objects.filter(row_id=identity).values_list("piece", flat=True))


@pytest.mark.parametrize(
    "text",
    [
        "王",
        "建国",
        "王建国",
        "国",
        "wang",
        "jianguo",
        "WangJianGuo",
        "wjg",
        "jg",
        "王 建国",
        "王jianguo",
        "V1",
    ],
)
@pytest.mark.usefixtures("everywhere")
def test_a_person_is_found_by_any_part_of_the_name(text: str) -> None:
    saved("volunteers", volunteer(name="王建国"), volunteer("V2", name="李梅"))
    assert found(text) == {"王建国"}


@pytest.mark.parametrize("text", ["王国", "梅", "angjian", "王 梅", "·", "李jianguo"])
@pytest.mark.usefixtures("everywhere")
def test_what_is_no_part_of_the_name_finds_nobody(text: str) -> None:
    saved("volunteers", volunteer(name="王建国"))
    assert found(text) == set()


@pytest.mark.usefixtures("everywhere")
def test_a_surname_is_found_by_its_own_reading_and_by_the_common_one() -> None:
    saved("volunteers", volunteer(name="单志刚"))
    assert found("shanzhigang") == found("danzhi") == {"单志刚"}


@pytest.mark.usefixtures("everywhere")
def test_who_takes_another_name_is_found_by_the_new_one_only() -> None:
    saved("volunteers", volunteer(name="王建国"))
    saved("volunteers", volunteer(name="赵大海"))
    assert (found("王建国"), found("zhaodahai")) == (set(), {"赵大海"})


@pytest.mark.usefixtures("everywhere")
def test_a_change_of_something_else_writes_no_piece_anew() -> None:
    saved("volunteers", volunteer(name="王建国"))
    before = _versions()
    saved("volunteers", volunteer(name="王建国", skills="书法"))
    assert _versions() == before


def _versions() -> set[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT piece, xmin::text, ctid::text FROM kernel_searchpiece")
        return set(cursor.fetchall())


@pytest.mark.usefixtures("everywhere")
def test_the_pieces_move_with_their_row() -> None:
    saved("volunteers", volunteer(name="王建国"))
    Volunteer.objects.filter(code="V1").update(region_code=ZHONGFANG, station_id=UUID(int=7))
    assert set(SearchPiece.objects.values_list("region_code", "station_id")) == {(ZHONGFANG, UUID(int=7))}


@pytest.mark.usefixtures("everywhere")
def test_nothing_of_an_erased_row_stays_behind() -> None:
    saved("volunteers", volunteer(name="王建国"), volunteer("V2", name="李梅"))
    Volunteer.objects.filter(code="V1").delete()
    assert set(SearchPiece.objects.values_list("row_id", flat=True)) == {Volunteer.objects.get().pk}


@pytest.mark.usefixtures("everywhere")
def test_a_name_that_is_taken_away_past_the_writer_is_no_longer_found() -> None:
    saved("volunteers", volunteer(name="王建国"))
    Volunteer.objects.update(name="某某")
    assert pieces() == set()


@pytest.mark.usefixtures("everywhere")
def test_nobody_is_found_from_where_the_row_is_not_seen() -> None:
    saved("volunteers", volunteer(name="王建国"))
    with scope(Scope(regions=(HECHENG,))):
        assert found("wjg") == {"王建国"}
        assert SearchPiece.objects.exists()
    with scope(Scope(regions=(ZHONGFANG,))):
        assert found("wjg") == found("王建国") == set()
        assert not SearchPiece.objects.exists()


@pytest.mark.usefixtures("everywhere")
def test_the_database_itself_hides_pieces_of_people_elsewhere() -> None:
    saved("volunteers", volunteer(name="王建国"))
    with scope(Scope(regions=(ZHONGFANG,))), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_searchpiece")
        assert cursor.fetchone() == (0,)


@pytest.mark.usefixtures("everywhere")
def test_an_institution_is_found_where_it_is_seen_and_only_there() -> None:
    save_provider(name="和诚社会工作服务中心", region=HECHENG)
    for text in ("和诚", "hechengshehui", "hcsh", "社会 hecheng"):
        assert found(text, "providers") == {"和诚社会工作服务中心"}
    with scope(Scope(regions=(ZHONGFANG,))):
        assert found("和诚", "providers") == set()


@pytest.mark.usefixtures("everywhere")
def test_a_code_is_found_by_its_beginning_and_no_other_part() -> None:
    saved("volunteers", volunteer("ZYZ-0042", name="王建国"))
    assert (found("ZYZ-00"), found("0042")) == ({"王建国"}, set())


@pytest.mark.usefixtures("everywhere")
def test_who_fits_best_stands_first() -> None:
    saved(
        "volunteers",
        volunteer("V1", name="王伟东"),
        volunteer("V2", name="李王伟"),
        volunteer("V3", name="王伟"),
    )
    codes = {each.pk: each.code for each in Volunteer.objects.all()}
    ordered = [codes[identity] for identity in nearest([VOLUNTEERS], "王伟", limit=3)["volunteers"]]
    assert (set(ordered[:2]), ordered[2]) == ({"V2", "V3"}, "V1")


@pytest.mark.usefixtures("everywhere")
def test_the_command_fills_and_mends_the_table_and_then_finds_nothing_to_do() -> None:
    saved("volunteers", volunteer(name="王建国"), volunteer("V2", name="李梅"))
    wanted = set(SearchPiece.objects.values_list("register", "piece", "row_id"))
    SearchPiece.objects.filter(piece__in=["王建国", "limei"]).delete()
    SearchPiece.objects.create(register="volunteers", piece="x", region_code=HECHENG, row_id=UUID(int=1))
    assert [refresh(VOLUNTEERS), refresh(VOLUNTEERS)] == [2, 0]
    assert set(SearchPiece.objects.values_list("register", "piece", "row_id")) == wanted


@pytest.mark.usefixtures("everywhere")
def test_a_hundred_rows_ask_no_more_of_the_database_than_one(django_assert_num_queries: object) -> None:
    from django.test.utils import CaptureQueriesContext

    def asked(*codes: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            saved("volunteers", *(volunteer(code, name="王建国") for code in codes))
        return sum("kernel_searchpiece" in each["sql"] for each in captured.captured_queries)

    assert asked("A1") == asked(*(f"B{n}" for n in range(100))) == 1


@given(st.text(max_size=60))
def test_any_text_falls_into_words(text: str) -> None:
    assert all(each for each in words(text))
    assert "".join(words(text)).strip() == "".join(words(text))
    assert fold("".join(words(text))) in fold(text) or len(words(text)) > 1


@pytest.mark.django_db
def test_every_searched_register_is_followed_by_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname LIKE 'linzhan_pieces_%%' GROUP BY 1"
        )
        assert dict(cursor.fetchall()) == dict.fromkeys(followers(), 2)


@pytest.mark.django_db
def test_a_text_that_lists_mask_whole_is_found_by_no_part() -> None:
    from linzhan.kernel.registers.pieces import pieced
    from linzhan.kernel.sheets.columns import Level

    with scope(EVERYTHING):
        assert all(c.level is not Level.L4 for register in REGISTERS for c in pieced(register))
        assert {c.name for c in pieced(REGISTERS["residents"])} == {"name"}


@pytest.mark.usefixtures("everywhere")
def test_what_is_seen_besides_its_place_is_found_from_there() -> None:
    """A norm of the province is everybody's to read; a session is found by the station it was held at."""
    network.save_row(REGISTERS["norms"], name="社工站建设规范", region=HUNAN)
    with scope(Scope(regions=(ZHONGFANG,))):
        assert found("jianshe", "norms") == {"社工站建设规范"}


def test_personal_pieces_never_stand_open() -> None:
    from linzhan.kernel.registers.pieces import looked_through, pieced, stands_open
    from linzhan.kernel.sheets.columns import Level

    opened = [register for register in REGISTERS if stands_open(register)]
    assert {"providers", "norms"} <= {register.key for register in opened}
    assert not [c for register in opened for c in pieced(register) if c.level is Level.L3]
    assert [c.name for c in looked_through(REGISTERS["supervisions"])] == ["supervisor"]
