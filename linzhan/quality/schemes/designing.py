"""Changing one part of a scheme: pure, each function gives a new scheme (EVL-01)."""

# ruff: noqa: RUF009 -- part() and maybe() make dataclass fields, not shared values

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as lazy

from linzhan.policy.api import CODES, maybe, part
from linzhan.quality.schemes.definition import (
    MARK,
    WORDS,
    Dimension,
    Grade,
    Indicator,
    Line,
    Scheme,
    Side,
)


@dataclass(frozen=True, kw_only=True)
class SchemeHead:
    """What a scheme says of itself, without its indicators."""

    name: str = part(lazy("方案名称"), WORDS)
    full: Decimal = part(lazy("总分"), MARK, unit="分")
    origin: str | None = maybe(lazy("来源说明"), WORDS)
    vetoes: tuple[str, ...] = part(lazy("一票否决事项"), CODES, default=())
    bonus: Decimal = part(lazy("加分上限"), MARK, default=Decimal(0), unit="分")
    penalty: Decimal = part(lazy("扣分上限"), MARK, default=Decimal(0), unit="分")


@dataclass(frozen=True, kw_only=True)
class DimensionHead:
    code: str = part(lazy("维度编号"), WORDS)
    name: str = part(lazy("维度"), WORDS)
    stated: Decimal | None = maybe(lazy("应有满分"), MARK, unit="分")


@dataclass(frozen=True, kw_only=True)
class IndicatorHead:
    code: str = part(lazy("指标编号"), WORDS)
    name: str = part(lazy("指标"), WORDS)
    basis: str | None = maybe(lazy("出处"), WORDS)


def blank(name: str, subject: str) -> Scheme:
    """A scheme that has nothing yet."""
    return Scheme(name=name, subject=subject, full=Decimal(100), sides=(Side(name="第三方"),))


def head_of(scheme: Scheme) -> SchemeHead:
    return SchemeHead(
        name=scheme.name,
        full=scheme.full,
        origin=scheme.origin,
        vetoes=scheme.vetoes,
        bonus=scheme.bonus,
        penalty=scheme.penalty,
    )


def with_head(scheme: Scheme, head: SchemeHead) -> Scheme:
    return replace(
        scheme,
        name=head.name,
        full=head.full,
        origin=head.origin,
        vetoes=head.vetoes,
        bonus=head.bonus,
        penalty=head.penalty,
    )


def with_sides(scheme: Scheme, sides: Iterable[Side]) -> Scheme:
    return replace(scheme, sides=tuple(sides))


def with_scale(scheme: Scheme, scale: Iterable[Grade]) -> Scheme:
    return replace(scheme, scale=tuple(scale))


def dimension_heads(scheme: Scheme) -> tuple[DimensionHead, ...]:
    return tuple(
        DimensionHead(code=each.code, name=each.name, stated=each.stated) for each in scheme.dimensions
    )


def with_dimensions(scheme: Scheme, heads: Iterable[DimensionHead]) -> Scheme:
    """Dimensions as told; one of a known code keeps its indicators, one that is no longer told goes with them."""
    known = {each.code: each.indicators for each in scheme.dimensions}
    made = (
        Dimension(code=head.code, name=head.name, stated=head.stated, indicators=known.get(head.code, ()))
        for head in heads
    )
    return replace(scheme, dimensions=tuple(made))


def with_indicator(scheme: Scheme, dimension: str, code: str, head: IndicatorHead) -> Scheme:
    """The indicator ``code`` told anew; with no such code a new one at the end of ``dimension``."""
    if any(each.code == code for each in scheme.indicators):

        def told(one: Indicator) -> Indicator:
            if one.code != code:
                return one
            return replace(one, code=head.code, name=head.name, basis=head.basis)

        return _each_indicator(scheme, told)
    added = Indicator(code=head.code, name=head.name, basis=head.basis)
    dimensions = (
        replace(each, indicators=(*each.indicators, added)) if each.code == dimension else each
        for each in scheme.dimensions
    )
    return replace(scheme, dimensions=tuple(dimensions))


def without_indicator(scheme: Scheme, code: str) -> Scheme:
    return _each_indicator(scheme, lambda one: None if one.code == code else one)


def with_line(scheme: Scheme, indicator: str, number: int, line: Line) -> Scheme:
    """Line ``number`` (from 1) of an indicator told anew; a number that there is not adds one."""

    def told(one: Indicator) -> Indicator:
        if one.code != indicator:
            return one
        lines = list(one.lines)
        if 1 <= number <= len(lines):
            lines[number - 1] = line
        else:
            lines.append(line)
        return replace(one, lines=tuple(lines))

    return _each_indicator(scheme, told)


def without_line(scheme: Scheme, indicator: str, number: int) -> Scheme:
    def told(one: Indicator) -> Indicator:
        if one.code != indicator:
            return one
        kept = (line for place, line in enumerate(one.lines, start=1) if place != number)
        return replace(one, lines=tuple(kept))

    return _each_indicator(scheme, told)


def _each_indicator(scheme: Scheme, change: Callable[[Indicator], Indicator | None]) -> Scheme:
    dimensions = (
        replace(each, indicators=tuple(made for one in each.indicators if (made := change(one)) is not None))
        for each in scheme.dimensions
    )
    return replace(scheme, dimensions=tuple(dimensions))
