"""What other apps may use of duplicates: found, joined, parted."""

from __future__ import annotations

from linzhan.casework.merging.enums import PairState
from linzhan.casework.merging.finding import find_in_county, find_soon
from linzhan.casework.merging.models import DuplicatePair, Merging
from linzhan.casework.merging.rights import MERGE
from linzhan.casework.merging.services import MergeRefused, choosable, look_again, merge, set_apart
from linzhan.casework.merging.services import undo as undo_merge

__all__ = [
    "MERGE",
    "DuplicatePair",
    "MergeRefused",
    "Merging",
    "PairState",
    "choosable",
    "find_in_county",
    "find_soon",
    "look_again",
    "merge",
    "set_apart",
    "undo_merge",
]
