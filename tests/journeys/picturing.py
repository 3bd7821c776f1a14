"""Pictures of pages for the handbook, at the width of a desk and of a phone, small enough to be kept.

The browser takes them in millions of colours; 256 are enough for a page and a third of the bytes. The
browser also finds the colours, in a window of its own; only the file is written here.
"""

from __future__ import annotations

import base64
import struct
import zlib
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.walking import DESK, PHONE

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "handbook" / "images"
LARGEST = 200_000  # bytes of one picture
FEWER_COLOURS = """async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, image.width, image.height).data;
  const often = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    often.set(colour, (often.get(colour) || 0) + 1);
  }
  const palette = [...often].sort((one, other) => other[1] - one[1]).slice(0, 256).map(([colour]) => colour);
  const place = new Map(palette.map((colour, at) => [colour, at]));
  const far = (one, other) => [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
  const nearest = (colour) => palette.reduce((best, each, at) => (far(each, colour) < far(palette[best], colour) ? at : best), 0);
  let indexes = "";
  for (let at = 0; at < data.length; at += 4) {
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    if (!place.has(colour)) place.set(colour, nearest(colour));
    indexes += String.fromCharCode(place.get(colour));
  }
  return { width: image.width, height: image.height, palette, indexes: btoa(indexes) };
}"""


def picture(page: Page, name: str) -> None:
    """Write ``<name>-1280.png`` and ``<name>-390.png``; leaves the page at the width of a desk."""
    for size in (PHONE, DESK):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        _write(IMAGES / f"{name}-{size['width']}.png", page)


def single(page: Page, name: str) -> None:
    """One picture as the page stands, as ``<name>.png``."""
    _write(IMAGES / f"{name}.png", page)


def _write(path: Path, page: Page) -> None:
    for chart in page.locator(".chart").all():
        chart.scroll_into_view_if_needed()  # a chart is drawn when it comes near
    expect(page.locator(".chart .waiting")).to_have_count(0)
    page.evaluate("scrollTo(0, 0)")
    taken = base64.b64encode(page.screenshot(animations="disabled", caret="hide")).decode()
    beside = page.context.new_page()
    image = beside.evaluate(FEWER_COLOURS, f"data:image/png;base64,{taken}")
    beside.close()
    png = _png(image)
    assert len(png) < LARGEST, f"{path.name}: {len(png)} bytes"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png)


def _png(image: dict[str, Any]) -> bytes:
    """A picture of at most 256 colours as a PNG file (ISO/IEC 15948)."""
    width, height = image["width"], image["height"]
    rows = base64.b64decode(image["indexes"])
    lines = b"".join(b"\0" + rows[at * width : (at + 1) * width] for at in range(height))
    palette = b"".join(colour.to_bytes(3, "big") for colour in image["palette"])
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
