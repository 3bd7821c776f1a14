"""How divisions are named, and which of them are outside the ordinary tree. Pure functions.

People write 鹤城 for 鹤城区 and 仇家村 for 仇家村委会; the code book is not consistent either. A short
form is used only where no full name answers, and only when it is unique (``linzhan.territory.lookup``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from linzhan.kernel import places
from linzhan.territory.enums import Level

_PEOPLES = re.findall(
    r"\S+",
    "蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 "
    "柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 "
    "京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺",
)
_PEOPLE = "(?:" + "|".join(f"{name}族" for name in _PEOPLES) + ")"
_PEOPLE_WITHOUT_TAIL = "|".join(name for name in _PEOPLES if len(name) > 1)
_AUTONOMOUS = re.compile(rf"^(.+?)(?:{_PEOPLE}|{_PEOPLE_WITHOUT_TAIL}|各族)+(?:自治[区州县旗]|民族乡|乡)$")

_TAILS: dict[Level, tuple[str, ...]] = {
    Level.PROVINCE: ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市"),
    Level.CITY: ("自治州", "地区", "市", "盟", "州"),
    Level.COUNTY: ("自治县", "自治旗", "林区", "特区", "县", "市", "区", "旗"),
    Level.TOWNSHIP: ("街道办事处", "街道", "民族乡", "地区", "镇", "乡", "苏木"),
}
_GROUPING_NAMES = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

_ZONES = (
    "管理区",
    "开发区",
    "度假区",
    "示范区",
    "园区",
    "新区",
    "实验区",
    "试验区",
    "聚集区",
)  # 区 alone is no tail there
_COMMITTEE = re.compile(r"^(.+?)(村民委员会|村委会|社区居民委员会|社区居委会|居民委员会|居委会)$")
_VILLAGE_TAILS = ("村民委员会", "村委会")
_COMMUNITY_TAILS = ("社区居民委员会", "社区居委会", "居民委员会", "居委会")
_OFFICE = re.compile(r"街道办(?:事处)?")
_SEPARATORS = re.compile(r"[\s/\\|>›→·•,,、;;_—–-]+")


def short_name(name: str, level: Level, *, parent_name: str = "") -> str:
    """The usual short form: 鹤城区 → 鹤城, 靖州苗族侗族自治县 → 靖州, 仇家村委会 → 仇家村.

    A name that would lose all but one character, or has no known ending, stays whole. The name of
    the unit above is left out in front (怀化市洪江管理区 → 洪江管理区).
    """
    if level is Level.VILLAGE:
        return _short_village(name)
    if parent_name and name.startswith(parent_name) and len(name) - len(parent_name) > 2:
        name = name[len(parent_name) :]
    autonomous = _AUTONOMOUS.match(name)
    if autonomous and len(autonomous[1]) > 1:
        return autonomous[1]
    if name.endswith(_ZONES):
        return name
    for tail in _TAILS[level]:
        if name.endswith(tail) and len(name) - len(tail) > 1:
            return name[: -len(tail)]
    return name


def _short_village(name: str) -> str:
    match = _COMMITTEE.match(name)
    if not match:
        return name
    body, tail = match[1], match[2]
    kind = "村" if tail in _VILLAGE_TAILS else "社区"
    return body if body.endswith(kind) else body + kind


def usual(text: str) -> str:
    """The short form of a village that ``text`` may be a longer form of: 湾潭社区居委会 → 湾潭社区."""
    return _short_village(text)


def village_names(text: str) -> frozenset[str]:
    """Every official name whose short form is ``text``, and ``text`` itself."""
    kind, tails = ("村", _VILLAGE_TAILS) if text.endswith("村") else ("社区", _COMMUNITY_TAILS)
    if not text.endswith(kind):
        return frozenset({text})
    bodies = {text, text.removesuffix(kind)} - {""}
    return frozenset({text, *(body + tail for body in bodies for tail in tails)})


def is_grouping(name: str, parent_name: str) -> bool:
    """Whether a unit only fills a level of the code book: 市辖区, or 嘉峪关市 below 嘉峪关市."""
    return name in _GROUPING_NAMES or name == parent_name


def is_statistical(code: str, *, in_civil_list: bool) -> bool:
    """Whether a unit stands outside the ordinary tree (NET-13).

    The code book keeps county numbers 51–80 and township numbers 400–599 for development zones,
    管理区 and farms; the few of these that are ordinary divisions are in the civil-affairs list.
    """
    if in_civil_list:
        return False
    level = places.level_of(code)
    if level == Level.COUNTY:
        return "51" <= code[4:6] <= "80"
    return level == Level.TOWNSHIP and code[6] in "45"


def plain(text: str) -> str:
    """``text`` as look-ups compare it: half-width, without spaces and separators, 街道办事处 as 街道."""
    joined = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    return _OFFICE.sub("街道", joined)


def pinyin(name: str) -> tuple[str, str]:
    """Pinyin and initials of a name, lower case, without tones: 坨院街道 → tuoyuanjiedao, tyjd."""
    from pypinyin.contrib.mmseg import seg  # noqa: PLC0415 -- 0.2 s and 30 MB of dictionaries, for writers only

    letters = [syllable for word in seg.cut(name) for syllable in _syllables(word)]
    return "".join(letters), "".join(syllable[0] for syllable in letters)


@lru_cache(maxsize=16_384)
def _syllables(word: str) -> tuple[str, ...]:
    """Of one word, so that 街道 is looked up once for 8,000 names; phrases decide 重庆 and 长沙."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 -- as above

    return tuple(lazy_pinyin(word, style=Style.NORMAL, errors="ignore"))
