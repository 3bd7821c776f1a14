"""The subjects of the desk, in the order of their addresses: each a package with its views, addresses and pages."""

from __future__ import annotations

from typing import Final

SUBJECTS: Final = (
    "home",
    "accounts",
    "awaiting",
    "overview",
    "figures",
    "rulebook",
    "registers",
    "cases",
    "gatherings",
    "incidents",
    "duties",
    "evaluation",
    "imports",
    "jobs",
    "merging",
    "mine",
    "people",
    "money",
    "phones",
    "purchasing",
    "providers",
    "published",
    "rectification",
    "residents",
    "review",
    "scales",
    "supervision",
    "transfers",
    "warning",
    "search",
    "regions",
)
