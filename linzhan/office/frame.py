"""What surrounds every page at the desk: desks by right, the place and the period at hand, tasks, oneself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache as kept
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linzhan.accounts.api import Appointment, Role, has_demo
from linzhan.casework.api import RESIDENTS
from linzhan.casework.api.incidents import REPORT_INCIDENTS
from linzhan.kernel import places
from linzhan.kernel.access import SIGNED_IN
from linzhan.kernel.jobs.models import Job, JobState
from linzhan.kernel.registers.declare import REGISTERS, references
from linzhan.kernel.registers.following import seen_rows
from linzhan.office.figures.asked import latest_month
from linzhan.office.formats import period
from linzhan.office.navigation import BENEATH, DESK_BY_KEY, DESKS, PAGES
from linzhan.office.regions.names import paths_of
from linzhan.office.regions.views import at_place, covers, wide

DEMO, KEPT = "has-demo", 60  # seconds
REGISTER_ORDER = 50  # lists stand between pages that open a desk and those that close it
LAST = 1000


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: ``demo`` on every page, ``frame`` for whoever is signed in with an appointment."""
    held: Appointment | None = getattr(request, "appointment", None)
    demo = SimpleLazyObject(_is_demo)  # a part of a page does not ask for it
    if held is None or getattr(request, "by_token", False):
        return {"demo": demo}
    return {
        "demo": demo,
        "printed_at": timezone.now(),
        "frame": SimpleLazyObject(lambda: _frame(request, held)),
    }


def _is_demo() -> bool:
    """Whether the demo city is loaded here, whoever looks: its numbers are nobody's."""
    known: bool | None = cache.get(DEMO)
    if known is None:
        known = has_demo()
        cache.set(DEMO, known, KEPT)
    return known


def _frame(request: HttpRequest, held: Appointment) -> dict[str, object]:
    rights: frozenset[str] = getattr(request, "rights", frozenset())
    return {
        "nav": _drawn("office/parts/nav.html", rights, _here(request), get_language()),
        "dialogs": _drawn("office/parts/dialogs.html", rights, "", get_language()),
        "report_url": _report_url(request, rights),
        "place": _place(request, held),
        "period": _period(request),
        "search_url": reverse("office:search-suggest"),
        "search_page_url": reverse("office:search"),
        "tasks_url": reverse("office:jobs-menu"),
        "tasks_count_url": reverse("office:jobs-count"),
        "tasks_running": running_jobs(request),
        "user": _user(request, held),
    }


def running_jobs(request: HttpRequest) -> int:
    """How many of the reader's own jobs wait or run."""
    seen = seen_rows(Job, "ordered_by", "state")
    if seen is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM ({seen[0]}) AS seen WHERE ordered_by = %s AND state = ANY(%s)",  # noqa: S608 -- compiled by the ORM
            [*seen[1], request.user.pk, [JobState.WAITING.value, JobState.RUNNING.value]],
        )
        return int(cursor.fetchone()[0])


@lru_cache(maxsize=256)  # one for each role; pages and registers are those of the code
def entries(rights: frozenset[str]) -> dict[str, list[tuple[int, str, str]]]:
    """Pages and lists by desk that stand in the menu of ``rights``: (order, label, address)."""
    found = _opened(rights, beside=False)
    for desk, more in further(rights).items():
        if more:
            address = reverse("office:desk", args=[DESK_BY_KEY[desk].icon])
            found[desk].append((LAST, _("更多"), address))
    return found


@lru_cache(maxsize=256)
def further(rights: frozenset[str]) -> dict[str, list[tuple[int, str, str]]]:
    """As :func:`entries`: what ``rights`` open and the menu leaves out, since it is met on other pages."""
    return _opened(rights, beside=True)


def _opened(rights: frozenset[str], *, beside: bool) -> dict[str, list[tuple[int, str, str]]]:
    found: dict[str, list[tuple[int, str, str]]] = {desk.key: [] for desk in DESKS}
    for page in PAGES:
        if page.beside is beside and (page.right == SIGNED_IN or page.right in rights):
            found[page.desk].append((page.order, str(page.label), _address(page.url_name)))
    for register in REGISTERS:
        if register.beside is beside and register.nav in found and register.view in rights:
            place = register.nav_order or REGISTER_ORDER - _weight(register.name)
            found[register.nav].append((place, register.name, f"/r/{register.key}/"))
    return {desk: sorted((e for e in of_desk if e[2]), key=lambda e: e[0]) for desk, of_desk in found.items()}


@kept
def _weight(sheet: str) -> int:
    """What others refer to stands first: the stations before the files on them."""
    named = (column.refers_to for other in REGISTERS for column in references(other))
    return min(sum(name == sheet for name in named), REGISTER_ORDER - 10)


