"""A list as asked for: filters on what is shown whole, and pages by a cursor in the order of ids.

Ids grow with time, so who reads page after page meets every row once, also rows added meanwhile.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from linzhan.interface.problems import FieldError, Problem
from linzhan.interface.schemas import RANGED, filters
from linzhan.interface.values import is_row_reference
from linzhan.kernel import places
from linzhan.kernel.registers.attributes import SECRET_KINDS, attributes, key_attribute
from linzhan.kernel.registers.confiding import hidden_codes, seen
from linzhan.kernel.registers.declare import Register, by_sheet, codes_of, sheets_of_subject
from linzhan.kernel.registers.reading import standing
from linzhan.kernel.registers.resolving import region_codes
from linzhan.kernel.sheets.cells import CLEAR, MISSING, CellFault, convert
from linzhan.kernel.sheets.columns import Column, Kind

Rows = models.QuerySet[Any]


def matching(register: Register, query: Mapping[str, str]) -> Rows:
    """The rows that ``query`` (names of filters to texts) asks for, within the caller's scope."""
    rows: Rows = seen(register, standing(register))
    if query.get("within"):
        low, high = places.bounds(region("within", query["within"]))
        rows = rows.filter(region_code__gte=low, region_code__lt=high)
    for name, column in filters(register).items():
        if query.get(name):
            rows = rows.filter(_equal(register, column, query[name]))
        if column.kind in RANGED:
            rows = rows.filter(_between(column, query.get(f"{name}_from"), query.get(f"{name}_until")))
    return rows


def page(rows: Rows, *, limit: int, cursor: str) -> tuple[Rows, int]:
    """The rows after ``cursor``, one more than ``limit`` so that one sees whether there is a next page."""
    if cursor:
        rows = rows.filter(pk__gt=_read(cursor))
    return rows.order_by("pk")[: limit + 1], limit


def cursor_after(identity: UUID) -> str:
    """The cursor of the page that follows the row ``identity``."""
    return urlsafe_b64encode(identity.bytes).decode().rstrip("=")


def _read(cursor: str) -> UUID:
    try:
        return UUID(bytes=urlsafe_b64decode(cursor.encode("ascii") + b"=="))
    except (ValueError, binascii.Error):
        raise refused("cursor", "cursor 只能用上一页给出的 next") from None


def refused(name: str, message: str) -> Problem:
    """A query that cannot be answered."""
    return Problem("invalid", message, [FieldError(name, message)])


def known_only(given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse a parameter nobody knows: a misspelt filter must not widen a list in silence."""
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise Problem(
            "invalid",
            f"没有这些查询参数：{'、'.join(unknown)}",
            [FieldError(n, "没有这个查询参数") for n in unknown],
        )


def region(name: str, text: str) -> str:
    """The code of a division given by code or path."""
    found = region_codes([text])[text]
    if isinstance(found, CellFault):
        raise refused(name, found.message)
    return found


def region_asked(request: HttpRequest, text: str) -> str:
    """The division given by code or path; the caller's own where nothing is given."""
    if text:
        return region("region", text)
    return str(request.appointment.region_code)  # type: ignore[attr-defined]  # whoever has a right is appointed


def _equal(register: Register, column: Column, text: str) -> Q:
    if column.kind is Kind.REGION:
        low, high = places.bounds(region(column.name, text))
        name = attributes(column)[0]
        return Q(**{f"{name}__gte": low, f"{name}__lt": high})
    if is_row_reference(column):
        return _refers(register, column, _ids(column, text))
    value = _code(column, text) if column.kind is Kind.REFERENCE else _converted(column, column.name, text)
    attribute = attributes(column)[0]
    return Q(**{f"{attribute}__contains": [value]}) if column.several else Q(**{attribute: value})


def _code(column: Column, text: str) -> str:
    found = codes_of(column.refers_to).get(text)
    if found is None or found in hidden_codes(column):
        raise refused(column.name, f"“{column.header}”中没有“{text}”")
    return found


def _converted(column: Column, name: str, text: str) -> Any:
    value = convert(column, text)
    if isinstance(value, CellFault):
        raise refused(name, value.message)
    if value is MISSING or value is CLEAR:  # blank, masked or 清空: nothing to look for
        raise refused(name, "请给出要筛选的值")
    return value[0] if isinstance(value, tuple) else value


def _refers(register: Register, column: Column, ids: list[UUID]) -> Q:
    if not column.several:
        return Q(**{f"{column.name}_id__in": ids})
    link = register.links[column.name]
    owners = link.model._default_manager.filter(**{f"{link.target}_id__in": ids})
    return Q(pk__in=owners.values(f"{link.owner}_id"))


def _ids(column: Column, text: str) -> list[UUID]:
    """The row meant by an id, or by a key that is no secret; an unknown one simply has no rows."""
    try:
        return [UUID(text)]
    except ValueError:
        pass
    sheets = [column.refers_to]
    if column.refers_to.startswith("?"):
        sheets = [sheet for sheet in sheets_of_subject(column.refers_to[1:]).values() if sheet]
    found: list[UUID] = []
    for target in map(by_sheet, sheets):
        if target.sheet.keys[0].kind in SECRET_KINDS:
            raise refused(column.name, "请用平台编号(UUID)；证件号码不能写进网址")
        rows = target.model._default_manager.filter(**{key_attribute(target): text})
        found += rows.values_list("pk", flat=True)[:100]
    return found


def _between(column: Column, since: str | None, until: str | None) -> Q:
    found = Q()
    attribute = attributes(column)[0]
    if since:
        found &= Q(**{f"{attribute}__gte": _moment(column, f"{column.name}_from", since)})
    if until:
        last = _moment(column, f"{column.name}_until", until)
        whole_day = column.kind is Kind.TIME and ":" not in until
        found &= Q(
            **{f"{attribute}__lt": last + timedelta(days=1)} if whole_day else {f"{attribute}__lte": last}
        )
    return found


def _moment(column: Column, name: str, text: str) -> Any:
    value = _converted(column, name, text)
    if column.kind is Kind.TIME and not isinstance(value, datetime) and isinstance(value, date):
        return timezone.make_aware(datetime.combine(value, time()))
    return value
