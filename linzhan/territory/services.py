"""Dated changes of the tree. Each is a decree with a day and a source; nothing is overwritten (NET-14).

A unit that ends keeps its row and its rows keep its code: rates of a past day use the divisions of
that day (``selectors.regions_on``), and ``selectors.extent`` joins a present unit with those it took
over. Villages are loaded before a township or county changes, so that no later load can bring
villages of a unit that has ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel import events, places
from linzhan.kernel.figures.marking import mark_divisions
from linzhan.kernel.registers import moving
from linzhan.territory import loader, rules
from linzhan.territory.enums import ChangeKind, Level
from linzhan.territory.events import RegionsChanged
from linzhan.territory.models import Region, RegionChange, RegionName


@dataclass(frozen=True, slots=True, kw_only=True)
class Decree:
    """On whose word and from which day a change holds; ``recorded_by`` is the account that enters it."""

    on: dt.date
    source: str
    document: str = ""
    recorded_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as a change leaves it: full code and name; ``statistical`` as in :class:`Region`."""

    code: str
    name: str
    statistical: bool = False


@transaction.atomic
def create_region(*, unit: Unit, decree: Decree) -> Region:
    """设立: add a unit that has no predecessor."""
    _check_day(decree)
    made = _add(unit, decree.on)
    _record(ChangeKind.CREATE, decree, [], [made])
    return made


@transaction.atomic
def rename_region(*, code: str, name: str, decree: Decree) -> Region:
    """更名: the old name stays readable as of every earlier day (``selectors.name_on``)."""
    found = _open(code, decree)
    _record_rename(found, name.strip(), decree)
    return found


@transaction.atomic
def merge_regions(*, codes: Sequence[str], into: Unit, decree: Decree) -> Region:
    """合并: ``codes`` end and ``into`` goes on, an existing unit (perhaps one of them) or a new one.

    What lay below the ended units lies below ``into`` from then on.
    """
    if len(set(codes) | {into.code}) < 2:
        raise ValidationError(_("合并至少涉及两个行政区划"))
    loader.ensure_villages(_townships(codes))
    before = [_open(code, decree) for code in dict.fromkeys(codes)]
    _same_level([*(unit.code for unit in before), into.code])
    after = _existing_or_new(into, decree)
    ended = [unit for unit in before if unit.code != after.code]
    for unit in ended:
        _adopt(Region.objects.filter(parent_code=unit.code, valid_to__isnull=True), after)
        _end(unit, decree.on)
    _relocate({unit.code: after.code for unit in ended}, decree)
    _record(ChangeKind.MERGE, decree, before, [after])
    return after


@transaction.atomic
def split_region(
    *, code: str, into: Sequence[Unit], below: Mapping[str, str], decree: Decree, seat: str = ""
) -> list[Region]:
    """分设: ``into`` are the units that come out of ``code``; it goes on if it is one of them.

    ``below`` says under which of them each unit below ``code`` lies from then on; a unit it leaves out
    stays where it is, which is possible only while ``code`` goes on. ``seat`` is the one that takes over
    what stood at ``code`` itself (its station, its residents); needed where something does and ``code`` ends.
    """
    if len({unit.code for unit in into}) < 2:
        raise ValidationError(_("分设至少产生两个行政区划"))
    loader.ensure_villages(_townships([code]))
    old = _open(code, decree)
    _same_level([code, *(unit.code for unit in into)])
    after = {unit.code: _existing_or_new(unit, decree) for unit in into}
    for child, parent in below.items():
        if parent not in after:
            raise ValidationError(_("%(code)s 不是分设后的行政区划") % {"code": parent})
        _adopt(Region.objects.filter(code=child, parent_code=code), after[parent])
    if code not in after:
        _refuse_orphans(old)
        _end(old, decree.on)
        _relocate(_to_seat(old, seat, after), decree)
    _record(ChangeKind.SPLIT, decree, [old], list(after.values()))
    return list(after.values())


