"""The resident's file: what this desk adds to the file page of residents and households."""

from __future__ import annotations

from linzhan.office.residents import (  # noqa: F401 -- each registers its part
    consents,
    head,
    household,
    overview,
    papers,
    risk,
    timeline,
    waiting,
)
