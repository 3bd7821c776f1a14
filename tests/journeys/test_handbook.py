"""The handbook is whole: a page for every role, every link leads somewhere, every picture is there and small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
HANDBOOK, IMAGES = DOCS / "handbook", DOCS / "handbook" / "images"
PAGES = sorted(HANDBOOK.glob("*.md"))
READMES = [DOCS.parent / "README.md", DOCS.parent / "README.zh-CN.md", DOCS / "adr" / "README.md"]
ROLE_PAGES = (
    "admin", "province", "city", "county", "township", "purchaser-finance", "provider", "lead", "worker",
    "supervisor", "evaluator", "volunteer-resident",
)  # fmt: skip
SECTIONS = ("## 早上等您的事", "## 看不到什么", "## 出了问题")
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)|src=\"([^\"]+)\"")
LARGEST, ALL_TOGETHER = 200_000, 6_000_000


def links(page: Path) -> set[str]:
    return {first or second for first, second in LINK.findall(page.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("role", ROLE_PAGES)
def test_every_role_has_a_page_that_answers_the_same_questions(role: str) -> None:
    text = (HANDBOOK / f"{role}.md").read_text(encoding="utf-8")
    assert [section for section in SECTIONS if section not in text] == []


@pytest.mark.parametrize("page", [*PAGES, *READMES], ids=lambda page: str(page.relative_to(DOCS.parent)))
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not (page.parent / link).exists()] == []


def test_the_contents_name_every_page() -> None:
    assert {page.name for page in PAGES} - links(HANDBOOK / "README.md") == {"README.md"}


def test_every_picture_is_shown_somewhere_and_small() -> None:
    shown = {Path(link).name for page in [*PAGES, *READMES] for link in links(page) if link.endswith(".png")}
    sizes = {path.name: path.stat().st_size for path in IMAGES.glob("*.png")}
    assert set(sizes) == shown
    assert max(sizes.values()) < LARGEST
    assert sum(sizes.values()) < ALL_TOGETHER
