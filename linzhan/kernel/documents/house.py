"""The style of documents for Word, beside ``house.typ``: a table of looks and a page, read and reviewed as text.

Page, type and page numbers are those of Chinese official documents (GB/T 9704-2012). Fonts are named, not shipped:
the offices' machines have them, and whoever has others changes the style in Word, not the paragraphs.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from docx.document import Document as Opened

Kind = Literal["official", "form"]
"""``official``: a letter or notice of 22 lines of 28 characters; ``form``: smaller type and tables."""

FANG, SONG, HEI, XIAO = "仿宋", "宋体", "黑体", "方正小标宋简体"
LATIN: Final = "Times New Roman"
TOP, RIGHT, BOTTOM, LEFT = 37, 26, 35, 28  # mm around a text of 156 x 225 mm on A4
WIDTH, HEIGHT = 210 - LEFT - RIGHT, 297 - TOP - BOTTOM
POINTS: Final = 72 / 25.4  # in a millimetre
LINES, CHARACTERS = 22, 28  # of a page, of a line
HAO_3, HAO_4 = 16, 14  # points, as Word has these sizes
CLOSER: Final = -0.25  # points between characters of 3 hao, so that a line holds its number of them
BELOW: Final = 7  # mm from the text to the page's number
PITCH: Final = (
    int(HEIGHT * POINTS / LINES * 20) / 20
)  # rounded down to what the format counts by: all must fit


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """One style; its name is what Word's list shows. Sizes are points, ``indent`` and ``right`` characters.

    ``pitch`` is an exact height of lines, None the font's own; ``level`` the rank among headings, from 0.
    """

    name: str
    face: str
    size: float
    align: Literal["both", "left", "center", "right"] = "both"
    indent: int = 0
    right: int = 0
    pitch: float | None = None
    before: float = 0
    after: float = 0
    level: int | None = None
    grey: bool = False


LOOKS: Final[Mapping[Kind, Sequence[Look]]] = {
    "official": (
        Look(name="Normal", face=FANG, size=HAO_3, indent=2, pitch=PITCH),
        Look(name="Title", face=XIAO, size=22, align="center", pitch=PITCH * 1.2, after=PITCH / 2),
        Look(name="Heading 1", face=HEI, size=HAO_3, indent=2, pitch=PITCH, level=0),
        Look(name="发文字号", face=FANG, size=HAO_3, align="center", pitch=PITCH),
        Look(name="主送机关", face=FANG, size=HAO_3, pitch=PITCH),
        Look(name="落款", face=FANG, size=HAO_3, align="right", right=4, pitch=PITCH),
        Look(name="附注", face=FANG, size=10, indent=2, before=PITCH / 2, grey=True),
        Look(name="表头", face=HEI, size=10, align="left", before=2, after=2),
        Look(name="表格内容", face=FANG, size=11, align="left", before=2, after=2),
    ),
    "form": (
        Look(name="Normal", face=SONG, size=11, after=6),
        Look(name="Title", face=XIAO, size=22, align="center", before=4, after=14),
        Look(name="Heading 1", face=HEI, size=12, align="left", before=12, after=6, level=0),
        Look(name="附注", face=SONG, size=9, after=4),
        Look(name="表头", face=HEI, size=9.5, align="left", before=2, after=2),
        Look(name="表格内容", face=SONG, size=10, align="left", before=2, after=2),
    ),
}
BLACK, GREY = "000000", "595959"
LOOSE: Final = 'w:line="300" w:lineRule="auto"'  # a line and a quarter of the font's own
BALLAST: Final = (
    "/thumbnail",
    "/customXml",
    "/stylesWithEffects",
)  # what the library's own document brings along
KEPT: Final = (
    "Default Paragraph Font",
    "Normal Table",
    "No List",
    "Table Grid",
)  # of the library's own styles

FONTS: Final = (
    '<w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{face}" w:cs="{latin}"/>'
)
STYLE: Final = """
<w:style {spaces} w:type="paragraph" {default} w:styleId="{id}">
  <w:name w:val="{name}"/>{based}<w:qFormat/>
  <w:pPr>
    {keep}<w:spacing w:before="{before}" w:after="{after}" {pitch}/>
    <w:ind w:firstLineChars="{indent}" w:firstLine="{first}" w:rightChars="{right}" w:right="{far}"/>
    <w:jc w:val="{align}"/>{level}
  </w:pPr>
  <w:rPr>
    {fonts}<w:color w:val="{colour}"/><w:spacing w:val="{closer}"/><w:kern w:val="0"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>
  </w:rPr>
