"""The folder of a case: every paper, what is missing, who took it out; read again by other programs (DOC-13, SVC-24)."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from PIL import Image

from linzhan.casework.api.cases import CASE_FILES
from linzhan.casework.cases.folder import as_pdf, as_zip, folder_of, note_export
from linzhan.casework.cases.papers import PAPERS, Whole, states
from linzhan.kernel.audit import RevealEntry
from linzhan.kernel.files.receiving import take_piece
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, opened
from linzhan.kernel.sync.declaring import Reader
from tests.factories.cases import WHOLE, case_file, goal, session
from tests.factories.casework import resident
from tests.factories.network import station
from tests.factories.places import TUOYUAN, ZHONGFANG
from tests.factories.workforce import identity_number, worker
from tests.papers import pages_of

COUNTS = {"goals": 1, "sessions": 3, "approvals": 1}
FULL: dict[str, Any] = {
    **WHOLE,
    "resident": "甲",
    "worker": "乙",
    "opened_on": "2022-01-05",
    "receiver": "医院",
    "referral_consented_on": "2022-01-05",
    "receipt_on": "2022-01-05",
}
LEE = Actor(id=str(uuid4()), label="李科员(lee)", origin="测试")


def told(row: dict[str, Any], been: set[str], counts: dict[str, int] = COUNTS, *steps: str) -> dict[str, str]:
    return {state.paper.key: str(state.whole) for state in states(row, counts, been, steps)}


def test_a_closed_case_with_everything_is_whole_but_for_what_it_did_not_need() -> None:
    found = told(FULL, {"接案", "结案"})
    assert found.pop("referral") == "不需要"
    assert set(found.values()) == {"完整"}


def test_what_is_not_due_yet_is_not_missing() -> None:
    found = told({"resident": "甲", "worker": "乙"}, {"草稿"}, {})
    assert set(found.values()) == {"未到阶段", "不需要"}


@pytest.mark.parametrize("paper", [each for each in PAPERS if each.columns], ids=lambda each: each.key)
def test_each_empty_column_of_a_due_paper_is_named(paper: Any) -> None:
    for column in paper.columns:
        (state,) = [
            each
            for each in states({**FULL, column: ""}, COUNTS, {"结案", "转介"}, ())
            if each.paper.key == paper.key
        ]
        assert (state.whole, state.lacks) == (Whole.LACKING, (column,))


def test_a_case_closed_by_referral_owes_no_evaluation() -> None:
    found = told(
        {**FULL, "report": "", "satisfaction": None}, {"接案", "转介", "结案"}, COUNTS, "close_referred"
    )
    assert (found["referral"], found["evaluation"], found["closing"]) == ("完整", "未到阶段", "未到阶段")


@pytest.fixture
def case(hunan: None) -> UUID:
    at, identity = station(TUOYUAN), identity_number()
    led_by = worker(identity_number=identity, station=at.code, name="宋浩全")
    made = case_file(at, led_by, resident(at, name="佘桂莲"), stage="预估", code="GA-1", **WHOLE)
    goal(made, goal="每周出门三次", level=1)
    session(made, at, identity, process="#panic() 谈了睡眠")
    with opened(EVERYTHING, Actor(id=str(uuid4()), label="宋浩全")):
        take(CASE_FILES, made, "plan", {})
    with opened(EVERYTHING, LEE):
        take(CASE_FILES, made, "approve_plan", {"note": "目标清楚，同意"})
    return made


def photo(case: UUID) -> None:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(kept, "JPEG")
    reader = Reader(
        user_id=UUID(LEE.id),
        role="station_worker",
        rights=frozenset(),
        region_code=TUOYUAN,
        now=timezone.now(),
    )
    take_piece(
        uuid4(), kept.getvalue(), offset=0, total=len(kept.getvalue()), kind="photo", register="case-files",
        row_id=case, name="../门口.jpg", purpose="", reader=reader,
    )  # fmt: skip


@pytest.mark.django_db
def test_the_folder_holds_every_paper_in_order_and_who_took_it(case: UUID) -> None:
    with opened(EVERYTHING, LEE):
        pages = pages_of(as_pdf(folder_of(case), timezone.now()))
    text = "".join(pages)
    assert "目录与完整性" in pages[0]
    rest = "".join(pages[1:])
    places = [rest.index(each.title) for each in PAPERS if each.key != "referral"]
    assert places == sorted(places)
    assert "转介单" not in rest
    for wanted in (
        "佘桂莲",
        "宋浩全",
        "接案登记表",
        "知情同意书",
        "预估表",
        "服务计划",
        "过程记录",
        "督导意见",
        "目标清楚，同意",
    ):
        assert wanted in text, wanted
    assert "#panic() 谈了睡眠" in text
    assert "超过预期" in text
    assert all("李科员(lee)" in page.splitlines()[0] for page in pages)


@pytest.mark.django_db
def test_the_zip_holds_each_paper_and_the_attachments(case: UUID) -> None:
    with opened(EVERYTHING, LEE):
        photo(case)
        folder = folder_of(case)
        stream = as_zip(folder, timezone.now())
    with zipfile.ZipFile(io.BytesIO(b"".join(stream))) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert names[:3] == ["00-目录.pdf", "01-接案登记表.pdf", "02-知情同意书.pdf"]
        assert names[-1] == "附件/01-门口.jpg"
        assert all(archive.read(name).startswith(b"%PDF") for name in names if name.endswith(".pdf"))
        assert Image.open(io.BytesIO(archive.read(names[-1]))).size == (40, 30)


@pytest.mark.django_db
def test_taking_a_folder_out_is_on_record(case: UUID) -> None:
    with opened(EVERYTHING, LEE):
        note_export(folder_of(case), reason="归档")
        (entry,) = RevealEntry.objects.filter(row_id=case)
    assert (entry.field, entry.reason, entry.actor_label, entry.region_code) == (
        "卷宗",
        "归档",
        "李科员(lee)",
        TUOYUAN,
    )


@pytest.mark.django_db
def test_a_folder_out_of_the_scope_is_none(case: UUID) -> None:
    with opened(Scope(regions=(ZHONGFANG,)), LEE), pytest.raises(LookupError):
        folder_of(case)
