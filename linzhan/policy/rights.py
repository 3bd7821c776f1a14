"""Who may open and who may change the rulebook; the scope check of a change is in the services."""

from __future__ import annotations

from linzhan.kernel.access import SIGNED_IN, right

VIEW_RULEBOOK = SIGNED_IN  # the rulebook is no secret: whoever works by a rule may read it
EDIT_POLICY = right(
    "policy.edit",
    "维护政策文件和参数",
    ("system_admin", "province_official", "city_official", "county_official"),
)
