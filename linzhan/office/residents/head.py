"""One look at the head of a resident's file: in good standing, what is wrong now, who acts next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from linzhan.casework.api import EDIT_RESIDENTS, EDIT_RISK, VIEW_RISK, Risk
from linzhan.casework.api.residents import Expiry, Purpose, crossed, stacked
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import Referred
from linzhan.office import parts
from linzhan.office.registers.extending import FileAsked, HeadMore, RailBox, file_head, file_rail
from linzhan.office.registers.showing import referred_text
from linzhan.office.residents.noted import Noted, noted

SOON = timedelta(days=7)
WATCHED = (Risk.HIGH.value, Risk.KEY.value)


@file_head("residents")
def head(asked: FileAsked) -> HeadMore:
    known = noted(asked)
    troubles = list(_troubles(asked, known)) if known.registered else []
    return HeadMore(troubles=troubles, facts=list(_facts(asked, known)))


def _facts(asked: FileAsked, known: Noted) -> Iterator[parts.Fact]:
    until = [
        f"{known.called(each.category)} {each.expires_on:%Y-%m-%d}"
        for each in known.bases
        if each.expires_on is not None
    ]
    if until:
        yield parts.Fact(_("类别有效期至"), "、".join(until))
    if crossed(asked.row.get("categories") or ()):
        yield parts.Fact(_("困难交叉"), _("涉及多类困难"))
    if stacked(known.policies):
        yield parts.Fact(_("政策叠加"), _("%d 项") % len(set(known.policies)))


def _troubles(asked: FileAsked, known: Noted) -> Iterator[parts.Notice]:
    yield from _consent(asked)
    yield from _expired(asked, known)
    yield from _review(asked, known)
    yield from _without_basis(asked, known)


def new_url(register: str, asked: FileAsked, **given: str) -> str:
    more = "".join(f"&{name}={value}" for name, value in given.items())
    return f"/r/{register}/new/?resident={asked.row['id']}{more}"


def _action(asked: FileAsked, right: str, label: str, url: str) -> parts.Action | None:
    return parts.Action(label=label, url=url) if asked.holds(right) else None


def _consent(asked: FileAsked) -> Iterator[parts.Notice]:
    if asked.row.get("consented_on") is None:
        url = new_url("resident-consents", asked, purpose=Purpose.SERVICE.value)
        yield parts.Notice(
            text=_("还没有建档服务的知情同意"),
            tone="error",
            clause=_("个人信息保护法第十三条、第十四条"),
            action=_action(asked, EDIT_RESIDENTS, _("登记同意"), url),
        )


def _expired(asked: FileAsked, known: Noted) -> Iterator[parts.Notice]:
    for each in known.bases:
        if each.state is Expiry.OPEN:
            continue
        yield parts.Notice(
            text=_("“%(what)s”的认定%(state)s（%(day)s），请核实后延期或终止；类别不会自动去掉")
            % {"what": known.called(each.category), "state": each.state.value, "day": each.expires_on},
            tone="error" if each.state is Expiry.OVER else "warning",
            action=_action(asked, EDIT_RESIDENTS, _("核实"), f"/r/resident-categories/{each.id}/edit/"),
        )


def _review(asked: FileAsked, known: Noted) -> Iterator[parts.Notice]:
    if not asked.holds(VIEW_RISK):
        return
    url, text = new_url("risk-reviews", asked), ""
    if known.review_by is not None and known.review_by < known.today:
        text = _("风险等级应在 %s 前复评，已过期") % known.review_by
    elif known.reviewed_on is None and asked.row.get("risk") in WATCHED:
        text = _("风险等级为“%s”，没有评定记录") % asked.row["risk"]
    if text:
        yield parts.Notice(text=text, tone="warning", action=_action(asked, EDIT_RISK, _("评定"), url))


def _without_basis(asked: FileAsked, known: Noted) -> Iterator[parts.Notice]:
    held = {each.category for each in known.bases}
    lacking = [code for code in asked.row.get("categories") or () if code not in held]
    if lacking:
        names = "、".join(known.called(code) for code in lacking)
        url = new_url("resident-categories", asked, category=lacking[0])
        yield parts.Notice(
            text=_("没有登记认定依据：%s") % names,
            action=_action(asked, EDIT_RESIDENTS, _("登记依据"), url),
        )


@file_rail("residents", order=20)
def rail(asked: FileAsked) -> Iterator[RailBox]:
    known = noted(asked)
    if known.registered:
        duties = sorted(_duties(asked, known), key=lambda duty: str(duty.due))
        yield RailBox(title=_("档案到期"), duties=duties, note="" if duties else _("近期没有到期的事"))
    yield RailBox(title=_("谁负责"), facts=_responsible(asked))


def _duties(asked: FileAsked, known: Noted) -> Iterator[parts.Duty]:
    if known.review_by is not None and asked.holds(VIEW_RISK):
        yield _duty(_("风险复评"), known, known.review_by, new_url("risk-reviews", asked), asked, EDIT_RISK)
    for each in known.bases:
        if each.expires_on is not None:
            title = _("核实%s") % known.called(each.category)
            url = f"/r/resident-categories/{each.id}/edit/"
            yield _duty(title, known, each.expires_on, url, asked, EDIT_RESIDENTS)


def _duty(title: str, known: Noted, due: object, url: str, asked: FileAsked, right: str) -> parts.Duty:
    late, soon = str(due) < str(known.today), str(due) <= str(known.today + SOON)
    return parts.Duty(
        title=title, url=url if asked.holds(right) else "", due=due,
        pressing="late" if late else "soon" if soon else "",
    )  # fmt: skip


def _responsible(asked: FileAsked) -> list[parts.Fact]:
    return [_who(asked, "worker", _("责任社工"), _("还没有")), _who(asked, "station", _("站点"), "")]


def _who(asked: FileAsked, name: str, label: str, nobody: str) -> parts.Fact:
    value = asked.row.get(name)
    if not isinstance(value, Referred):
        return parts.Fact(label, nobody)
    seen = asked.holds(REGISTERS[value.register].view)
    return parts.Fact(label, referred_text(value), url=f"/r/{value.register}/{value.id}/" if seen else "")
