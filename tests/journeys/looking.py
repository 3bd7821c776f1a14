"""What must hold of every page, looked up in the page itself: it fits, it is named, it can be read."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, Page

from tests.journeys.walking import DESK, PHONE

SOON = 3_000  # milliseconds
SCRIPT = (Path(__file__).parent / "looking.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """Barriers on the page at hand (WCAG 2.1 A and AA, as far as a program can see them)."""
    found: list[str] = page.evaluate(SCRIPT)
    return [f"{page.url}: {fault}" for fault in found]


def overflow(page: Page) -> list[str]:
    """Widths at which the page has to be pushed sideways; leaves it at the width of a desk."""
    found = []
    for size in (PHONE, DESK):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        with suppress(Error):  # charts are drawn anew for the width in a moment
            page.wait_for_function(
                "wide => document.documentElement.scrollWidth <= wide", arg=size["width"], timeout=SOON
            )
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            found.append(f"{page.url}: {width} px wide at {size['width']} px")
    return found
