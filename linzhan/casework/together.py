"""Several rows that are one act: all of them are written, or none (a consultation and its record)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.batch import Fault, Incoming
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.entering import stamps
from linzhan.kernel.registers.numbering import number_of
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.columns import PLATFORM_ID

Row = Mapping[str, Any]


class TogetherRefused(ValueError):
    """Nothing was written; ``faults`` says by register what is wrong."""

    def __init__(self, faults: Mapping[str, Sequence[Fault]]) -> None:
        super().__init__("；".join(fault.line for found in faults.values() for fault in found))
        self.faults = dict(faults)


def save_together(parts: Sequence[tuple[Register, Sequence[Row]]]) -> list[list[UUID]]:
    """Write the rows of each register in order, referred-to ones first; gives their ids.

    :class:`TogetherRefused` (nothing written) where any row is refused.
    """
    incoming = [Incoming.of(register, rows) for register, rows in parts if rows]
    with transaction.atomic():
        outcomes = save(incoming)
        faults = {
            outcome.register.key: [fault for found in outcome.faults.values() for fault in found]
            for outcome in outcomes
            if outcome.faults
        }
        if faults:
            raise TogetherRefused(faults)
    return [[identity for identity in outcome.ids if identity is not None] for outcome in outcomes]


def numbered_record(values: Row) -> dict[str, Any]:
    """``values`` of a new service record with an id, a number and the time of writing, where they state none."""
    identity = values.get(PLATFORM_ID.name) or uuid7()
    register = REGISTERS["service-records"]
    return {
        **stamps(register),
        "code": number_of(register.numbered, identity),
        **values,
        PLATFORM_ID.name: identity,
    }


def save_with_record(record: Row, detail: str, values: Row) -> tuple[UUID, UUID]:
    """A service record and the row of the register ``detail`` that tells more of it, in one call.

    Gives the ids of both. The contract's figures count the record, so nothing is counted twice.
    """
    stated = numbered_record(record)
    of_record = (REGISTERS["service-records"], [stated])
    [[record_id], [detail_id]] = save_together(
        [of_record, (REGISTERS[detail], [{**values, "record": stated["code"]}])]
    )
    return record_id, detail_id
