"""What other apps may use of the territory."""

from linzhan.territory.enums import ChangeKind, Codebook, Level
from linzhan.territory.events import RegionsChanged
from linzhan.territory.loader import Loaded, ensure_villages, load, load_villages
from linzhan.territory.lookup import Ambiguous, NotFound, Resolution, Resolver, resolve
from linzhan.territory.models import Region, RegionChange, RegionName
from linzhan.territory.selectors import (
    Counts,
    changes,
    children,
    counts_on,
    extent,
    name_on,
    path_on,
    region,
    regions_on,
    search,
    successors,
    townships_on,
    villages_on,
)
from linzhan.territory.services import (
    Decree,
    Unit,
    abolish_region,
    create_region,
    merge_regions,
    move_region,
    rename_region,
    split_region,
)
from linzhan.territory.shapes import outlines
from linzhan.territory.shapes import replace as replace_outlines

__all__ = [
    "Ambiguous",
    "ChangeKind",
    "Codebook",
    "Counts",
    "Decree",
    "Level",
    "Loaded",
    "NotFound",
    "Region",
    "RegionChange",
    "RegionName",
    "RegionsChanged",
    "Resolution",
    "Resolver",
    "Unit",
    "abolish_region",
    "changes",
    "children",
    "counts_on",
    "create_region",
    "ensure_villages",
    "extent",
    "load",
    "load_villages",
    "merge_regions",
    "move_region",
    "name_on",
    "outlines",
    "path_on",
    "region",
    "regions_on",
    "rename_region",
    "replace_outlines",
    "resolve",
    "search",
    "split_region",
    "successors",
    "townships_on",
    "villages_on",
]
