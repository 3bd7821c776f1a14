"""Verbs of the rulebook: register a document, state a value, withdraw it. Nothing is ever overwritten.

Readers are everybody; writers hold the right ``policy.edit`` (checked by the face) for a place within
their scope (checked here). History is kept by the database's triggers, in the actor's name (NFR-05).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.events import publish
from linzhan.kernel.figures.marking import mark_parameters
from linzhan.kernel.registry import NotRegistered
from linzhan.kernel.scope import Actor, acting, require_place
from linzhan.policy import selectors
from linzhan.policy.catalogue import parameter_named
from linzhan.policy.enums import DocumentKind, DocumentStatus
from linzhan.policy.events import ParameterEnded, ParameterStated
from linzhan.policy.models import (
    DatedRow,
    ListedRow,
    MenuItem,
    ParameterValue,
    PolicyDocument,
    ResidentCategory,
)
from linzhan.policy.rules import Span, StartTaken, place
from linzhan.policy.valuetypes import WrongValue

if TYPE_CHECKING:
    from linzhan.policy.valuetypes import Json

Dated = TypeVar("Dated", bound=DatedRow)
Listed = TypeVar("Listed", bound=ListedRow)


class PolicyRefused(ValueError):
    """The rulebook refuses a write; the message is for the person who tried."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentFacts:
    """What is known about a document (DOC-01); ``key`` only for shipped reference data."""

    title: str
    region_code: str
    number: str = ""
    issuers: tuple[str, ...] = ()
    kind: DocumentKind = DocumentKind.RULE
    status: DocumentStatus = DocumentStatus.IN_FORCE
    issued_on: date | None = None
    text: str = ""
    note: str = ""
    quoted_in: PolicyDocument | None = None
    key: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A value that a document states. ``value`` ``None``: it states one, but its digits are lost."""

    parameter: str
    region_code: str
    value: object
    valid_from: date
    document: PolicyDocument
    clause: str
    variant: str = ""
    valid_to: date | None = None
    note: str = ""
    start_stated: bool = True
    reference_key: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MenuEntry:
    """An item of the service menu as a place offers it, or (``offered`` false) does not."""

    code: str
    name: str
    domain: str
    domain_name: str
    region_code: str
    valid_from: date
    document: PolicyDocument
    unit: str = ""
    standard: str = ""
    objects_served: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    position: int = 0
    offered: bool = True
    valid_to: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryEntry:
    """A category of residents as a place defines it."""

    code: str
    name: str
    kind: str
    region_code: str
    valid_from: date
    document: PolicyDocument
    definition: str = ""
    publishable: bool = False
    confidential: bool = False
    position: int = 0
    offered: bool = True
    valid_to: date | None = None
    note: str = field(default="")


def register_document(facts: DocumentFacts, *, actor: Actor) -> PolicyDocument:
    """Put one document into the library; :class:`PolicyRefused` when its number is already there."""
    return register_documents([facts], actor=actor)[0]


def register_documents(all_facts: Sequence[DocumentFacts], *, actor: Actor) -> list[PolicyDocument]:
    """Put documents into the library, all or none. A number is unique within its place."""
    with transaction.atomic(), acting(actor):
        for facts in all_facts:
            _check_facts(facts)
        return PolicyDocument.objects.bulk_create([_document(facts) for facts in all_facts])


def repeal_document(document_id: UUID, *, on: date, reason: str, actor: Actor) -> PolicyDocument:
    """Mark a document repealed and end on ``on`` every value that rests on it."""
    with transaction.atomic(), acting(actor):
        document = PolicyDocument.objects.select_for_update().get(pk=document_id)
        require_place(document.region_code)
        document.status = DocumentStatus.REPEALED
        document.save(update_fields=["status"])
        for value in ParameterValue.objects.select_for_update().filter(document=document):
            if value.valid_to is None or value.valid_to > on:
                _end(value, on, reason)
        return document


def state_value(statement: Statement, *, actor: Actor) -> ParameterValue:
    """Write one dated value; the one in force on its first day ends there (CFG-01…16)."""
    return state_values([statement], actor=actor)[0]


def state_values(statements: Sequence[Statement], *, actor: Actor) -> list[ParameterValue]:
    """Write dated values, all or none. Errors: :class:`PolicyRefused`, ``ScopeViolation``."""
    with transaction.atomic(), acting(actor):
        made = [_value(statement) for statement in statements]
        _write(made, "parameter", "variant", "region_code")
        mark_parameters((value.parameter, value.region_code, value.valid_from) for value in made)
    selectors.forget()
    for value in made:
        publish(
            ParameterStated(
                value_id=str(value.pk),
                parameter=value.parameter,
                region_code=value.region_code,
                valid_from=value.valid_from.isoformat(),
            )
        )
    return made


def withdraw_value(value_id: UUID, *, on: date, reason: str, actor: Actor) -> ParameterValue:
    """End a value on ``on``; on or before its first day it counts as never in force. It stays on record."""
    with transaction.atomic(), acting(actor):
        value = ParameterValue.objects.select_for_update().get(pk=value_id)
        require_place(value.region_code)
        if not reason.strip():
            raise PolicyRefused(_("请填写撤回原因"))
        if value.valid_to is not None and value.valid_to <= on:
            raise PolicyRefused(_("该取值已于 %(day)s 失效，无需撤回") % {"day": value.valid_to.isoformat()})
        _end(value, on, reason)
    return value


def state_menu_items(entries: Sequence[MenuEntry], *, actor: Actor) -> list[MenuItem]:
    """Offer, change or switch off items of the service menu from a date on."""
    return _state_list([MenuItem(**_fields(entry)) for entry in entries], actor)


def state_resident_categories(entries: Sequence[CategoryEntry], *, actor: Actor) -> list[ResidentCategory]:
    """Define, change or switch off categories of residents from a date on."""
    return _state_list([ResidentCategory(**_fields(entry)) for entry in entries], actor)


def _check_facts(facts: DocumentFacts) -> None:
    require_place(facts.region_code)
    if not facts.title.strip():
        raise PolicyRefused(_("政策文件缺少标题"))
    number = facts.number.strip()
    if number and PolicyDocument.objects.filter(number=number, region_code=facts.region_code).exists():
        raise PolicyRefused(_("文号“%(number)s”已登记") % {"number": number})


def _document(facts: DocumentFacts) -> PolicyDocument:
    return PolicyDocument(
        key=facts.key,
        title=facts.title.strip(),
        number=facts.number.strip(),
        issuers=list(facts.issuers),
        region_code=facts.region_code,
        kind=facts.kind,
        status=facts.status,
        issued_on=facts.issued_on,
        text=facts.text,
        note=facts.note,
        quoted_in=facts.quoted_in,
    )


def _value(statement: Statement) -> ParameterValue:
    return ParameterValue(
        parameter=statement.parameter,
        variant=statement.variant,
        region_code=statement.region_code,
        value=_checked(statement),
        document=statement.document,
        clause=statement.clause.strip(),
        note=statement.note,
        start_stated=statement.start_stated,
        reference_key=statement.reference_key,
        valid_from=statement.valid_from,
        valid_to=statement.valid_to,
    )


def _checked(statement: Statement) -> Json:
    """The value as JSON, after everything that can be wrong with a statement."""
    require_place(statement.region_code)
    try:
        param = parameter_named(statement.parameter)
    except NotRegistered as error:
        raise PolicyRefused(str(error)) from None
    if bool(param.variants) != bool(statement.variant):
        wanted = param.variants or _("不分项")
        raise PolicyRefused(_("“%(label)s”的分项应为：%(wanted)s") % {"label": param.label, "wanted": wanted})
    _check_document(statement)
    if statement.value is None:
        return None
    try:
        return param.kind.write(param.kind.read(statement.value))
    except WrongValue as error:
        raise PolicyRefused(
            _("“%(label)s”的取值不对：%(why)s") % {"label": param.label, "why": error}
        ) from None


def _check_document(statement: Statement) -> None:
    document = statement.document
    if not statement.clause.strip():
        raise PolicyRefused(_("请填写依据条款"))
    if document.status == DocumentStatus.DRAFT:
        raise PolicyRefused(_("%(document)s 是征求意见稿，不能作为依据") % {"document": document})
    if not places.covers(document.region_code, statement.region_code):
        told = {"document": document, "region": statement.region_code}
        raise PolicyRefused(_("%(document)s 不适用于 %(region)s") % told)
    if statement.valid_to is not None and statement.valid_to <= statement.valid_from:
        raise PolicyRefused(_("失效日期应晚于生效日期"))


def _write(rows: Sequence[Dated], *key: str) -> None:
    """Save new rows of one model between those that share their ``key``; three statements in all."""
    if not rows:
        return
    model = type(rows[0])
    peers = _peers(model, rows, key)
    closed: dict[UUID, Dated] = {}
    fresh: list[Dated] = []
    for made in rows:
        group = peers[_key(made, key)]
        old, added = _fit(made, group)
        group += added
        fresh += added
        if old is not None and not old._state.adding:
            closed[old.pk] = old
    model._default_manager.bulk_update(closed.values(), ["valid_to"])
    model._default_manager.bulk_create(fresh)


def _key(row: DatedRow, key: Sequence[str]) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in key)


def _peers(
    model: type[Dated], rows: Sequence[Dated], key: Sequence[str]
) -> defaultdict[tuple[str, ...], list[Dated]]:
    match = {f"{name}__in": {getattr(row, name) for row in rows} for name in key}
    held: defaultdict[tuple[str, ...], list[Dated]] = defaultdict(list)
    for row in model._default_manager.select_for_update().filter(**match):
        held[_key(row, key)].append(row)
    return held


def _fit(made: Dated, peers: Sequence[Dated]) -> tuple[Dated | None, list[Dated]]:
    """Give ``made`` its end; whom it closes, and the rows to add: itself and what resumes after it."""
    try:
        placement = place(made.span, [peer.span for peer in peers])
    except StartTaken:
        told = {"day": made.valid_from.isoformat()}
        raise PolicyRefused(
            _("自 %(day)s 起已有取值：请换一个生效日期，或先在“本地登记过的取值”里撤回") % told
        ) from None
    made.valid_to = placement.span.end
    if placement.closes is None:
        return None, [made]
    old = peers[placement.closes]
    old.valid_to = placement.span.start
    return old, [made, _resumed(old, placement.resumes)] if placement.resumes else [made]


def _resumed(old: Dated, span: Span) -> Dated:
    kept = {entry.attname: getattr(old, entry.attname) for entry in old._meta.concrete_fields}
    for name in ("id", "reference_key"):
        kept.pop(name, None)
    kept.update(valid_from=span.start, valid_to=span.end)
    return type(old)(**kept)


def _end(value: ParameterValue, on: date, reason: str) -> None:
    value.valid_to = max(on, value.valid_from)
    value.ended_because = reason.strip()
    value.save(update_fields=["valid_to", "ended_because"])
    mark_parameters([(value.parameter, value.region_code, value.valid_to)])
    selectors.forget()
    publish(
        ParameterEnded(
            value_id=str(value.pk),
            parameter=value.parameter,
            region_code=value.region_code,
            valid_to=value.valid_to.isoformat(),
        )
    )


def _fields(entry: MenuEntry | CategoryEntry) -> dict[str, object]:
    made = {name: getattr(entry, name) for name in entry.__dataclass_fields__}
    return {name: list(held) if isinstance(held, tuple) else held for name, held in made.items()}


def _state_list(made: list[Listed], actor: Actor) -> list[Listed]:
    for row in made:
        require_place(row.region_code)
        if not places.covers(row.document.region_code, row.region_code):
            told = {"document": row.document, "region": row.region_code}
            raise PolicyRefused(_("%(document)s 不适用于 %(region)s") % told)
    with transaction.atomic(), acting(actor):
        _write(made, "code", "region_code")
    return made
