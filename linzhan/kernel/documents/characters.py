"""Which characters a document holds: what people paste brings some along that no page and no XML has."""

from __future__ import annotations

import re
from typing import Final

BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\u2028\u2029]")  # \x0b is how Word hands over its soft line break
FORBIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, section 2.2


def legal(text: str) -> str:
    """``text`` without what XML forbids; every kind of line break is one."""
    return FORBIDDEN.sub("", BREAKS.sub("\n", text))
