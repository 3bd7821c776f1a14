"""The evaluator's seat: their rounds, the subjects in them, and one subject's lines to score (EVL-11).

Nobody sees the seat of another: an evaluator's desk ends at the rounds that name their account.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linzhan.accounts.api import SYNC
from linzhan.kernel.access import needs
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.cells import CLEAR, MISSING
from linzhan.office import parts
from linzhan.office.evaluation import showing
from linzhan.office.evaluation.drawn import ways
from linzhan.office.evaluation.seats import own_seats, seat_of, subject_of
from linzhan.office.requests import holds
from linzhan.quality.api import (
    EDIT_SCORES,
    SCORES,
    EvaluationScore,
    Evidence,
    Line,
    RoundEvaluator,
    RoundSubject,
    Rule,
    Scheme,
    conflicts,
    evidence_of,
    files_drawn,
    given_by,
    lines_of_side,
    rule_words,
    scheme_of_round,
    settles,
    subjects_of,
    targeted,
)

FILLED: Final = ("points", "value", "sample", "population", "met", "absent", "reason")
NUMBERS: Final = ("points", "value", "sample", "population")
ELSEWHERE: Final = "您打开这一页之后，这一项在别处（平板或另一个窗口）改过，没有覆盖。那边是：%s。请核对，再保存一次就以这里的为准"


def _offline(request: HttpRequest) -> tuple[parts.Action, ...]:
    """The way to score where there is no network."""
    return (
        (parts.Action(label=_("在平板上离线评分"), url=reverse("field:shell")),)
        if holds(request, SYNC)
        else ()
    )


@needs(EDIT_SCORES)
@require_safe
def seats(request: HttpRequest) -> HttpResponse:
    """The rounds in which the reader scores now."""
    found = own_seats(request)
    context = {
        "head": parts.PageHead(
            name=_("我的评分"),
            lead=_("只列出您被选派、正在评分的轮次。平台已有的数据已经取好，您只评其余的。"),
            actions=_offline(request),
        ),
        "table": parts.Table(
            caption=_("我的评分"),
            columns=[
                parts.TableColumn(key="round", label=_("轮次"), lead=True),
                parts.TableColumn(key="side", label=_("评价方")),
                parts.TableColumn(key="due", label=_("评分截止"), kind="date"),
            ],
            rows=[
                parts.TableRow(
                    id=str(each.pk),
                    url=reverse("office:seat", args=[each.pk]),
                    cells={"round": each.round.name, "side": each.side, "due": each.round.scoring_due},
                )
                for each in found
            ],
            empty=parts.Empty(
                title=_("现在没有要您评的轮次"),
                body=_("组织评估的部门把您的账号写进“评估人员”、轮次进入评分阶段后，这里会列出。"),
            ),
        ),
    }
    return render(request, "office/evaluation/list.html", context)


@needs(EDIT_SCORES)
@require_safe
def seat(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """The subjects of a round with how much of each is scored, and whom to keep away from."""
    own = seat_of(request, seat_id)
    held = own.round
    subjects = list(subjects_of(held))
    away = conflicts(held, [own], subjects).get(own.pk, {})
    lines = lines_of_side(scheme_of_round(held), held.left_out, own.side)
    done: dict[UUID, int] = {}
    for score in given_by(own):
        done[score.subject_id] = done.get(score.subject_id, 0) + (score.line in lines)
    context = {
        "head": parts.PageHead(
            name=held.name,
            place=_("我的评分 · %s") % own.side,
            place_url=reverse("office:seats"),
            facts=[
                parts.Fact(_("评估期"), held.period, kind="period"),
                parts.Fact(_("评分截止"), held.scoring_due, kind="date"),
            ],
        ),
        "table": parts.Table(
            caption=_("评估对象"),
            columns=[
                parts.TableColumn(key="number", label=_("序号")),
                parts.TableColumn(key="name", label=_("评估对象"), lead=True),
                parts.TableColumn(key="done", label=_("已评")),
            ],
            rows=[
                parts.TableRow(
                    id=str(each.pk),
                    url="" if each.pk in away else reverse("office:seat-score", args=[own.pk, each.pk]),
                    cells={
                        "number": each.code,
                        "name": str(each),
                        "done": parts.Status(_("回避：%s") % away[each.pk], "off")
                        if each.pk in away
                        else parts.Meter(
                            value=done.get(each.pk, 0),
                            full=len(lines),
                            text=f"{done.get(each.pk, 0)} / {len(lines)}",
                        ),
                    },
                )
                for each in subjects
            ],
        ),
    }
    return render(request, "office/evaluation/list.html", context)


@needs(EDIT_SCORES)
@never_cache
def score(request: HttpRequest, seat_id: UUID, subject_id: UUID) -> HttpResponse:
    """One subject: what the platform found already, the files to read, and a form for each line of one's side."""
    own = seat_of(request, seat_id)
    subject = subject_of(own, subject_id)
    scheme, evidence = scheme_of_round(own.round), evidence_of(subject)
    lines = lines_of_side(scheme, own.round.left_out, own.side)
    unknown = {
        code: line
        for code, line in scheme.lines.items()
        if line.by_platform and code not in own.round.left_out and not settles(line, evidence.get(code))
    }
    asked = {**lines, **unknown}
    faults: Mapping[str, list[str]] = {}
    if request.method == "POST":
        number, faults = _saved(request, own, subject, asked)
        if not faults:
            if number:
                messages.success(request, _("评分已保存，共 %d 项") % number)
            else:
                messages.info(request, _("没有改动"))
            return HttpResponseRedirect(request.path)
    given = {each.line: each for each in given_by(own, [subject.pk])}
    papers = files_drawn(subject)
    context = {
        "head": parts.PageHead(
            name=str(subject),
            place=own.round.name,
            place_url=reverse("office:seat", args=[own.pk]),
            lead=_("没有依据的不打分；看了什么、为什么给这个分，都要写下来。请勿写服务对象姓名。"),
            facts=[parts.Fact(_("自评说明"), subject.statement, long=True)],
        ),
        "known": _known_table(scheme, subject, evidence),
        "lines": [
            {
                "code": code,
                "title": f"{code} {line.name}",
                "full": showing.mark(line.full),
                "rule": rule_words(line),
                "unknown": _asked_words(line, evidence.get(code)) if code in unknown else "",
                "was": _seal(_stored(given.get(code))),
                "faults": faults.get(code, []),
                "files": ways(own, subject, papers.get(code, [])),
                "fields": _fields(code, line, given.get(code), request.POST or None),
            }
            for code, line in asked.items()
        ],
        "back_url": reverse("office:seat", args=[own.pk]),
        "wrong": _unsaved(faults) if faults else None,
    }
    return render(request, "office/evaluation/score.html", context, status=422 if faults else 200)


