"""What the value of a parameter may be: read and checked, written to JSON, shown to people.

Pure: no ORM. A composite value is a frozen dataclass whose fields are declared with :func:`part`
(or :func:`maybe`, when a source may be silent about it or its digits are lost).
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeAlias, TypeVar, cast

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from django.utils.functional import Promise

    Label: TypeAlias = str | Promise

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"
T = TypeVar("T")
D = TypeVar("D", bound="DataclassInstance")


class WrongValue(ValueError):
    """A value does not fit its parameter; the message is Chinese and says what would fit."""


class ValueType(ABC, Generic[T]):
    """One kind of value."""

    @abstractmethod
    def read(self, raw: object) -> T:
        """The value behind JSON, TOML or form input; :class:`WrongValue` when it does not fit."""

    def write(self, value: T) -> Json:
        """``value`` as JSON that :meth:`read` understands."""
        return cast("Json", value)

    def show(self, value: T) -> str:
        """``value`` for people."""
        return str(value)


@dataclass(frozen=True)
class Whole(ValueType[int]):
    minimum: int = 0
    maximum: int = 10**9

    def read(self, raw: object) -> int:
        number = _number(raw)
        if number != number.to_integral_value():
            raise WrongValue(_("应为整数，实为“%(raw)s”") % {"raw": raw})
        _within(number, self.minimum, self.maximum)
        return int(number)


@dataclass(frozen=True)
class Number(ValueType[Decimal]):
    minimum: int = 0
    maximum: int = 10**12

    def read(self, raw: object) -> Decimal:
        number = _number(raw)
        _within(number, self.minimum, self.maximum)
        return number

    def write(self, value: Decimal) -> Json:
        return str(value)

    def show(self, value: Decimal) -> str:
        return f"{value.normalize():f}"


@dataclass(frozen=True)
class Share(ValueType[Fraction]):
    """A part of a whole that has no exact decimal: 三分之一 is ``1/3``."""

    def read(self, raw: object) -> Fraction:
        try:
            share = Fraction(str(raw))
        except (ValueError, ZeroDivisionError):
            raise WrongValue(_("应为分数，如 1/3，实为“%(raw)s”") % {"raw": raw}) from None
        if not 0 <= share <= 1:
            raise WrongValue(_("分数应在 0 与 1 之间"))
        return share

    def write(self, value: Fraction) -> Json:
        return str(value)


@dataclass(frozen=True)
class Named(ValueType[T]):
    """Words: as they are, or codes that ``called`` gives people the words for. ``choices`` is closed."""

    choices: tuple[str, ...] = ()
    called: Callable[[str], str] = str

    def options(self) -> list[tuple[str, str]]:
        """What one may choose from, with the words for it; nothing where the list is open."""
        return [(choice, self.called(choice)) for choice in self.choices]

    def among(self, given: Iterable[str]) -> None:
        """Refuse what is not one of the choices."""
        strangers = [entry for entry in given if self.choices and entry not in self.choices]
        if strangers:
            choices = "、".join(word for _code, word in self.options())
            told = {"given": "、".join(strangers), "choices": choices}
            raise WrongValue(_("“%(given)s”不在可选范围内，可选：%(choices)s") % told)


@dataclass(frozen=True)
class Text(Named[str]):
    def read(self, raw: object) -> str:
        if not isinstance(raw, str) or not raw.strip():
            raise WrongValue(_("应为文字"))
        self.among((raw,))
        return raw.strip()

    def show(self, value: str) -> str:
        return self.called(value)


@dataclass(frozen=True)
class Codes(Named[tuple[str, ...]]):
    """A list of names without repetition, in the order given. ``form`` says how each is written."""

    form: ClassVar[str] = ""

    def read(self, raw: object) -> tuple[str, ...]:
        entries = _sequence(raw)
        if not all(isinstance(entry, str) and entry for entry in entries):
            raise WrongValue(_("列表的每一项应为文字"))
        found = tuple(dict.fromkeys(cast("Sequence[str]", entries)))
        self.among(found)
        return found

    def write(self, value: tuple[str, ...]) -> Json:
        return list(value)

    def show(self, value: tuple[str, ...]) -> str:
        return "、".join(map(self.called, value))


@dataclass(frozen=True)
class YesNo(ValueType[bool]):
    def read(self, raw: object) -> bool:
        if not isinstance(raw, bool):
            raise WrongValue(_("应为是或否"))
        return raw

    def show(self, value: bool) -> str:  # noqa: FBT001 -- the value itself
        return _("是") if value else _("否")


@dataclass(frozen=True)
class Day(ValueType[dt.date]):
    def read(self, raw: object) -> dt.date:
        if isinstance(raw, dt.date):
            return raw
        try:
            return dt.date.fromisoformat(str(raw))
        except ValueError:
            raise WrongValue(_("应为日期，如 2022-12-31")) from None

    def write(self, value: dt.date) -> Json:
        return value.isoformat()


class Shaped(ValueType[D]):
    """A record: a frozen dataclass made of :func:`part` and :func:`maybe`."""

    def __init__(self, shape: type[D]) -> None:
        self.shape = shape

    def read(self, raw: object) -> D:
        if isinstance(raw, self.shape):
            return raw
        if not isinstance(raw, Mapping):
            raise WrongValue(_("应为一组带名称的值"))
        known = {entry.name: entry for entry in fields(self.shape)}
        unknown = sorted(set(raw) - set(known))
        if unknown:
            raise WrongValue(_("不认识的项：%(names)s") % {"names": "、".join(map(str, unknown))})
        return self.shape(**{name: _read_part(entry, raw.get(name)) for name, entry in known.items()})

    def write(self, value: D) -> Json:
        return {
            name: _kind(entry).write(held)
            for name, entry in _by_name(value).items()
            if (held := getattr(value, name)) is not None
        }

    def show(self, value: D) -> str:
        shown = []
        for name, entry in _by_name(value).items():
            held = getattr(value, name)
            if held not in (None, (), ""):
                shown.append(f"{entry.metadata['label']}：{_kind(entry).show(held)}{entry.metadata['unit']}")
        return "；".join(shown)


class Rows(ValueType[tuple[D, ...]]):
    """A table: several records of one shape."""

    def __init__(self, shape: type[D]) -> None:
        self.row = Shaped(shape)

    def read(self, raw: object) -> tuple[D, ...]:
        found = []
        for number, entry in enumerate(_sequence(raw), start=1):
            try:
                found.append(self.row.read(entry))
            except WrongValue as error:
                raise WrongValue(_("第 %(row)d 行：%(why)s") % {"row": number, "why": error}) from None
        if not found:
            raise WrongValue(_("表格至少应有一行"))
        return tuple(found)

    def write(self, value: tuple[D, ...]) -> Json:
        return [self.row.write(entry) for entry in value]

    def show(self, value: tuple[D, ...]) -> str:
        return " / ".join(self.row.show(entry) for entry in value)


def part(label: Label, kind: ValueType[T], *, default: T | None = None, unit: str = "") -> T:
    """A field of a record that must be given, unless it has a ``default``."""
    meta = {"label": label, "kind": kind, "unit": unit, "optional": False}
    made: object = field(metadata=meta) if default is None else field(default=default, metadata=meta)
    return cast("T", made)


def maybe(label: Label, kind: ValueType[T], *, unit: str = "") -> T | None:
    """A field of a record about which a source may be silent; silence is ``None``, never zero."""
    meta = {"label": label, "kind": kind, "unit": unit, "optional": True}
    return cast("T | None", field(default=None, metadata=meta))


def _by_name(value: DataclassInstance) -> dict[str, Field[object]]:
    return {entry.name: cast("Field[object]", entry) for entry in fields(value)}


def _kind(entry: Field[object]) -> ValueType[object]:
    return cast("ValueType[object]", entry.metadata["kind"])


def _read_part(entry: Field[Any], raw: object) -> object:
    if raw is None:
        if entry.metadata["optional"]:
            return None
        if entry.default is not MISSING:
            return cast("object", entry.default)
        raise WrongValue(_("缺少“%(label)s”") % {"label": entry.metadata["label"]})
    try:
        return _kind(entry).read(raw)
    except WrongValue as error:
        raise WrongValue(f"{entry.metadata['label']}：{error}") from None


def _number(raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | str | Decimal | float):
        raise WrongValue(_("应为数字"))
    try:
        number = Decimal(str(raw).strip())
    except InvalidOperation:
        raise WrongValue(_("应为数字，实为“%(raw)s”") % {"raw": raw}) from None
    if not number.is_finite():
        raise WrongValue(_("应为数字，实为“%(raw)s”") % {"raw": raw})
    return number


def _within(number: Decimal, minimum: int, maximum: int) -> None:
    if not minimum <= number <= maximum:
        raise WrongValue(_("应在 %(low)s 与 %(high)s 之间") % {"low": minimum, "high": maximum})


def _sequence(raw: object) -> Sequence[object]:
    if isinstance(raw, list | tuple):
        return raw
    raise WrongValue(_("应为列表"))


COUNT = Whole()
PERCENT = Number(maximum=100)
AMOUNT = Number()
SHARE = Share()
TEXT = Text()
CODES = Codes()
YES_NO = YesNo()
DAY = Day()
