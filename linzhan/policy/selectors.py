"""Questions to the rulebook: what holds here, on this day, and who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.policy.catalogue import PARAMETERS, Default, Parameter
from linzhan.policy.enums import Authority, DocumentStatus, Group
from linzhan.policy.models import ListedRow, MenuItem, ParameterValue, PolicyDocument, ResidentCategory
from linzhan.policy.rules import Stated, combine

if TYPE_CHECKING:
    from linzhan.policy.valuetypes import Json

T = TypeVar("T")
Listed = TypeVar("Listed", bound=ListedRow)
_memory: ContextVar[dict[str, list[ParameterValue]] | None] = ContextVar("linzhan_rulings", default=None)


class NoRuling(LookupError):
    """No document in force sets this number here, and it has no national default; or its digits are lost."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling(Generic[T]):
    """A value with its authority. A decision that uses it keeps both: :meth:`record`."""

    value: T
    parameter: Parameter[T]
    variant: str
    region_code: str
    valid_from: date | None
    valid_to: date | None
    document: PolicyDocument | None
    clause: str
    note: str
    value_id: str | None
    citation: str

    @property
    def is_default(self) -> bool:
        return self.value_id is None

    def record(self) -> dict[str, Json]:
        """What a decision stores beside itself."""
        return {
            "parameter": self.parameter.code,
            "variant": self.variant,
            "value": self.parameter.kind.write(self.value),
            "region_code": self.region_code,
            "value_id": self.value_id,
            "citation": self.citation,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class PrefixRuling(Generic[T]):
    """The ruling of all places below ``prefix``, unless a longer prefix has its own.

    ``ruling`` is ``None`` where a place states a value whose digits are lost: nothing is known there.
    """

    prefix: str
    variant: str
    ruling: Ruling[T] | None

    @property
    def value(self) -> T | None:
        return self.ruling.value if self.ruling else None


@contextmanager
def consulting(*, ahead: bool = False, of: Sequence[Parameter[Any]] = ()) -> Iterator[None]:
    """Read each parameter once for the whole block (a request, a job); writes forget what was read.

    With ``ahead`` all of them at once, in one query: for pages that need many. ``of`` are some that are
    read at once; the others when they are asked for.
    """
    token = _memory.set(_all_stored() if ahead else _stored_of(of))
    try:
        yield
    finally:
        _memory.reset(token)


def forget() -> None:
    """Drop what :func:`consulting` has read."""
    memory = _memory.get()
    if memory is not None:
        memory.clear()


def ruling_for(param: Parameter[T], *, region: str, on: date, variant: str = "") -> Ruling[T]:
    """The value in force on ``on`` for the 12-digit ``region``; :class:`NoRuling` when nobody set it."""
    lost: list[ParameterValue] = []
    found = _decided(param, region, variant, _rows(param, _chain(region), on), lost)
    if found is None:
        raise NoRuling(_why_not(param, region, on, lost))
    return found


def rulings_for(
    param: Parameter[T], regions: Iterable[str], on: date, variant: str = ""
) -> dict[str, Ruling[T]]:
    """The same for many places with one query; a place without a ruling is left out."""
    wanted = list(dict.fromkeys(regions))
    rows = _rows(param, sorted({code for region in wanted for code in _chain(region)}), on)
    decided = {region: _decided(param, region, variant, rows) for region in wanted}
    return {region: ruling for region, ruling in decided.items() if ruling is not None}


def rulings_of(param: Parameter[T], *, region: str, on: date) -> list[Ruling[T]]:
    """All values of a parameter with variants (one per base, rule or scheme), in order of variant."""
    rows = _rows(param, _chain(region), on)
    decided = (_decided(param, region, variant, rows) for variant in _variants(param, rows))
    return [ruling for ruling in decided if ruling is not None]


def rulings_by_prefix(param: Parameter[T], *, within: str, on: date) -> list[PrefixRuling[T]]:
    """Who has which value in the subtree of ``within``: all variants of every place that states its own.

    First ``within`` itself with what it inherits, then every place below that decided something. What
    holds for a place stands under the longest prefix of its code, complete. Made for joins in bulk.
    """
    rows = _rows(param, None, on)
    below = {row.region_code for row in rows if places.covers(within, row.region_code)} | {within}
    found = []
    for head in sorted(below, key=lambda code: (places.level_of(code), code)):
        chain = set(_chain(head))
        here = [row for row in rows if row.region_code in chain]
        for variant in _variants(param, here):
            ruling = _decided(param, head, variant, here)
            found.append(PrefixRuling(prefix=places.prefix(head), variant=variant, ruling=ruling))
    return found


def _chain(region: str) -> list[str]:
    return [places.NATION, *places.lineage(region)]


def _rows(param: Parameter[T], codes: Sequence[str] | None, on: date) -> list[ParameterValue]:
    """Values in force on the day, of the given places; one query, or none inside :func:`consulting`."""
    memory = _memory.get()
    if memory is None:
        wanted = _stored(param.code).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
        return list(wanted if codes is None else wanted.filter(region_code__in=codes))
    if param.code not in memory:
        memory[param.code] = list(_stored(param.code))
    return [
        row
        for row in memory[param.code]
        if row.span.holds_on(on) and (codes is None or row.region_code in codes)
    ]


def _stored(code: str) -> QuerySet[ParameterValue]:
    return _ruling().filter(parameter=code)


def _ruling() -> QuerySet[ParameterValue]:
    ruling = ParameterValue.objects.exclude(document__status=DocumentStatus.DRAFT)
    return ruling.select_related("document").order_by("variant", "region_code")


def _all_stored() -> dict[str, list[ParameterValue]]:
    found: dict[str, list[ParameterValue]] = {param.code: [] for param in PARAMETERS}
    for row in _ruling():
        found.setdefault(row.parameter, []).append(row)
    return found


def _stored_of(wanted: Sequence[Parameter[Any]]) -> dict[str, list[ParameterValue]]:
    found: dict[str, list[ParameterValue]] = {param.code: [] for param in wanted}
    for row in _ruling().filter(parameter__in=found) if found else ():
        found[row.parameter].append(row)
    return found


def _variants(param: Parameter[T], rows: Iterable[ParameterValue]) -> list[str]:
    return sorted({row.variant for row in rows} | set(param.defaults))


def _decided(
    param: Parameter[T],
    region: str,
    variant: str,
    rows: Sequence[ParameterValue],
    lost: list[ParameterValue] | None = None,
) -> Ruling[T] | None:
    by_code = {row.region_code: row for row in rows if row.variant == variant}
    chain = [by_code[code] for code in _chain(region) if code in by_code]
    if not chain:
        default = param.defaults.get(variant)
        return None if default is None else _by_default(param, variant, default)
    stated = [
        Stated(None if row.value is None else param.kind.read(row.value), position)
        for position, row in enumerate(chain)
    ]
    holds = combine(stated, governs=param.binding_of, measure=param.measure_of)
    row = chain[holds.key]
    if holds.value is None:
        if lost is not None:
            lost.append(row)
        return None
    return _by_document(param, row, holds.value)


def _by_document(param: Parameter[T], row: ParameterValue, value: T) -> Ruling[T]:
    return Ruling(
        value=value,
        parameter=param,
        variant=row.variant,
        region_code=row.region_code,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        document=row.document,
        clause=row.clause,
        note=row.note,
        value_id=str(row.pk),
        citation=citation_of(row.document, row.clause),
    )


def _by_default(param: Parameter[T], variant: str, default: Default[T]) -> Ruling[T]:
    kind = Authority(default.authority).label
    return Ruling(
        value=default.value,
        parameter=param,
        variant=variant,
        region_code=places.NATION,
        valid_from=None,
        valid_to=None,
        document=None,
        clause="",
        note="",
        value_id=None,
        citation=_("默认值(%(kind)s)：%(source)s") % {"kind": kind, "source": default.source},
    )


def citation_of(document: PolicyDocument, clause: str) -> str:
    """``《…》(文号) 条款``, with the status where the document is not plainly in force."""
    told = f"{document} {clause}".strip()
    doubtful = (DocumentStatus.UNCLEAR, DocumentStatus.REPEALED, DocumentStatus.DRAFT)
    return f"{told}〔{DocumentStatus(document.status).label}〕" if document.status in doubtful else told


def _why_not(param: Parameter[T], region: str, on: date, lost: list[ParameterValue]) -> str:
    told = {"label": param.label, "region": region, "on": on.isoformat()}
    if lost:
        told["where"] = citation_of(lost[0].document, lost[0].clause)
        return _("“%(label)s”在 %(region)s 有规定，但来源文本数字缺失(%(where)s)，请核对原文后补录") % told
    return (
        _("%(region)s 在 %(on)s 没有“%(label)s”的规定，也没有默认值；请在政策参数中录入依据文件和取值") % told
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class RulebookLine:
    """One line of a place's rulebook: what holds, from where, on whose word."""

    group: Group
    parameter: Parameter[Any]
    variant: str
    value: object | None
    shown: str
    from_region_code: str
    valid_from: date | None
    valid_to: date | None
    start_stated: bool
    document: PolicyDocument | None
    clause: str
    note: str
    citation: str
    state: str  # "stated", "default", "lost" (the source's digits are lost) or "unset"
    value_id: str | None

    @property
    def label(self) -> str:
        return str(self.parameter.label)

    @property
    def unit(self) -> str:
        return self.parameter.unit

    @property
    def binding(self) -> str:
        return str(self.parameter.binding.label)

    @property
    def meaning(self) -> str:
        return str(self.parameter.meaning.label)


def rulebook(region_code: str, on: date) -> list[RulebookLine]:
    """Every parameter as it stands for one place on one day, in chapters; one query (CFG-01…16).

    A parameter that nobody set is a line too: an honest rulebook shows its gaps.
    """
    chain = _chain(region_code)
    rows = defaultdict(list)
    for row in (
        ParameterValue.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on, region_code__in=chain
        )
        .exclude(document__status=DocumentStatus.DRAFT)
        .select_related("document")
    ):
        rows[row.parameter].append(row)
    order = list(Group)
    known = sorted(PARAMETERS, key=lambda param: (order.index(param.group), param.code))
    return [line for param in known for line in _lines(param, region_code, rows[param.code])]


def _lines(param: Parameter[Any], region: str, rows: Sequence[ParameterValue]) -> list[RulebookLine]:
    lines = []
    for variant in _variants(param, rows) or [""]:
        lost: list[ParameterValue] = []
        ruling = _decided(param, region, variant, rows, lost)
        if ruling is not None:
            lines.append(_ruled_line(param, ruling, rows))
        else:
            lines.append(_gap_line(param, variant, lost))
    return lines


def _ruled_line(param: Parameter[Any], ruling: Ruling[Any], rows: Sequence[ParameterValue]) -> RulebookLine:
    source = next((row for row in rows if str(row.pk) == ruling.value_id), None)
    return RulebookLine(
        group=param.group,
        parameter=param,
        variant=ruling.variant,
        value=ruling.value,
        shown=param.kind.show(ruling.value),
        from_region_code=ruling.region_code,
        valid_from=ruling.valid_from,
        valid_to=ruling.valid_to,
        start_stated=source.start_stated if source else True,
        document=ruling.document,
        clause=ruling.clause,
        note=ruling.note,
        citation=ruling.citation,
        state="default" if ruling.is_default else "stated",
        value_id=ruling.value_id,
    )


def _gap_line(param: Parameter[Any], variant: str, lost: Sequence[ParameterValue]) -> RulebookLine:
    row = lost[0] if lost else None
    return RulebookLine(
        group=param.group,
        parameter=param,
        variant=variant,
        value=None,
        shown=_("原文数字缺失") if row else _("未规定"),
        from_region_code=row.region_code if row else "",
        valid_from=row.valid_from if row else None,
        valid_to=row.valid_to if row else None,
        start_stated=row.start_stated if row else True,
        document=row.document if row else None,
        clause=row.clause if row else "",
        note=row.note if row else "",
        citation=citation_of(row.document, row.clause) if row else "",
        state="lost" if row else "unset",
        value_id=str(row.pk) if row else None,
    )


def menu(region: str, on: date) -> list[MenuItem]:
    """The service menu of a place: by code, the nearest place's entry (SVC-01)."""
    return _listed(MenuItem, region, on)


def resident_categories(region: str, on: date) -> list[ResidentCategory]:
    """The categories of residents that a place uses: by code, the nearest place's entry."""
    return _listed(ResidentCategory, region, on)


def _listed(model: type[Listed], region: str, on: date) -> list[Listed]:
    in_force = model._default_manager.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on, region_code__in=_chain(region)
    )
    nearest: dict[str, Listed] = {}
    for entry in sorted(in_force, key=lambda row: places.level_of(row.region_code)):
        nearest[entry.code] = entry
    offered = (entry for entry in nearest.values() if entry.offered)
    return sorted(offered, key=lambda entry: (entry.position, entry.code))