def _unsaved(faults: Mapping[str, object]) -> parts.Notice:
    text = _("%(lines)s 没有保存，原因写在这一项下面；其余填了的已保存") % {"lines": "、".join(faults)}
    return parts.Notice(text=text, tone="error")


def _asked_words(line: Line, found: Evidence | None) -> str:
    """Why a line that the platform was to count is asked of people."""
    if not targeted(line, found):
        return _("当地没有规定目标值，算不出得分，请说明不适用")
    if found is None or found.value is None:
        return _("平台没有这项数据，请查证后填实测值，或说明不适用")
    return _("平台的样本不足，请查证后填实测值，或说明不适用")


def _known_table(scheme: Scheme, subject: RoundSubject, evidence: Mapping[str, Evidence]) -> parts.Table:
    return parts.Table(
        id="known",
        caption=_("平台已取的数据"),
        columns=[
            parts.TableColumn(key="line", label=_("计分项"), lead=True),
            parts.TableColumn(key="evidence", label=_("依据")),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "line": f"{code} {line.name}",
                    "evidence": showing.evidence_cell(subject, evidence.get(code)),
                }
            )
            for code, line in scheme.lines.items()
            if (found := evidence.get(code)) is not None and found.value is not None
        ],
        empty=parts.Empty(title=_("这个对象没有平台可取的数据")),
        compact=True,
    )


