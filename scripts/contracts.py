"""An import contract: other apps are reached through their ``api`` module and by no other way.

A layers contract says who may know whom; this one says by which door. It covers every import,
those for type checking included: an annotation that names an internal class is knowledge of it.
"""

from __future__ import annotations

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

DOOR = "api"


class ApiOnlyContract(Contract):
    """``container``: the package whose children are apps; ``open``: apps that need no door;
    ``outside``: modules of the container that are no apps."""

    container = fields.StringField()
    open = fields.SetField(subfield=fields.StringField(), required=False)
    outside = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001 - the library's signature
        del verbose
        trespasses = sorted(
            (importer, imported)
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
            if self._trespasses(importer, imported)
        )
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["trespasses"]:
            output.print_error(
                f"{importer} imports {imported}: use {self._door(self._app(imported))}", bold=False
            )

    def _trespasses(self, importer: str, imported: str) -> bool:
        there = self._app(imported)
        if not there or there == self._app(importer) or there in self._names("open"):
            return False
        door = self._door(there)
        return imported != door and not imported.startswith(f"{door}.")

    def _app(self, module: str) -> str:
        """The app a module belongs to; empty for a module that belongs to none."""
        head, _, rest = module.partition(f"{self.container}.")
        name = rest.partition(".")[0]
        return "" if head or name in self._names("outside") else name

    def _door(self, app: str) -> str:
        return f"{self.container}.{app}.{DOOR}"

    def _names(self, field: str) -> frozenset[str]:
        return frozenset(str(name) for name in getattr(self, field) or ())
