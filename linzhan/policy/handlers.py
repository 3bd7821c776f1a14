"""A division that goes on under another code keeps its rulebook; what ruled before stays on record."""

from __future__ import annotations

from linzhan.kernel.registers.followers import Table, follower
from linzhan.policy.models import MenuItem, ParameterValue, PolicyDocument, ResidentCategory

follower(Table(model=PolicyDocument, same_unit_only=True))
follower(Table(model=ParameterValue, dated=True, cleared=("reference_key",), same_unit_only=True))
for _model in (MenuItem, ResidentCategory):
    follower(Table(model=_model, dated=True, same_unit_only=True))
