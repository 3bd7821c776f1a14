"""Pictures of pages for the handbook, at the width of a desk and of a phone, small enough to be kept."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.walking import DESK, PHONE

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "handbook" / "images"
LARGEST = 200_000  # bytes of one picture


def picture(page: Page, name: str) -> None:
    """Write ``<name>-1280.png`` and ``<name>-390.png``; leaves the page at the width of a desk."""
    for size in (PHONE, DESK):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.evaluate("document.fonts.ready")
        page.wait_for_function("!document.querySelector('.chart .waiting')")
        _write(IMAGES / f"{name}-{size['width']}.png", page)


def single(page: Page, name: str) -> None:
    """One picture at the width of a desk, as ``<name>.png``."""
    _write(IMAGES / f"{name}.png", page)


def _write(path: Path, page: Page) -> None:
    taken = page.screenshot(animations="disabled", caret="hide")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(taken)
    assert len(taken) < LARGEST, f"{path.name}: {len(taken)} bytes"
