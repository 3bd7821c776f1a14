"""What other apps may use of scales and their results."""

from __future__ import annotations

from linzhan.casework.scales.catalogue import bring as bring_scale
from linzhan.casework.scales.catalogue import newest as newest_scales
from linzhan.casework.scales.catalogue import scale_of
from linzhan.casework.scales.definition import Act as ScaleAct
from linzhan.casework.scales.definition import DefinitionFault, Scale
from linzhan.casework.scales.definition import Item as ScaleItem
from linzhan.casework.scales.definition import Wording as ScaleWording
from linzhan.casework.scales.rights import DEFINE_SCALES, EDIT_RESULTS, READ_SCALES, VIEW_RESULTS
from linzhan.casework.scales.scoring import SCREENING_ONLY
from linzhan.casework.scales.selectors import Reading as ScaleReading
from linzhan.casework.scales.selectors import of_resident as readings_of_resident
from linzhan.casework.scales.selectors import reading as reading_of
from linzhan.casework.scales.selectors import trend as trend_of
from linzhan.casework.scales.services import VoidRefused
from linzhan.casework.scales.services import void as void_result_of
from linzhan.casework.scales.sheets import RESULTS as SCALE_RESULTS
from linzhan.casework.scales.sheets import answers_of

__all__ = [
    "DEFINE_SCALES",
    "EDIT_RESULTS",
    "READ_SCALES",
    "SCALE_RESULTS",
    "SCREENING_ONLY",
    "VIEW_RESULTS",
    "DefinitionFault",
    "Scale",
    "ScaleAct",
    "ScaleItem",
    "ScaleReading",
    "ScaleWording",
    "VoidRefused",
    "answers_of",
    "bring_scale",
    "newest_scales",
    "reading_of",
    "readings_of_resident",
    "scale_of",
    "trend_of",
    "void_result_of",
]
