"""Accounts and appointments stand where the station or division stands that they name (ADR 0013)."""

from __future__ import annotations

from linzhan.accounts.models import Appointment, User
from linzhan.kernel.registers.followers import Table, follower

follower(Table(model=User, copies_provider=False, same_unit_only=True))
follower(Table(model=Appointment, ends="valid_to", copies_provider=False, same_unit_only=True))
