"""Small pictures that nobody took: rooms as a camera sees them, and strokes of a pen (``domain.md`` §14, PC05, PC12).

Each comes from a number: the same number draws the same picture.
"""

from __future__ import annotations

import io
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

WIDE, HIGH = 400, 300
SHAPES: Final = 14
STROKES: Final = 5


def scene(seed: int, *, beside: int | None = None) -> Image.Image:
    """A room: large soft shapes, light from one side. ``beside`` takes the same light and other things in it."""
    light, things = Random(seed), Random(seed if beside is None else beside)
    picture = Image.linear_gradient("L").rotate(90 * light.randrange(4)).resize((WIDE, HIGH)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for _ in range(SHAPES):
        left, top = things.randrange(WIDE * 11 // 12), things.randrange(HIGH * 8 // 9)
        box = (
            left,
            top,
            left + things.randrange(WIDE // 15, WIDE * 5 // 12),
            top + things.randrange(30, 134),
        )
        draw.ellipse(box, fill=tuple(things.randrange(30, 230) for _ in range(3)))
    return picture.filter(ImageFilter.GaussianBlur(2))


def taken_again(picture: Image.Image) -> Image.Image:
    """The same photo from a chat group: smaller, a little brighter, a rim cut off."""
    wide, high = picture.size
    cut = picture.crop((3, 2, wide - 3, high - 2)).resize((wide * 2 // 3, high * 2 // 3))
    return ImageEnhance.Brightness(cut).enhance(1.08)


def covered(seed: int) -> Image.Image:
    """A lens that was covered: dark, with the grain that every camera has."""
    chance = Random(seed)
    return Image.frombytes("L", (WIDE, HIGH), bytes(chance.choices(range(6), k=WIDE * HIGH))).convert("RGB")


def as_photo(picture: Image.Image, quality: int = 80) -> bytes:
    """JPEG, as a telephone sends it."""
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=quality)
    return kept.getvalue()


def signature(seed: int, *, shaken: int = 0) -> bytes:
    """A name in strokes, PNG; ``shaken`` moves each point a little: the same hand writes it another time."""
    chance, hand = Random(seed), Random(f"{seed}/{shaken}")
    picture = Image.new("RGBA", (240, 96), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    for nth in range(STROKES):
        points = [
            (
                16 + 40 * nth + chance.randrange(40) + (hand.randrange(-3, 4) if shaken else 0),
                12 + chance.randrange(72) + (hand.randrange(-3, 4) if shaken else 0),
            )
            for _ in range(4)
        ]
        draw.line(points, fill=(20, 20, 40, 255), width=3, joint="curve")
    kept = io.BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()
