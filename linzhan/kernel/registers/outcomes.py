"""What became of each row of a call, part by part, in the words of the file it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from linzhan.kernel import masking, places
from linzhan.kernel.registers.attributes import SECRET_KINDS
from linzhan.kernel.registers.batch import Batch, Incoming, Outcome
from linzhan.kernel.sheets.columns import Column, Kind


def outcomes(batch: Batch, parts: Sequence[Incoming], verdicts: Mapping[int, str]) -> Iterator[Outcome]:
    """One outcome per part; ``verdicts`` says created or updated, the other good rows are unchanged."""
    start = 0
    for part in parts:
        end = start + len(part.row_numbers)
        outcome = Outcome(part.register, part.tab, unknown_columns=part.unknown_columns)
        outcome.rows, outcome.ids = end - start, batch.ids[start:end]
        rejected = [index for index in range(start, end) if index in batch.faults] if batch.faults else []
        counts = Counter(verdicts[index] for index in range(start, end) if index in verdicts)
        outcome.rejected, outcome.created, outcome.updated = (
            len(rejected),
            counts["created"],
            counts["updated"],
        )
        outcome.unchanged = outcome.rows - outcome.rejected - outcome.created - outcome.updated
        for index in rejected:
            number = part.row_numbers[index - start]
            outcome.faults[number] = batch.faults[index]
            told = "|".join(batch.told_key(index))
            outcome.keys[number] = _spelled_key(batch, index, part.keys[index - start]) if part.keys else told
        start = end
        yield outcome


def _short(code: str) -> str:
    """A division code as people write it: without the zeros below its level, at least six digits."""
    return places.prefix(code).ljust(6, "0") if places.is_code(code) else code


def _spelled_key(batch: Batch, index: int, raw: str) -> str:
    """The key as understood; where a part was not, as the file spells it."""
    columns = batch.register.sheet.keys
    understood, spelled = batch.told_key(index), raw.split("|")
    if len(understood) != len(spelled):
        return raw
    parts = zip(columns, understood, spelled, strict=True)
    return "|".join(_spelled_part(column, part, as_typed) for column, part, as_typed in parts)


def _spelled_part(column: Column, understood: str, as_typed: str) -> str:
    if column.kind is Kind.REGION:
        return _short(understood) or as_typed
    if column.kind in SECRET_KINDS and understood and not as_typed:
        return masking.mask_identity(understood)  # the file showed a mask; the row's number says whose
    return understood or as_typed
