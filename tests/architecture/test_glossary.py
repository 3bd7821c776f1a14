"""One word per idea: every model is in ``docs/glossary.md``, under its Chinese name and its class."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import models

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
CODE = re.compile(r"`([A-Za-z_.]+)`")
HISTORY_NAME, HISTORY_CLASS = "历史", "State"


@dataclass(frozen=True)
class Term:
    """One row of the glossary."""

    chinese: frozenset[str]
    code: frozenset[str]


def terms(text: str) -> list[Term]:
    """The rows of all tables in ``text``, without heads and rules."""
    rows = [line.strip().strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [
        Term(frozenset(spellings(cells[0])), frozenset(CODE.findall(cells[1])))
        for cells in rows
        if CODE.search(cells[1])
    ]


def spellings(cell: str) -> set[str]:
    """The terms of a first column, with and without what stands in brackets."""
    parts = {part.strip() for part in cell.split(" / ")}
    return parts | {re.sub(r"[(（][^)）]*[)）]", "", part).strip() for part in parts}


def missing(class_name: str, chinese: str, glossary: list[Term]) -> str | None:
    """What the glossary lacks for one model; None where it has the pair in one row."""
    if class_name.endswith(HISTORY_CLASS) and chinese.endswith(HISTORY_NAME):
        class_name, chinese = class_name.removesuffix(HISTORY_CLASS), chinese.removesuffix(HISTORY_NAME)
    named = [term for term in glossary if chinese in term.chinese]
    if not named:
        return f"“{chinese}” ({class_name}) is not in the glossary"
    if not any(class_name in term.code for term in named):
        codes = sorted(code for term in named for code in term.code)
        return f"“{chinese}” is {', '.join(codes)} in the glossary, but {class_name} in the code"
    return None


def own_models() -> list[type[models.Model]]:
    """The models that somebody of this house named."""
    own = [config for config in apps.get_app_configs() if config.name.startswith("linzhan.")]
    return [model for config in own for model in config.get_models() if not model._meta.auto_created]


def test_every_model_is_in_the_glossary() -> None:
    glossary = terms(GLOSSARY.read_text(encoding="utf-8"))
    named = [(model.__name__, str(model._meta.verbose_name)) for model in own_models()]
    assert named, "no app of the house is installed"
    faults = [fault for class_name, chinese in named if (fault := missing(class_name, chinese, glossary))]
    assert not faults, "add to docs/glossary.md:\n" + "\n".join(sorted(faults))


def test_no_term_stands_in_two_rows() -> None:
    seen: set[str] = set()
    twice: set[str] = set()
    for term in terms(GLOSSARY.read_text(encoding="utf-8")):
        twice |= seen & term.chinese
        seen |= term.chinese
    assert not twice


SAMPLE = terms(
    "| 社工站 / 乡镇(街道)社工站 | `Station` | x |\n|---|---|---|\n| 参数 | `Parameter`, `Ruling` | x |"
)


def test_a_model_is_looked_for_by_both_its_names() -> None:
    assert missing("Station", "社工站", SAMPLE) is None
    assert missing("Station", "乡镇社工站", SAMPLE) is None
    assert missing("Ruling", "参数", SAMPLE) is None
    assert "is not in the glossary" in (missing("Station", "站点", SAMPLE) or "")
    assert "Parameter, Ruling" in (missing("Setting", "参数", SAMPLE) or "")


def test_a_history_is_looked_for_by_its_register() -> None:
    assert missing("StationState", "社工站历史", SAMPLE) is None
    assert missing("DeskState", "柜台历史", SAMPLE) is not None