@transaction.atomic
def move_region(*, code: str, to: Unit, decree: Decree) -> Region:
    """划转: the unit and all below it go on under new codes, because the parent or the coding changed."""
    loader.ensure_villages(_townships([code]))
    old = _open(code, decree)
    _same_level([code, to.code])
    after = _add(to, decree.on)
    before = [
        old,
        *Region.objects.within(code).filter(valid_to__isnull=True).exclude(code=code).order_by("level"),
    ]
    moved = [after, *(_copy_below(unit, old, after, decree.on) for unit in before[1:])]
    _adopt(
        Region.objects.filter(parent_code=code, valid_to__isnull=True).exclude(
            code__in=[u.code for u in before]
        ),
        after,
    )
    for unit in before:
        _end(unit, decree.on)
    codes = {was.code: now.code for was, now in zip(before, moved, strict=True)}
    _relocate(codes, decree, same_units=True)
    _record(ChangeKind.MOVE, decree, before, moved)
    return after


@transaction.atomic
def abolish_region(*, code: str, decree: Decree) -> None:
    """撤销 without a successor. Units below must have been dealt with before."""
    loader.ensure_villages(_townships([code]))
    old = _open(code, decree)
    _refuse_orphans(old)
    _end(old, decree.on)
    _record(ChangeKind.ABOLISH, decree, [old], [])


def _relocate(codes: Mapping[str, str], decree: Decree, *, same_units: bool = False) -> None:
    try:
        moving.relocate(codes, on=decree.on, same_units=same_units)
    except moving.MoveRefused as error:
        raise ValidationError(str(error)) from error


def _to_seat(old: Region, seat: str, after: Mapping[str, Region]) -> dict[str, str]:
    """Where what stood at a unit that is split up goes; nobody but the decree can know it."""
    if seat:
        if seat not in after:
            raise ValidationError(_("%(code)s 不是分设后的行政区划") % {"code": seat})
        return {old.code: seat}
    standing = moving.standing_at(old.code)
    if standing:
        told = "、".join(f"{name} {count}" for name, count in standing.items())
        raise ValidationError(
            _("%(name)s 还登记有 %(rows)s 条，请指明由分设后的哪个行政区划承接")
            % {"name": old.full_path, "rows": told}
        )
    return {}


def _check_day(decree: Decree) -> None:
    if decree.on > timezone.localdate():
        raise ValidationError(_("生效日期 %(day)s 还没有到") % {"day": decree.on})
    if not decree.source.strip():
        raise ValidationError(_("请写明区划变更的来源"))


def _open(code: str, decree: Decree) -> Region:
    """The unit, locked; refused unless it exists on the day before and has not changed since."""
    _check_day(decree)
    found = Region.objects.select_for_update().filter(code=code).first()
    if found is None:
        raise ValidationError(_("没有代码为 %(code)s 的行政区划") % {"code": code})
    if found.valid_to is not None:
        raise ValidationError(
            _("%(name)s 已于 %(day)s 撤销") % {"name": found.full_path, "day": found.valid_to}
        )
    if found.valid_from is not None and found.valid_from >= decree.on:
        raise ValidationError(
            _("%(name)s 于 %(day)s 才设立，变更须在此之后")
            % {"name": found.full_path, "day": found.valid_from}
        )
    return found


def _townships(codes: Iterable[str]) -> list[str]:
    return [code for code in codes if places.level_of(code) < Level.VILLAGE]


def _same_level(codes: Iterable[str]) -> None:
    if len({places.level_of(places.pad(code)) for code in codes}) != 1:
        raise ValidationError(_("变更前后的行政区划须是同一层级"))


def _existing_or_new(unit: Unit, decree: Decree) -> Region:
    if not Region.objects.filter(code=unit.code).exists():
        return _add(unit, decree.on)
    found = _open(unit.code, decree)
    if unit.name != found.name:
        _record_rename(found, unit.name, decree)
    return found


def _add(unit: Unit, on: dt.date) -> Region:
    if not places.is_code(unit.code) or places.level_of(unit.code) == 0:
        raise ValidationError(_("区划代码须是 12 位数字"))
    if Region.objects.filter(code=unit.code).exists():
        raise ValidationError(_("代码 %(code)s 已经用过，区划代码不重复使用") % {"code": unit.code})
    parent = Region.objects.filter(code=places.parent(unit.code), valid_to__isnull=True).first()
    level = Level(places.level_of(unit.code))
    if parent is None and level is not Level.PROVINCE:
        raise ValidationError(_("%(code)s 的上级行政区划不存在或已撤销") % {"code": unit.code})
    if level is Level.VILLAGE:
        loader.ensure_villages([unit.code])
    made = Region(code=unit.code, level=level, statistical=unit.statistical, valid_from=on)
    _name(made, unit.name, parent)
    made.save(force_insert=True)
    return made


