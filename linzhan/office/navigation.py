"""The desks at the left of the frame and the pages on them (``screens.md``: Office).

A page registers itself beside its views: ``page("jobs", desk="系统", label=_("任务"), …)``. The lists of
the registers are not registered here: ``linzhan.office.frame`` adds them from ``Register.nav``.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from linzhan.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Desk:
    """One entry of the frame. ``letter`` answers ``g`` + letter."""

    key: str
    icon: str
    letter: str


DESKS: tuple[Desk, ...] = (
    Desk("工作台", "home", "h"),
    Desk("总览", "overview", "o"),
    Desk("网络", "network", "w"),
    Desk("人员", "people", "r"),
    Desk("机构", "institution", "j"),
    Desk("购买", "contract", "c"),
    Desk("资金", "money", "z"),
    Desk("服务", "service", "f"),
    Desk("联动", "linkage", "l"),
    Desk("评估", "quality", "p"),
    Desk("监督", "oversight", "d"),
    Desk("报告", "report", "b"),
    Desk("规则", "rules", "g"),
    Desk("系统", "system", "s"),
)
DESK_BY_KEY = {desk.key: desk for desk in DESKS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page of a desk: shown to whoever holds ``right`` (``SIGNED_IN`` for everybody).

    ``beside``: it is met on other pages, and stands on the desk's list of all that it has, not in the menu.
    """

    key: str
    desk: str
    label: str | Promise
    url_name: str
    right: str
    order: int
    beside: bool = False


PAGES: Registry[Page] = Registry("office pages", key="key")
BENEATH: dict[str, str] = {}
"""Where pages about single rows stand, with the list in the menu that one comes from."""


def beneath(register: str, address: str) -> None:
    """The pages under ``address`` are about rows of ``register``: its list is marked in the menu there."""
    BENEATH[address] = f"/r/{register}/"


def page(
    key: str,
    desk: str,
    label: str | Promise,
    url_name: str,
    right: str,
    order: int = 100,
    *,
    beside: bool = False,
) -> Page:
    """Register a page of a desk. ``url_name`` needs no arguments; lower ``order`` stands higher."""
    if desk not in DESK_BY_KEY:
        raise ValueError(f"no desk named {desk}; the desks are {'、'.join(DESK_BY_KEY)}")
    return PAGES.add(
        Page(key=key, desk=desk, label=label, url_name=url_name, right=right, order=order, beside=beside)
    )
