"""The territory's part in reading workbooks: it resolves the region columns of every sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from linzhan.kernel.registers.resolving import lend_region_resolver
from linzhan.kernel.scope import current_scope
from linzhan.kernel.sheets.cells import CellFault
from linzhan.territory.lookup import Resolution, Resolver
from linzhan.territory.models import Region


class SheetRegions:
    """Texts to codes; the reader's own area decides between units of one name."""

    def resolve_many(self, texts: Iterable[str]) -> Mapping[str, str | CellFault]:
        """Code of each text, or the sentence that says what is wrong with it."""
        found = Resolver(within=current_scope().regions).resolve_many(texts)
        return {text: _code_or_fault(resolution) for text, resolution in found.items()}


def _code_or_fault(resolution: Resolution) -> str | CellFault:
    return resolution.code if isinstance(resolution, Region) else CellFault(resolution.message)


lend_region_resolver(SheetRegions())
