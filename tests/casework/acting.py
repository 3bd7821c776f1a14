"""Who acts in the tests of casework."""

from __future__ import annotations

from linzhan.kernel import secrecy
from linzhan.network.api import Station
from tests.factories.workforce import worker


def worker_number(at: Station) -> str:
    """The identity number of a new worker of a station."""
    return secrecy.open_sealed(worker(station=at.code).identity_number_sealed)
