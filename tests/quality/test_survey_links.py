"""Personal links of a survey: the code, the one row that it opens, and that nothing says who answered (EVL-22)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from linzhan.casework.api import Resident
from linzhan.kernel import secrecy
from linzhan.kernel.models import AuditEntry
from linzhan.kernel.scope import EVERYTHING, Scope, opened
from linzhan.kernel.steps import StepRefused
from linzhan.quality.models import SatisfactionSurvey, SurveyAnswer, SurveyDraw, SurveyResult
from linzhan.quality.surveys.enums import Channel, DrawState, Standing
from linzhan.quality.surveys.links import (
    ALPHABET,
    LETTERS,
    answer_by_link,
    code_of,
    door_of,
    invited_by,
    issue_links,
    read_code,
    refuse_by_link,
    to_be_linked,
)
from linzhan.quality.surveys.selectors import channels_of, progress_of
from linzhan.quality.surveys.services import answer, not_answered
from tests.factories.places import TUOYUAN
from tests.factories.quality import ANN
from tests.factories.surveys import GOOD, draws, on, served, survey


@pytest.fixture
def another_secret() -> Iterator[None]:
    """As if the database had been carried to another instance."""
    before = secrecy.ring()
    secrecy.use(secrecy.KeyRing(secrets.token_urlsafe(48)))
    yield
    secrecy.use(before)


@given(st.uuids())
def test_a_code_has_eighty_bits_and_is_read_however_it_is_typed(draw: UUID) -> None:
    code = code_of(draw)
    assert len(code) * 5 >= 80
    assert code == code_of(draw)
    typed = f" {code[:4]}-{code[4:].upper()} ".replace("0", "O").replace("1", "l")
    assert read_code(typed) == code


def test_what_is_no_code_is_not_looked_up() -> None:
    assert [read_code(text) for text in ("", "1", "u" * LETTERS, "0" * (LETTERS + 1), "\x00" * LETTERS)] == [
        ""
    ] * 5
    assert len(set(ALPHABET)) == 32


def test_codes_follow_from_the_secret_of_the_instance(another_secret: None) -> None:
    draw = UUID(int=7)
    here = code_of(draw), door_of("0" * LETTERS)
    secrecy.use(secrecy.KeyRing(secrets.token_urlsafe(48)))
    assert code_of(draw) != here[0]
    assert door_of("0" * LETTERS) != here[1]


@pytest.mark.django_db
@pytest.mark.usefixtures("hunan")
class TestLinks:
    def opened_survey(self) -> SatisfactionSurvey:
        served(TUOYUAN, 6, "1号站")
        return on(survey(), "draw")

    def codes(self, held: SatisfactionSurvey) -> list[str]:
        return [each.code for each in issue_links(held, list(to_be_linked(held)))]

    def test_a_link_opens_only_after_it_was_handed_out(self) -> None:
        held = self.opened_survey()
        first = draws(held)[0]
        assert invited_by(code_of(first.pk)) is None
        codes = self.codes(held)
        assert len(set(codes)) == 6
        assert self.codes(held) == codes
        found = invited_by(codes[0].upper())
        assert found is not None
        assert (found.drawn.pk, found.survey, found.station, found.standing) == (
            first.pk, held, "1号站", Standing.ASKED,
        )  # fmt: skip
        kept = {str(value) for value in SurveyDraw.objects.filter(pk=first.pk).values().get().values()}
        assert codes[0] not in kept

    def test_a_code_sees_one_row_at_both_walls(self) -> None:
        """As the database sees it: the draw of the code, and of nobody else anything."""
        held = self.opened_survey()
        codes = self.codes(held)
        answer(draws(held)[5], Channel.PAPER, GOOD)
        with opened(Scope(people=(str(door_of(codes[0])),))):
            assert [each.number for each in SurveyDraw.objects.all()] == [1]
            assert not Resident.objects.exists()
            assert not SatisfactionSurvey.objects.exists()
            with connection.cursor() as cursor:
                cursor.execute("SELECT number FROM quality_surveydraw")
                assert cursor.fetchall() == [(1,)]
                cursor.execute("SELECT count(*) FROM quality_surveyanswer")
                assert cursor.fetchone() == (0,)
        with opened(Scope()):
            assert not SurveyDraw.objects.exists()
            found = invited_by(codes[1])
            assert found is not None
            answer_by_link(found, GOOD)
            assert not SurveyAnswer.objects.exists()

    def test_an_answer_by_link_does_not_say_who_gave_it(self) -> None:
        held = self.opened_survey()
        found = invited_by(self.codes(held)[0])
        assert found is not None
        with opened(EVERYTHING, ANN):
            answer_by_link(found, GOOD)
        paper = SurveyAnswer.objects.get()
        assert (paper.channel, paper.phone_mark, paper.pk.version) == (Channel.LINK, "", 4)
        assert timezone.localtime(paper.answered_at).strftime("%H:%M:%S.%f") == "00:00:00.000000"
        kept = {str(value) for value in SurveyAnswer.objects.values().get().values()}
        drawn = SurveyDraw.objects.get(pk=found.drawn.pk)
        assert not kept & {
            str(drawn.pk),
            str(drawn.resident_id),
            drawn.resident_code,
            drawn.mark,
            str(drawn.door),
        }
        assert not AuditEntry.objects.filter(table_name="quality_surveyanswer").exists()
        last = AuditEntry.objects.filter(row_id=str(drawn.pk)).latest("id")
        assert (last.actor_label, last.origin, last.actor or "") == ("应访者", "链接", "")

    def test_each_link_answers_once_and_while_the_survey_is_open(self) -> None:
        held = self.opened_survey()
        codes = self.codes(held)
        for code in codes[:5]:
            found = invited_by(code)
            assert found is not None
            with pytest.raises(StepRefused, match="1 到 5"):
                answer_by_link(found, ("9", "", "", ""))
            answer_by_link(found, GOOD)
            with pytest.raises(StepRefused, match="已经答过"):
                answer_by_link(found, GOOD)
        again = invited_by(codes[0])
        assert again is not None
        assert again.standing == Standing.ANSWERED
        on(held, "close")
        late = invited_by(codes[5])
        assert late is not None
        assert late.standing == Standing.OVER
        with pytest.raises(StepRefused, match="不能再录入"):
            answer_by_link(late, GOOD)
        with pytest.raises(StepRefused, match="调查中才能印发"):
            issue_links(held, draws(held))
        assert SurveyAnswer.objects.count() == 5
        whole = SurveyResult.objects.get(survey=held, about="全部")
        assert (whole.drawn, whole.answered, whole.mean) == (6, 5, Decimal("90.00"))

    def test_whoever_declined_may_still_answer_and_gets_no_link_unasked(self) -> None:
        held = self.opened_survey()
        codes = self.codes(held)
        first, second, third, *_rest = draws(held)
        found = invited_by(codes[0])
        assert found is not None
        refuse_by_link(found)
        not_answered(second, DrawState.MISSED, Channel.PHONE)
        answer(third, Channel.PHONE, GOOD)
        assert [each.number for each in to_be_linked(held)] == [2, 4, 5, 6]
        assert [each.number for each in to_be_linked(held, 3, 5)] == [4, 5]
        assert progress_of(held) == {"待访问": 3, "已答": 1, "谢绝": 1, "联系不上": 1}
        back = invited_by(codes[0])
        assert back is not None
        assert back.standing == Standing.REFUSED
        answer_by_link(back, GOOD)
        assert channels_of(held) == {"纸质": 0, "电话": 1, "链接": 1}
        first.refresh_from_db()
        assert (first.state, first.channel) == (DrawState.ANSWERED, Channel.LINK)