def _address(url_name: str) -> str:
    for name in (url_name, f"office:{url_name}"):
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def _report_url(request: HttpRequest, rights: frozenset[str]) -> str:
    """The red button of every page; on the page of a resident it begins with them."""
    if REPORT_INCIDENTS not in rights:
        return ""
    match = getattr(request, "resolver_match", None)
    kwargs: Mapping[str, object] = match.kwargs if match else {}
    of_whom = kwargs.get("row_id") if kwargs.get("key") == RESIDENTS.key else kwargs.get("resident_id")
    address = reverse("office:incident-new")
    return f"{address}?{urlencode({'resident': of_whom})}" if of_whom else address


def _here(request: HttpRequest) -> str:
    """The address of the menu below which this page stands; of a page beside the menu that of its desk's list."""
    rights: frozenset[str] = getattr(request, "rights", frozenset())
    places = {url: url for of_desk in entries(rights).values() for _order, _label, url in of_desk}
    for desk, of_desk in further(rights).items():
        places |= {url: entries(rights)[desk][-1][2] for _order, _label, url in of_desk}
    places |= {address: places[url] for address, url in BENEATH.items() if url in places}
    nearest = max((url for url in places if _is_under(request.path, url)), key=len, default="")
    return places.get(nearest, "")


def _desks(rights: frozenset[str], here: str) -> list[dict[str, object]]:
    of_desks = entries(rights)
    return [
        {
            "label": _(desk.key),
            "icon": desk.icon,
            "letter": desk.letter,
            "url": of_desks[desk.key][0][2],
            "current": any(url == here for _order, _label, url in of_desks[desk.key]),
            "pages": _pages(of_desks[desk.key], here),
        }
        for desk in DESKS
        if of_desks[desk.key]
    ]


@lru_cache(maxsize=1024)  # roles × pages of the menu: the same on every visit
def _drawn(template: str, rights: frozenset[str], here: str, _language: str | None) -> SafeString:
    return render_to_string(template, {"frame": {"desks": _desks(rights, here)}})


def _pages(of_desk: list[tuple[int, str, str]], here: str) -> list[dict[str, object]]:
    if len(of_desk) == 1:
        return []
    return [{"label": label, "url": url, "current": url == here} for _order, label, url in of_desk]


def _is_under(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def _place(request: HttpRequest, held: Appointment) -> dict[str, object]:
    code = asked_place(request) or held.region_code
    lineage = places.lineage(code) or [places.NATION]
    paths = paths_of(lineage)
    known = [each for each in lineage if paths[each] != each]  # a level that is only filled has no name
    trail = [
        {
            "name": paths[each].rpartition("/")[2],
            "url": at_place(request.get_full_path(), each) if covers(each) else "",
        }
        for each in known
    ]
    tree = f"{reverse('office:region-tree')}?{urlencode({'next': request.get_full_path()})}" if wide() else ""
    return {"name": trail[-1]["name"] if trail else _("全国"), "trail": trail[-2:], "tree_url": tree}


def asked_place(request: HttpRequest) -> str:
    """The place in the address: ``?region=`` of a list, or the code of an overview."""
    given = request.GET.get("region", "")
    match = getattr(request, "resolver_match", None)
    kwargs: Mapping[str, object] = match.kwargs if match else {}
    for code in (given, str(kwargs.get("code", "")), str(kwargs.get("code12", ""))):
        if places.is_code(code):
            return code
    return ""


def _period(request: HttpRequest) -> dict[str, object]:
    """The period of the page; nothing where the page has none (``?period=`` or a page of figures)."""
    if not (request.GET.get("period") or request.path.startswith(("/overview/", "/figures/"))):
        return {}
    today = timezone.localdate()
    latest = latest_month(request)
    current = request.GET.get("period") or latest.text
    before = f"{today.year - (today.month == 1)}-{(today.month - 2) % 12 + 1:02d}"
    quarter = f"{today.year}Q{(today.month - 1) // 3 + 1}"
    options = [
        *([(latest.text, _("最近有记录的月份"))] if latest.end < today else []),
        (f"{today:%Y-%m}", _("本月")),
        (before, _("上月")),
        (quarter, _("本季度")),
        (str(today.year), _("今年")),
    ]
    return {
        "label": period(current),
        "name": "period",
        "options": [
            {
                "label": label,
                "hint": period(value),
                "current": value == current,
                "url": _with(request, "period", value),
            }
            for value, label in options
        ],
    }


def _with(request: HttpRequest, name: str, value: str) -> str:
    query = request.GET.copy()
    query[name] = value
    return f"{request.path}?{query.urlencode()}"


def _user(request: HttpRequest, held: Appointment) -> dict[str, object]:
    every: list[Appointment] = getattr(request, "appointments", [])
    return {
        "name": str(request.user),
        "role": Role(held.role).label,
        "appointments": [
            {"id": str(each.pk), "label": _appointment(each), "current": each.pk == held.pk} for each in every
        ]
        if len(every) > 1
        else [],
        "switch_url": "/appointment/",
        "password_url": "/password/",
        "sign_out_url": "/sign-out/",
    }


def _appointment(each: Appointment) -> str:
    place = paths_of([each.region_code])[each.region_code].rpartition("/")[2]
    return f"{each.title or Role(each.role).label}（{place}）"
