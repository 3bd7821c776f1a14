"""What a scheme is: dimensions, indicators and the lines that are scored, read strictly from data (EVL-01, EVL-02).

A version is never changed once it is published: whoever changes a weight makes a new version, and a round
keeps a copy of the one it was held by. Every number a source does not give stays open (``None``); a scheme
with an open number is a shape, not yet usable. ``faults`` says in Chinese what is missing and where.
"""

# ruff: noqa: RUF009 -- part() and maybe() make dataclass fields, not shared values

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any, Final, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from linzhan.kernel.figures.definitions import FIGURES
from linzhan.policy.api import (
    CODES,
    COUNT,
    PARAMETERS,
    YES_NO,
    Number,
    Rows,
    Shaped,
    Text,
    WrongValue,
    maybe,
    part,
)
from linzhan.quality.enums import ResultGrade, SubjectKind
from linzhan.quality.schemes.enums import MEASURED, FileKind, Grain, Rule, Source

WORDS: Final = Text()
MARK: Final = Number(maximum=10_000)


@dataclass(frozen=True, kw_only=True)
class Side:
    """A party that scores, with the weight of its opinion."""

    name: str = part(lazy("评价方"), WORDS)
    weight: Decimal = part(lazy("权重"), Number(maximum=100), default=Decimal(1))


@dataclass(frozen=True, kw_only=True)
class Grade:
    """A grade and the least share of the full marks, in percent, that earns it."""

    grade: str = part(lazy("等级"), Text(choices=tuple(ResultGrade.values)))
    from_percent: Decimal = part(lazy("不低于满分的"), Number(maximum=100), unit="%")
    called: str | None = maybe(lazy("当地叫法"), WORDS)

    @property
    def name(self) -> str:
        return self.called or self.grade


