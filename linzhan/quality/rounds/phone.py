"""What a tablet holds of the rounds in which its reader scores, and how it sends a score (EVL-11, NFR-08).

One's own seats in rounds that are being scored, and what the desk shows there: whoever must keep away from a
subject gets no more of it than its name and why. A round that goes on, or a seat that is withdrawn, leaves the
device at the next contact. A score is written through its register, so that what the desk refuses is refused here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from linzhan.accounts.api import account
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.told import WrongType, given
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.cells import MISSING
from linzhan.kernel.sync.amending import Refused, normal_of, stored, writable, write
from linzhan.kernel.sync.declaring import Command, Reader, Result, command_kind, feed
from linzhan.kernel.sync.merging import Normal, normal
from linzhan.kernel.sync.models import CommandState
from linzhan.quality.models import (
    EvaluationRound,
    EvaluationScore,
    Evidence,
    RoundEvaluator,
    RoundFile,
    RoundSubject,
)
from linzhan.quality.rights import EDIT_SCORES
from linzhan.quality.rounds.computing import scheme_of, settles
from linzhan.quality.rounds.conflicts import conflicts
from linzhan.quality.rounds.enums import RoundStage
from linzhan.quality.rounds.keeping import stage_fault
from linzhan.quality.rounds.rules import lines_of_side
from linzhan.quality.rounds.selectors import given_by, seats_of, subjects_of
from linzhan.quality.rounds.sheets import SCORES
from linzhan.quality.schemes.definition import Line
from linzhan.quality.schemes.wording import amount, basis_words, figure_words, found_words, rule_words

GIVEN: Final = ("points", "value", "sample", "population", "met", "absent", "reason")
"""The columns of a judgement: they belong together, a number with its reason."""
WITHDRAWN: Final = "您在这一轮的席位已经取消，这一项没有收下；内容还保留着，请联系组织评估的部门"
UNREADABLE: Final = "提交的内容不完整，请打开这一项重新保存"
ELSEWHERE: Final = "这一项在别处已经评过，没有覆盖，请打开核对后再保存一次：%s"
Known = Mapping[UUID, Mapping[str, str]]


def _seats(reader: Reader) -> list[RoundEvaluator]:
    if EDIT_SCORES not in reader.rights:
        return []
    return list(seats_of(_username(reader)))


def _username(reader: Reader) -> str:
    user = account(user_id=reader.user_id)
    return user.username if user is not None else ""


@feed("seats")
def seats(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """One's seats, each with the lines of its side and those that the platform may turn out not to know."""
    for seat in _seats(reader):
        held, scheme = seat.round, scheme_of(seat.round)
        own = lines_of_side(scheme, held.left_out, seat.side)
        told = _details(seat)
        yield {
            "id": str(seat.pk),
            "round": held.name,
            "period": held.period,
            "side": seat.side,
            "due": held.scoring_due,
            "lines": [
                _line(code, line, told.get(code, {}))
                for code, line in scheme.lines.items()
                if code in own or (line.by_platform and code not in held.left_out)
            ],
        }


def _details(seat: RoundEvaluator) -> dict[str, Mapping[str, Any]]:
    """By line what was asked of the platform: of all subjects of a round the same, so told once."""
    first = subjects_of(seat.round).values("pk")[:1]
    return dict(Evidence.objects.filter(subject__in=first).values_list("line", "details"))


def _line(code: str, line: Line, details: Mapping[str, Any]) -> dict[str, Any]:
    asked = {"figure": figure_words(details), "basis": basis_words(details)} if line.by_platform else {}
    return {
        "code": code,
        "name": line.name,
        "full": amount(line.full),
        "rule": line.rule,
        "words": rule_words(line),
        "items": list(line.items),
        "platform": line.by_platform,
        **asked,
    }


