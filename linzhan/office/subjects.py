"""The subjects of the desk, in the order of their addresses: each a package with its views, addresses and pages."""

from __future__ import annotations

from typing import Final

SUBJECTS: Final = (
    "home",
    "accounts",
    "overview",
    "figures",
    "rulebook",
    "registers",
    "cases",
    "gatherings",
    "incidents",
    "duties",
    "imports",
    "incidents",
    "jobs",
    "merging",
    "mine",
    "money",
    "phones",
    "published",
    "residents",
    "review",
    "scales",
    "transfers",
    "search",
    "regions",
)