def _fields(code: str, line: Line, given: EvaluationScore | None, posted: Any) -> list[parts.Field]:
    """What a line asks: points, or a number with its sample, or the items that are met."""

    def now(name: str) -> Any:
        if posted is not None:
            key = f"{code}-{name}"
            return posted.getlist(key) if name == "met" else posted.get(key, "")
        value = getattr(given, name, None)
        return "" if value is None else value

    found = []
    if line.rule == Rule.CHECKLIST:
        found.append(
            parts.Field(
                name=f"{code}-met", label=_("符合的内容"), kind="chips", several=True, value=now("met"),
                choices=[(item, item) for item in line.items],
            )
        )  # fmt: skip
    elif line.rule == Rule.EXPERT:
        found.append(
            parts.Field(
                name=f"{code}-points", label=_("得分"), kind="number", value=now("points"), unit=_("分"),
                minimum=0, maximum=line.full,
            )
        )  # fmt: skip
    else:
        found.append(parts.Field(name=f"{code}-value", label=_("实测值"), kind="number", value=now("value")))
    if line.rule == Rule.SURVEY:
        found += [
            parts.Field(name=f"{code}-sample", label=_("样本数"), kind="number", value=now("sample"), unit=_("份")),
            parts.Field(
                name=f"{code}-population", label=_("应答总数"), kind="number", value=now("population"),
                unit=_("人"), help=_("应答的人一共有多少；全部答了的，样本少也算数"), optional=True,
            ),
        ]  # fmt: skip
    found += [
        parts.Field(
            name=f"{code}-absent", label=_("这一项对该对象不适用"), kind="checkbox", value=bool(now("absent"))
        ),
        parts.Field(name=f"{code}-reason", label=_("评分依据"), kind="textarea", value=now("reason"), rows=2),
    ]
    return found


def _saved(
    request: HttpRequest, own: RoundEvaluator, subject: RoundSubject, lines: Mapping[str, Line]
) -> tuple[int, dict[str, list[str]]]:
    """Write the lines that were changed on the page: how many, and what is wrong with which; the good ones are kept.

    A line that was also judged elsewhere since the page was opened (a tablet, another window) is not overwritten:
    its author sees both and saves once more.
    """
    given = {each.line: each for each in given_by(own, [subject.pk])}
    told: dict[str, dict[str, Any]] = {}
    faults: dict[str, list[str]] = {}
    for code in lines:
        if f"{code}-reason" not in request.POST:
            continue  # the page did not ask for it
        mine, stored = _posted(request.POST, code), _stored(given.get(code))
        was, now = request.POST.get(f"{code}-was", ""), _seal(stored)
        if _seal(mine) in (was, now):
            continue  # untouched, or the same as stands
        if was and was != now:
            faults[code] = [_(ELSEWHERE) % _in_words(stored)]
        else:
            told[code] = {name: mine[name] or (CLEAR if stored[name] else MISSING) for name in FILLED}
    rows = [{"subject": subject.pk, "evaluator": own.pk, "line": code, **row} for code, row in told.items()]
    outcome = save([Incoming.of(SCORES, rows)])[0] if rows else None
    for place, code in enumerate(told, start=1):
        if outcome is not None and place in outcome.faults:
            faults[code] = [fault.message for fault in outcome.faults[place]]
    return len(told), faults


def _posted(posted: QueryDict, code: str) -> dict[str, Any]:
    """A judgement as it stands in the form; what is empty is None."""
    found: dict[str, Any] = {}
    for name in FILLED:
        key = f"{code}-{name}"
        if name == "met":
            found[name] = tuple(posted.getlist(key)) or None
        elif name == "absent":
            found[name] = "是" if posted.get(key) else None
        elif name in NUMBERS:
            found[name] = _plain(posted.get(key, "").strip().replace("，", "").replace(",", ""))
        else:
            found[name] = posted.get(key, "").replace("\r\n", "\n").strip() or None
    return found


def _stored(score: EvaluationScore | None) -> dict[str, Any]:
    """A judgement as it is kept, in the forms of :func:`_posted`."""
    if score is None:
        return dict.fromkeys(FILLED)
    numbers = {name: _plain(str(value)) for name in NUMBERS if (value := getattr(score, name)) is not None}
    told = {"met": tuple(score.met) or None, "absent": "是" if score.absent else None}
    return {**dict.fromkeys(FILLED), **numbers, **told, "reason": score.reason or None}


def _plain(text: str) -> str | None:
    """A number in one spelling: 4.50 is 4.5. What is no number is left for the register to refuse."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text or None
    return format(number.normalize(), "f") if number.is_finite() else text


def _seal(judgement: Mapping[str, Any]) -> str:
    text = repr([judgement[name] for name in FILLED])
    return salted_hmac("linzhan.office.score", text).hexdigest()[:16]


def _in_words(judgement: Mapping[str, Any]) -> str:
    return "；".join(
        f"{SCORES.column(name).header}：{'、'.join(value) if isinstance(value, tuple) else value}"
        for name, value in judgement.items()
        if value
    )
