"""Which row a key means where several counties have it (``contract/workbook.md``, ADR 0016)."""

from __future__ import annotations

from collections.abc import Sequence

from linzhan.kernel import masking
from linzhan.kernel.registers.attributes import SECRET_KINDS
from linzhan.kernel.registers.declare import Register, Where
from linzhan.kernel.scope import current_scope


def meant(target: Register, key: str, found: Sequence[Where], county: str) -> Where | str:
    """Which of the rows of one key somebody in ``county`` means, or a Chinese sentence.

    Their own county's; else that of the city or province above (a city's centre); where the row does not
    say its place, the one within the writer's area; else the only one there is. A person kept in several
    counties is the same one in each: the row registered first.
    """
    personal = target.sheet.keys[0].kind in SECRET_KINDS
    told = masking.mask_identity(key) if personal else key
    if not found:
        return f"在“{target.name}”中找不到“{told}”，请先登记它（或改正本行），再重新导入"
    if len(found) > 1:
        near = (county, f"{county[:4]}00", f"{county[:2]}0000") if county else ()
        found = next((at for code in near if (at := _in_county(found, code))), found)
    if len(found) > 1 and not county:
        area = current_scope()
        found = [where for where in found if area.covers_region(where.region_code)] or found
    if len(found) == 1 or personal:
        return min(found, key=lambda where: where.id)
    return f"“{told}”在多个县的“{target.name}”中都有，无法判断是哪一个，请分县导入"


def _in_county(found: Sequence[Where], county: str) -> list[Where]:
    return [where for where in found if where.region_code[:6] == county]
