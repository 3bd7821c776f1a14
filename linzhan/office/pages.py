"""Read at start-up: every subject registers its pages at the desk (``linzhan.office.navigation``)."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from linzhan.office.subjects import SUBJECTS

for _subject in SUBJECTS:
    if find_spec(f"linzhan.office.{_subject}") and find_spec(f"linzhan.office.{_subject}.pages"):
        import_module(f"linzhan.office.{_subject}.pages")