def _name(unit: Region, name: str, parent: Region | None) -> None:
    """Set the name and what follows from it; no two present units of one parent share a name."""
    name = name.strip()
    if not name:
        raise ValidationError(_("请填写行政区划名称"))
    parent_code = parent.code if parent else ""
    twins = Region.objects.filter(parent_code=parent_code, name=name, valid_to__isnull=True)
    if twins.exclude(code=unit.code).exists():
        raise ValidationError(_("同一上级下已有“%(name)s”") % {"name": name})
    unit.parent_code, unit.name = parent_code, name
    unit.short_name = rules.short_name(name, Level(unit.level), parent_name=parent.name if parent else "")
    unit.pinyin, unit.initials = rules.pinyin(unit.short_name if unit.level == Level.VILLAGE else name)
    unit.full_path = f"{_path_below(parent)}{name}"


def _path_below(parent: Region | None) -> str:
    """What stands before the name of a unit below ``parent``; a grouping unit is not written."""
    if parent is None:
        return ""
    return parent.full_path.removesuffix(parent.name) if parent.grouping else f"{parent.full_path}/"


def _record_rename(unit: Region, name: str, decree: Decree) -> None:
    old_name, old_path = unit.name, unit.full_path
    if name == old_name:
        raise ValidationError(_("新名称与现名相同"))
    since = max(unit.former_names.values_list("valid_to", flat=True), default=unit.valid_from)
    if since is not None and since >= decree.on:
        raise ValidationError(
            _("%(name)s 从 %(day)s 起才用现名，更名须在此之后") % {"name": old_name, "day": since}
        )
    RegionName.objects.create(region=unit, name=old_name, valid_from=since, valid_to=decree.on)
    _name(unit, name, Region.objects.filter(code=unit.parent_code).first())
    unit.save()
    _rewrite_paths(old_path, unit.full_path)
    _record(ChangeKind.RENAME, decree, [unit], [unit], from_names=[old_name])


def _rewrite_paths(old: str, new: str) -> None:
    rest = Substr(F("full_path"), len(old) + 1)
    below = Region.objects.filter(full_path__startswith=f"{old}/")
    below.update(full_path=Concat(Value(new), rest, output_field=CharField()))


def _adopt(children: Iterable[Region], parent: Region) -> None:
    for child in children:
        old = child.full_path
        _name(child, child.name, parent)
        child.save()
        _rewrite_paths(old, child.full_path)


def _copy_below(unit: Region, old: Region, new: Region, on: dt.date) -> Region:
    """``unit``, which lies below ``old``, under the same place below ``new``."""
    code = new.prefix + unit.code[len(old.prefix) :]
    return _add(Unit(code=code, name=unit.name, statistical=unit.statistical), on)


def _end(unit: Region, on: dt.date) -> None:
    unit.valid_to = on
    unit.save(update_fields=["valid_to"])


def _refuse_orphans(unit: Region) -> None:
    left = Region.objects.filter(parent_code=unit.code, valid_to__isnull=True).count()
    if left:
        raise ValidationError(
            _("%(name)s 下还有 %(count)d 个行政区划没有去处") % {"name": unit.full_path, "count": left}
        )


def _record(
    kind: ChangeKind,
    decree: Decree,
    before: Sequence[Region],
    after: Sequence[Region],
    *,
    from_names: Sequence[str] = (),
) -> None:
    change = RegionChange.objects.create(
        kind=kind,
        on=decree.on,
        from_codes=[unit.code for unit in before],
        to_codes=[unit.code for unit in after],
        from_names=list(from_names) or [unit.name for unit in before],
        to_names=[unit.name for unit in after],
        source=decree.source,
        document=decree.document,
        recorded_by=decree.recorded_by,
    )
    if kind is not ChangeKind.RENAME:
        mark_divisions({*change.from_codes, *change.to_codes}, since=decree.on, decreed=True)
    events.publish(
        RegionsChanged(
            kind=kind, on=decree.on, from_codes=tuple(change.from_codes), to_codes=tuple(change.to_codes)
        )
    )
