"""A picture made safe to keep: really a picture, small, and without what the camera wrote into it."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST: Final = 1600  # pixels of the longer side
LARGEST: Final = 300_000  # bytes that are kept (``domain.md`` §7.6)
MOST_PIXELS: Final = 40_000_000  # a file that unfolds to more is no photo
QUALITIES: Final = (82, 70, 58, 45)
FORMATS: Final = ("JPEG", "PNG", "WEBP")


class PictureRefused(ValueError):
    """Not a picture we keep; the message is Chinese and says what to do."""


def cleaned(sent: bytes) -> tuple[bytes, str]:
    """The picture anew, without any metadata (place, time, device), and its media type.

    A line drawing with transparency (a signature) stays PNG, all else becomes JPEG.
    """
    try:
        with Image.open(io.BytesIO(sent), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureRefused("图片太大，请在手机上重新拍摄")
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((LONGEST, LONGEST))
            drawn = opened.format == "PNG" and len(sent) <= LARGEST
            return _png(picture) if drawn else _jpeg(picture)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        if isinstance(error, PictureRefused):
            raise
        raise PictureRefused("这个文件不是可以打开的照片（JPEG、PNG 或 WebP），请重新拍摄或选择") from error


def _png(picture: Image.Image) -> tuple[bytes, str]:
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "PNG", optimize=True)
    return out.getvalue(), "image/png"


def _jpeg(picture: Image.Image) -> tuple[bytes, str]:
    plain, out = picture.convert("RGB"), io.BytesIO()
    for quality in QUALITIES:
        out = io.BytesIO()
        plain.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= LARGEST:
            break
    return out.getvalue(), "image/jpeg"