@feed("assessed")
def assessed(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """The subjects of one's rounds: what the platform found, the files to read, what one has given."""
    for seat in _seats(reader):
        subjects = list(subjects_of(seat.round))
        away = conflicts(seat.round, [seat], subjects).get(seat.pk, {})
        open_ones = [each.pk for each in subjects if each.pk not in away]
        known, files, scores = _known(seat.round, open_ones), _files(open_ones), _given(seat, open_ones)
        for each in subjects:
            row = {
                "id": f"{seat.pk}:{each.pk}",
                "seat": str(seat.pk),
                "subject": str(each.pk),
                "code": each.code,
                "name": str(each),
            }
            if each.pk in away:
                yield {**row, "away": away[each.pk]}
                continue
            yield {
                **row,
                "statement": each.statement,
                "known": known.get(each.pk, {}),
                "files": files.get(each.pk, {}),
                "given": scores.get(each.pk, {}),
            }


def _known(held: EvaluationRound, subjects: Iterable[UUID]) -> Known:
    """The frozen numbers that settle a line, in words, by subject and line; the other lines are asked of people."""
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    lines = scheme_of(held).lines
    for each in Evidence.objects.filter(subject__in=list(subjects), value__isnull=False):
        if each.line in lines and settles(lines[each.line], each):
            found[each.subject_id][each.line] = found_words(each.value)
    return found


def _files(subjects: Iterable[UUID]) -> Mapping[UUID, Mapping[str, list[str]]]:
    """The numbers of the files that were drawn, in the order of the draw."""
    found: dict[UUID, dict[str, list[str]]] = defaultdict(dict)
    rows = RoundFile.objects.filter(subject__in=list(subjects)).order_by("subject", "line", "place")
    for subject, line, code in rows.values_list("subject_id", "line", "file_code"):
        found[subject].setdefault(line, []).append(code)
    return found


def _given(seat: RoundEvaluator, subjects: Iterable[UUID]) -> Mapping[UUID, Mapping[str, Mapping[str, Any]]]:
    found: dict[UUID, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for score in given_by(seat, subjects):
        found[score.subject_id][score.line] = _told(score)
    return found


def _told(score: EvaluationScore) -> dict[str, Any]:
    """What was given, without what is empty."""
    values = {name: getattr(score, name) for name in GIVEN}
    return {
        name: format(value.normalize(), "f") if isinstance(value, Decimal) else value
        for name, value in values.items()
        if value not in (None, "", [], False)
    }


@command_kind("score")
def score(command: Command, reader: Reader) -> Result:
    """``{seat, subject, line, was, is}``: one line of one subject, as its evaluator judged it.

    ``was`` is what the tablet knew to stand. Where something else stands by now (given at the desk, or on another
    tablet), neither is mixed into the other: its author is shown both and judges once more. Nobody else could
    settle it, for a score is written by the evaluator whose seat it is.
    """
    if EDIT_SCORES not in reader.rights:
        raise Refused(_("您的任职不能在手机上评分"))
    seat, subject, line = _about(command, reader)
    mine = _judgement(command.body.get("is"))
    row = EvaluationScore.objects.filter(evaluator=seat, subject_id=subject, line=line).first()
    if row is None:
        return _first(command, seat, subject, line)
    before = stored(SCORES, row.pk)
    theirs = {name: _plain(normal(before[name])) for name in GIVEN}
    changed = {name: value for name, value in mine.items() if value != theirs[name]}
    if changed and theirs != _judgement(command.body.get("was") or {}):
        return _clash(command, changed, theirs)
    if changed:
        columns = {name: SCORES.column(name) for name in changed}
        write(SCORES, before, {name: writable(columns[name], value) for name, value in changed.items()})
    return Result(command.id, CommandState.DONE, columns=tuple(sorted(changed)))


def _about(command: Command, reader: Reader) -> tuple[RoundEvaluator, UUID, str]:
    """Seat, subject and line; the seat is one's own, and its round is being scored."""
    try:
        seat_id, subject = UUID(str(command.body["seat"])), UUID(str(command.body["subject"]))
        line = str(command.body["line"])
    except (KeyError, ValueError):
        raise Refused(_(UNREADABLE)) from None
    own = RoundEvaluator.objects.filter(pk=seat_id, username=_username(reader)).select_related("round")
    seat = own.first()
    if seat is None:
        raise Refused(_(WITHDRAWN))
    if seat.round.stage != RoundStage.SCORING:
        raise Refused(stage_fault(seat.round))
    if not RoundSubject.objects.filter(pk=subject, round=seat.round_id).exists():
        raise Refused(_("这个对象不在这一轮里，请同步后重新打开"))
    return seat, subject, line


def _judgement(told: Any) -> dict[str, Normal]:
    """All columns of a judgement in their normal forms; what is not stated is empty."""
    if not isinstance(told, Mapping) or not set(told) <= set(GIVEN):
        raise Refused(_(UNREADABLE))
    return {name: _plain(normal_of(SCORES.column(name), told.get(name))) for name in GIVEN}


def _plain(value: Normal) -> Normal:
    """That a line does apply needs no saying."""
    return None if value is False else value


def _first(command: Command, seat: RoundEvaluator, subject: UUID, line: str) -> Result:
    row: dict[str, Any] = {"subject": subject, "evaluator": seat.pk, "line": line}
    try:
        for name, value in command.body["is"].items():
            told = given(SCORES.column(name), value, clears=False)
            if told is not MISSING:
                row[name] = told
    except WrongType as wrong:
        raise Refused(str(wrong)) from None
    faults = save([Incoming.of(SCORES, [row], creating=True)])[0].faults.get(1, [])
    if faults:
        told_faults = [{"column": each.column, "message": each.message} for each in faults]
        raise Refused("；".join(each.line for each in faults), told_faults)
    return Result(command.id, CommandState.DONE, columns=tuple(sorted(GIVEN)))


def _clash(command: Command, mine: Mapping[str, Normal], theirs: Mapping[str, Normal]) -> Result:
    """Both judgements, for their author; what is told again is told in the sentence."""
    was = _judgement(command.body.get("was") or {})
    headers = {name: SCORES.column(name).header for name in mine}
    words = "；".join(
        _("%(column)s现为“%(theirs)s”，这里写的是“%(mine)s”")
        % {"column": headers[name], "theirs": _in_words(theirs[name]), "mine": _in_words(value)}
        for name, value in mine.items()
    )
    return Result(
        command.id,
        CommandState.CONFLICT,
        detail=_(ELSEWHERE) % words,
        conflicts=[
            {"column": headers[name], "was": was[name], "theirs": theirs[name], "mine": value}
            for name, value in mine.items()
        ],
    )


def _in_words(value: Normal) -> str:
    if value is None:
        return _("空")
    if value is True:
        return _("是")
    return "、".join(value) if isinstance(value, tuple) else str(value)
