"""Parameters: the names of the numbers. Code names them, the database values them (NFR-01).

A default is national and lies in a TOML file beside the code, never in the code: see
``reference/defaults.toml`` and :func:`read_defaults`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from linzhan.kernel.registry import Registry
from linzhan.policy.enums import Authority, Binding, Group, Meaning
from linzhan.policy.rules import Measure

if TYPE_CHECKING:
    from linzhan.policy.valuetypes import Label, ValueType

T = TypeVar("T")
REFERENCE = Path(__file__).parent / "reference"


@dataclass(frozen=True, kw_only=True, slots=True)
class Default(Generic[T]):
    """What holds where no place has stated anything, and on whose word."""

    value: T
    source: str
    authority: Authority = Authority.PROPOSED


@dataclass(frozen=True, kw_only=True)
class Parameter(Generic[T]):
    """A number, name or choice that places decide.

    ``variants`` names what tells several values of one place apart (the base of a ratio rule);
    empty means that a place has one value. ``governs`` and ``measure`` are given where the value
    itself says how it binds and by which number (a ratio rule is a cap *or* a share).
    """

    code: str
    label: Label
    group: Group
    kind: ValueType[T]
    unit: str = ""
    binding: Binding = Binding.NEAREST
    meaning: Meaning = Meaning.ARRANGEMENT
    variants: Label = ""
    requirements: tuple[str, ...] = ()
    defaults: Mapping[str, Default[T]] = field(default_factory=dict)
    governs: Callable[[T], Binding] | None = None
    measure: Callable[[T], Measure] | None = None

    def binding_of(self, value: T) -> Binding:
        return self.governs(value) if self.governs else self.binding

    def measure_of(self, value: T) -> Measure:
        if self.measure:
            return self.measure(value)
        return value if isinstance(value, int | Decimal | Fraction) else None


PARAMETERS: Registry[Parameter[Any]] = Registry("政策参数", key="code")
_defaults: dict[str, dict[str, dict[str, object]]] = {}


def read_defaults(file: Path) -> None:
    """Take the ``[[default]]`` tables of ``file``: parameter, variant, value, source, authority."""
    with file.open("rb") as stream:
        entries = tomllib.load(stream, parse_float=Decimal)["default"]
    for entry in entries:
        variants = _defaults.setdefault(entry["parameter"], {})
        if entry.get("variant", "") in variants:
            raise ValueError(f"{file.name}: two defaults of {entry['parameter']}")
        variants[entry.get("variant", "")] = entry


def parameter(
    *,
    code: str,
    label: Label,
    group: Group,
    kind: ValueType[T],
    unit: str = "",
    binding: Binding = Binding.NEAREST,
    meaning: Meaning = Meaning.ARRANGEMENT,
    variants: Label = "",
    requirements: str = "",
    default: Default[T] | None = None,
    governs: Callable[[T], Binding] | None = None,
    measure: Callable[[T], Measure] | None = None,
) -> Parameter[T]:
    """Declare a parameter (in an app's ``parameters``) and give it back for :func:`ruling_for`.

    ``requirements`` are ids separated by spaces. Without ``default`` the file defaults hold.
    """
    made = Parameter(
        code=code,
        label=label,
        group=group,
        kind=kind,
        unit=unit,
        binding=binding,
        meaning=meaning,
        variants=variants,
        requirements=tuple(requirements.split()),
        defaults={"": default} if default else _from_file(code, kind),
        governs=governs,
        measure=measure,
    )
    PARAMETERS.add(made)
    return made


def parameter_named(code: str) -> Parameter[Any]:
    """The parameter of that code; ``NotRegistered`` when nobody declared it."""
    return PARAMETERS.get(code)


def _from_file(code: str, kind: ValueType[T]) -> dict[str, Default[T]]:
    return {
        variant: Default(
            value=kind.read(entry["value"]),
            source=str(entry["source"]),
            authority=Authority(cast("str", entry["authority"])),
        )
        for variant, entry in _defaults.get(code, {}).items()
    }


read_defaults(REFERENCE / "defaults.toml")