@dataclass(frozen=True, kw_only=True)
class Line:
    """计分项: what is scored by itself.

    Of a measured line the number is ``figure``, divided by ``per`` and, if ``monthly``, by the months of
    the period. ``target_rule`` names the policy parameter that gives the target of the subject's place.
    ``sides`` are those who score it (all of the scheme's where none is named), each with at least
    ``raters`` people; ``files`` files of ``file_kind`` are drawn for them to read.
    """

    name: str = part(lazy("计分项"), WORDS)
    full: Decimal | None = maybe(lazy("满分"), MARK, unit="分")
    rule: str = part(lazy("计分方式"), Text(choices=tuple(Rule.values)))
    source: str = part(lazy("依据来源"), Text(choices=tuple(Source.values)))
    figure: str | None = maybe(lazy("取数指标编号"), WORDS)
    per: str | None = maybe(lazy("除以哪个指标（编号）"), WORDS)
    monthly: bool = part(lazy("按月平均"), YES_NO, default=False)
    grain: str = part(lazy("取数范围"), Text(choices=tuple(Grain.values)), default=Grain.SUBJECT.value)
    floor: Decimal | None = maybe(lazy("起算值"), Number())
    target: Decimal | None = maybe(lazy("目标值"), Number())
    target_rule: str | None = maybe(lazy("目标值所依参数（编号）"), WORDS)
    ceiling: Decimal | None = maybe(lazy("最差值"), Number())
    best: Decimal | None = maybe(lazy("最好值"), Number())
    bands: tuple[str, ...] = part(lazy("分档（达到=得分）"), CODES, default=())
    items: tuple[str, ...] = part(lazy("核对内容"), CODES, default=())
    sides: tuple[str, ...] = part(lazy("由谁评"), CODES, default=())
    raters: int = part(lazy("每方至少几人评"), COUNT, default=1)
    least: int | None = maybe(lazy("最少样本"), COUNT)
    files: int = part(lazy("抽查档案"), COUNT, default=0, unit="份")
    file_kind: str | None = maybe(lazy("档案类型"), Text(choices=tuple(FileKind.values)))

    @cached_property
    def steps(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """The lookup table: from how much on, how many points; ``bands`` spell it ``80=4``."""
        return tuple(found for band in self.bands if (found := _band(band)) is not None)

    @property
    def by_platform(self) -> bool:
        return self.source == Source.PLATFORM


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """评价指标, scored by its lines. ``basis`` says where it comes from."""

    code: str = part(lazy("指标编号"), WORDS)
    name: str = part(lazy("指标"), WORDS)
    basis: str | None = maybe(lazy("出处"), WORDS)
    lines: tuple[Line, ...] = part(lazy("计分项"), Rows(Line), default=())

    @property
    def full(self) -> Decimal | None:
        return _sum(line.full for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """维度. ``stated`` is what a source says of its full marks, where it says it."""

    code: str = part(lazy("维度编号"), WORDS)
    name: str = part(lazy("维度"), WORDS)
    stated: Decimal | None = maybe(lazy("应有满分"), MARK, unit="分")
    indicators: tuple[Indicator, ...] = part(lazy("评价指标"), Rows(Indicator), default=())

    @property
    def full(self) -> Decimal | None:
        return _sum(each.full for each in self.indicators)


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """评估方案: what an evaluation looks at, with how many points, and what follows from the total."""

    name: str = part(lazy("方案名称"), WORDS)
    subject: str = part(lazy("评估对象"), Text(choices=tuple(SubjectKind.values)))
    full: Decimal = part(lazy("总分"), MARK, unit="分")
    origin: str | None = maybe(lazy("来源说明"), WORDS)
    sides: tuple[Side, ...] = part(lazy("评价方"), Rows(Side))
    scale: tuple[Grade, ...] = part(lazy("等级分数线"), Rows(Grade), default=())
    vetoes: tuple[str, ...] = part(lazy("一票否决事项"), CODES, default=())
    bonus: Decimal = part(lazy("加分上限"), MARK, default=Decimal(0), unit="分")
    penalty: Decimal = part(lazy("扣分上限"), MARK, default=Decimal(0), unit="分")
    dimensions: tuple[Dimension, ...] = part(lazy("维度"), Rows(Dimension), default=())

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(each for dimension in self.dimensions for each in dimension.indicators)

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """Every line by its code: the indicator's, and the number within it where it has several."""
        return {code: line for each in self.indicators for code, line in numbered(each)}

    @cached_property
    def weights(self) -> Mapping[str, Decimal]:
        return {side.name: side.weight for side in self.sides}

    def sides_of(self, line: Line) -> tuple[str, ...]:
        return line.sides or tuple(self.weights)

    @property
    def usable(self) -> bool:
        return not any(True for _fault in faults(self))


def _band(text: str) -> tuple[Decimal, Decimal] | None:
    at, _sign, points = text.replace("＝", "=").partition("=")
    try:
        return Decimal(at.strip()), Decimal(points.strip())
    except InvalidOperation:
        return None


def numbered(indicator: Indicator) -> Iterator[tuple[str, Line]]:
    for number, line in enumerate(indicator.lines, start=1):
        yield (indicator.code if len(indicator.lines) == 1 else f"{indicator.code}-{number}"), line


SHAPE: Final = Shaped(Scheme)


def read(raw: Mapping[str, Any]) -> Scheme:
    """The scheme behind JSON or TOML; ``WrongValue`` (Chinese) says where it cannot be read."""
    return SHAPE.read(raw)


def written(scheme: Scheme) -> dict[str, Any]:
    """``scheme`` as JSON that :func:`read` understands."""
    return cast("dict[str, Any]", _without_empties(SHAPE.write(scheme)))


def _without_empties(value: Any) -> Any:
    """An empty table is left out: to the reader it is one that was not stated."""
    if isinstance(value, dict):
        return {name: _without_empties(held) for name, held in value.items() if held != []}
    return [_without_empties(each) for each in value] if isinstance(value, list) else value


def faults(scheme: Scheme) -> Iterator[str]:
    """What keeps a scheme from being used, in Chinese, each naming its place."""
    yield from _gaps(scheme)
    for code, line in scheme.lines.items():
        for fault in _line_faults(scheme, line):
            yield f"{code} {line.name}：{fault}"
    yield from _sum_faults(scheme)
    if sum(scheme.weights.values()) <= 0:
        yield _("评价方的权重合计须大于 0")
    if scheme.scale and min(grade.from_percent for grade in scheme.scale) > 0:
        yield _("等级分数线须从 0 开始，否则低分没有等级")


def _gaps(scheme: Scheme) -> Iterator[str]:
    """What is empty or stands twice."""
    if not scheme.dimensions:
        yield _("还没有维度和指标")
    for dimension in scheme.dimensions:
        if not dimension.indicators:
            yield _("维度“%s”还没有指标") % dimension.name
    codes = [each.code for each in scheme.indicators]
    for each in scheme.indicators:
        if not each.lines:
            yield _("指标“%s”还没有计分项") % each.name
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield _("指标编号“%s”重复") % code


def _sum_faults(scheme: Scheme) -> Iterator[str]:
    for dimension in scheme.dimensions:
        if dimension.stated is not None and dimension.full not in (None, dimension.stated):
            told = {"name": dimension.name, "stated": dimension.stated, "sum": dimension.full}
            yield _("维度“%(name)s”应为 %(stated)s 分，各项合计 %(sum)s 分") % told
    total = _sum(dimension.full for dimension in scheme.dimensions)
    if total is not None and total != scheme.full:
        yield _("各项满分合计 %(sum)s 分，与总分 %(full)s 分不等") % {"sum": total, "full": scheme.full}


def _line_faults(scheme: Scheme, line: Line) -> Iterator[str]:
    if line.full is None:
        yield _("没有填写满分")
    if line.by_platform:
        yield from _figure_faults(line)
    elif strangers := [side for side in line.sides if side not in scheme.weights]:
        yield _("评价方“%s”不在方案的评价方里") % "、".join(strangers)
    yield from _rule_faults(line)
    if line.files and line.file_kind is None:
        yield _("抽查档案须写明档案类型")


def _figure_faults(line: Line) -> Iterator[str]:
    if line.rule not in MEASURED:
        yield _("由平台取数的计分项须用线性、逆向、达标封顶、分档或满意度计分")
    if line.figure is None:
        yield _("由平台取数，须写明取哪个指标")
    for key in (line.figure, line.per):
        if key is not None and key not in FIGURES:
            yield _("指标目录里没有“%s”") % key


def _rule_faults(line: Line) -> Iterator[str]:
    """What the rule of a line needs and has not."""
    if line.rule == Rule.CHECKLIST and not line.items:
        yield _("清单计分须列出核对内容")
    if line.rule == Rule.STEP and not line.bands:
        yield _("分档计分须列出各档")
    if len(line.steps) != len(line.bands):
        yield _("分档一行一档，写成“80=4”：达到 80 得 4 分")
    if line.full is not None and any(points > line.full for _at, points in line.steps):
        yield _("分档的得分超过了满分")
    if line.target_rule is not None and line.target_rule not in PARAMETERS:
        yield _("参数目录里没有“%s”") % line.target_rule
    if line.rule in (Rule.LINEAR, Rule.SURVEY, Rule.CAP) and line.target is None and line.target_rule is None:
        yield _("须填写目标值，或写明依据哪个参数")
    if (
        line.rule in (Rule.LINEAR, Rule.SURVEY)
        and line.target is not None
        and line.target <= (line.floor or 0)
    ):
        yield _("目标值须大于起算值")
    if line.rule == Rule.CAP and line.target == 0:
        yield _("目标值须大于 0")
    if line.rule == Rule.INVERSE and (line.ceiling is None or line.ceiling <= (line.best or 0)):
        yield _("逆向计分须填写最差值，且大于最好值")


def _sum(marks: Any) -> Decimal | None:
    """The sum of marks; None where one of them is open."""
    found = list(marks)
    return None if any(mark is None for mark in found) else sum(found, Decimal(0))


__all__ = [
    "Dimension",
    "Grade",
    "Indicator",
    "Line",
    "Scheme",
    "Side",
    "WrongValue",
    "faults",
    "numbered",
    "read",
    "written",
]
