"""The shipped reference data: what the studied places' documents say, each with its source (CFG-01…16).

Loading is idempotent and never overwrites: what a place has stated itself stays as it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from linzhan.kernel import places
from linzhan.kernel.scope import MACHINE, Actor, unscoped
from linzhan.policy import services
from linzhan.policy.catalogue import REFERENCE
from linzhan.policy.enums import DocumentKind, DocumentStatus
from linzhan.policy.models import ListedRow, MenuItem, ParameterValue, PolicyDocument, ResidentCategory

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: new rows, rows already there, rows left out because the place decided itself."""

    created: int
    present: int
    left_out: tuple[str, ...]


def entries(table: str) -> Iterator[Entry]:
    """All ``[[table]]`` entries of the reference files, in order of file."""
    for file in sorted(REFERENCE.glob("*.toml")):
        yield from read_file(file).get(table, ())


@cache  # the files are part of the programme; one load asks for each of them five times
def read_file(file: Path) -> Entry:
    with file.open("rb") as stream:
        return tomllib.load(stream, parse_float=Decimal)


def reference_key(entry: Entry) -> str:
    """The name under which a shipped value is recognised at the next load."""
    return "|".join((entry["parameter"], entry.get("variant", ""), str(entry["region"]), str(entry["from"])))


def load_reference(actor: Actor = MACHINE) -> Loaded:
    """Bring documents, values, service menu and resident categories into the database; repeatable."""
    with transaction.atomic(), unscoped("shipped policy reference data is loaded at set-up"):
        documents = _load_documents(actor)
        values = _load_values(documents, actor)
        lists = _load_lists(documents, actor)
    return Loaded(values.created + lists.created, values.present + lists.present, values.left_out)


def _load_documents(actor: Actor) -> dict[str, PolicyDocument]:
    held = {document.key: document for document in PolicyDocument.objects.exclude(key=None) if document.key}
    for quoted in (False, True):  # known only through another, which is there first
        new = [
            each
            for each in entries("document")
            if each["key"] not in held and ("quoted_in" in each) is quoted
        ]
        made = services.register_documents([_facts(each, held) for each in new], actor=actor)
        held |= {each["key"]: document for each, document in zip(new, made, strict=True)}
    return held


def _facts(entry: Entry, held: Mapping[str, PolicyDocument]) -> services.DocumentFacts:
    return services.DocumentFacts(
        key=entry["key"],
        title=entry["title"],
        number=entry.get("number", ""),
        issuers=tuple(entry.get("issuers", ())),
        region_code=places.pad(entry["region"]),
        kind=DocumentKind(entry.get("kind", DocumentKind.RULE)),
        status=DocumentStatus(entry.get("status", DocumentStatus.IN_FORCE)),
        issued_on=entry.get("issued_on"),
        note=entry.get("note", ""),
        quoted_in=held[entry["quoted_in"]] if "quoted_in" in entry else None,
    )


def _load_values(documents: Mapping[str, PolicyDocument], actor: Actor) -> Loaded:
    held = set(ParameterValue.objects.exclude(reference_key=None).values_list("reference_key", flat=True))
    decided = set(
        ParameterValue.objects.filter(reference_key=None).values_list("parameter", "variant", "region_code")
    )
    new, left_out = [], []
    for entry in entries("value"):
        key = reference_key(entry)
        if key in held:
            continue
        if (entry["parameter"], entry.get("variant", ""), places.pad(entry["region"])) in decided:
            left_out.append(key)
        else:
            new.append(_statement(entry, documents))
    services.state_values(new, actor=actor)
    return Loaded(len(new), len(held), tuple(left_out))


def _statement(entry: Entry, documents: Mapping[str, PolicyDocument]) -> services.Statement:
    return services.Statement(
        parameter=entry["parameter"],
        variant=entry.get("variant", ""),
        region_code=places.pad(entry["region"]),
        value=entry.get("value"),
        valid_from=entry["from"],
        valid_to=entry.get("to"),
        document=documents[entry["document"]],
        clause=entry["clause"],
        note=entry.get("note", ""),
        start_stated=entry.get("start_stated", True),
        reference_key=reference_key(entry),
    )


def _load_lists(documents: Mapping[str, PolicyDocument], actor: Actor) -> Loaded:
    items, items_held = _unlisted(MenuItem, "item")
    categories, categories_held = _unlisted(ResidentCategory, "category")
    offers = [services.MenuEntry(**_row(entry, documents, "objects_served", "methods")) for entry in items]
    services.state_menu_items(offers, actor=actor)
    defined = [services.CategoryEntry(**_row(entry, documents)) for entry in categories]
    services.state_resident_categories(defined, actor=actor)
    return Loaded(len(items) + len(categories), items_held + categories_held, ())


def _unlisted(model: type[ListedRow], table: str) -> tuple[list[Entry], int]:
    """The entries of ``table`` whose code the place does not have yet, and how many it has."""
    held = set(model._default_manager.values_list("code", "region_code"))
    shipped = list(entries(table))
    new = [entry for entry in shipped if (entry["code"], places.pad(entry["region"])) not in held]
    return new, len(shipped) - len(new)


def _row(entry: Entry, documents: Mapping[str, PolicyDocument], *several: str) -> dict[str, Any]:
    made = {
        name: held for name, held in entry.items() if name not in ("region", "from", "document", *several)
    }
    made.update({name: tuple(entry.get(name, ())) for name in several})
    made.update(
        region_code=places.pad(entry["region"]),
        valid_from=entry["from"],
        document=documents[entry["document"]],
    )
    return made
