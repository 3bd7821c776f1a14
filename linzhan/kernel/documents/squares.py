"""An address as a square of dots that a phone's camera reads (QR code, ISO/IEC 18004), to be set on paper."""

from __future__ import annotations

import io


def square(text: str) -> str:
    """``text`` as a picture (SVG), with the quiet zone of four dots that readers need around it.

    Level M: about 15 % of what is written may be lost to dirt or a fold.
    """
    import segno  # noqa: PLC0415 -- only for what is printed

    drawn = io.BytesIO()
    segno.make_qr(text, error="m").save(drawn, kind="svg", border=4, xmldecl=False)
    return drawn.getvalue().decode()