</w:style>"""
DEFAULTS: Final = """
<w:docDefaults {spaces}>
  <w:rPrDefault><w:rPr>{fonts}<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
  <w:pPrDefault/>
</w:docDefaults>"""
NUMBER: Final = """
<w:p {spaces}>
  <w:pPr>
    <w:ind w:firstLineChars="0" w:firstLine="0" w:leftChars="100" w:rightChars="100"/><w:jc w:val="{side}"/>
  </w:pPr>
  <w:r><w:rPr>{type}</w:rPr><w:t xml:space="preserve">— </w:t></w:r>
  <w:fldSimple w:instr=" PAGE "><w:r><w:rPr>{type}</w:rPr><w:t>1</w:t></w:r></w:fldSimple>
  <w:r><w:rPr>{type}</w:rPr><w:t xml:space="preserve"> —</w:t></w:r>
</w:p>"""


@cache
def blank(kind: Kind) -> bytes:
    """An empty document in the house's style, made once."""
    import docx  # noqa: PLC0415

    document = docx.Document()
    _dress(document, LOOKS[kind])
    _lay_out(document)
    for part in (document.part.package, document.part):
        for name in [name for name, each in part.rels.items() if each.reltype.endswith(BALLAST)]:
            del part.rels[name]
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def _dress(document: Opened, looks: Sequence[Look]) -> None:
    """The house's styles in place of the library's hundred and more."""
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls, qn  # noqa: PLC0415

    root, spaces = document.styles.element, nsdecls("w")
    kept = [each for each in root.style_lst if each.name_val in KEPT]
    for child in list(root):
        root.remove(child)
    fonts = FONTS.format(latin=LATIN, face=looks[0].face)
    root.append(parse_xml(DEFAULTS.format(spaces=spaces, fonts=fonts)))
    for look in looks:
        root.append(parse_xml(_style(look, spaces)))
    for each in kept:
        for spacing in each.findall(qn("w:pPr")):
            each.remove(spacing)
        root.append(each)


def _style(look: Look, spaces: str) -> str:
    normal, heading = look.name == "Normal", look.level is not None
    exact = f'w:line="{_twentieths(look.pitch or 0)}" w:lineRule="exact"'
    return STYLE.format(
        spaces=spaces,
        default='w:default="1"' if normal else "",
        id=look.name.replace(" ", ""),
        name=look.name.lower() if heading else look.name,  # the name by which Word knows a heading
        based="" if normal else '<w:basedOn w:val="Normal"/>',
        keep="<w:keepNext/>" if heading else "",
        before=_twentieths(look.before),
        after=_twentieths(look.after),
        pitch=exact if look.pitch else LOOSE,
        indent=look.indent * 100,
        first=_twentieths(look.indent * look.size),
        right=look.right * 100,
        far=_twentieths(look.right * look.size),
        align=look.align,
        level=f'<w:outlineLvl w:val="{look.level}"/>' if heading else "",
        fonts=FONTS.format(latin=LATIN, face=look.face),
        colour=GREY if look.grey else BLACK,
        closer=_twentieths(CLOSER if look.size == HAO_3 else 0),
        half=round(look.size * 2),
    )


def _twentieths(points: float) -> int:
    """Points as the format counts them."""
    return round(points * 20)


def _lay_out(document: Opened) -> None:
    """A4 with the standard's margins, the page's number at the outer edge.

    Without a grid: lines have an exact pitch and characters are drawn closer, which all programs set alike.
    """
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls, qn  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    spaces = nsdecls("w")
    [section] = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(BOTTOM - BELOW - HAO_4 / POINTS)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    document.settings.odd_and_even_pages_header_footer = True
    fonts = FONTS.format(latin=SONG, face=SONG)
    type_ = f'{fonts}<w:sz w:val="{HAO_4 * 2}"/><w:szCs w:val="{HAO_4 * 2}"/>'
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        for paragraph in footer.paragraphs:
            footer._element.remove(paragraph._element)
        footer._element.append(parse_xml(NUMBER.format(spaces=spaces, side=side, type=type_)))
