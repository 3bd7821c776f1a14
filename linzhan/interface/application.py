"""The interface as a whole: its operations, how it refuses, and how every view of it is entered.

A view declares no right of its own (``OWN_CHECK``): every operation asks for its right. Whatever goes
wrong is answered as a problem document, also an address that does not exist.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from functools import cache, partial, wraps
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, re_path
from django.urls.resolvers import RegexPattern
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Router
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema

from linzhan.interface import (
    attachments,
    contests,
    evaluating,
    figures,
    folders,
    imports,
    money,
    regions,
    signing,
    staffing,
    standing,
    sync,
)
from linzhan.interface.callers import Session, Token
from linzhan.interface.problems import CONTENT_TYPE, KINDS, FieldError, Problem, answer
from linzhan.interface.resources import add_part, add_register
from linzhan.interface.schemas import ProblemDocument
from linzhan.kernel.access import OWN_CHECK
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import ScopeViolation

logger = logging.getLogger(__name__)
PARTS = (("visits", "探访"), ("cases", "个案"), ("groups", "小组"), ("activities", "活动"))
"""Services that have a name of their own in the contract: service records of one method."""
FIRST = (signing.router, regions.router)
LAST = (
    staffing.router,
    standing.router,
    evaluating.router,
    contests.router,
    money.router,
    folders.router,
    figures.router,
    imports.router,
    sync.router,
    attachments.router,
)
DESCRIPTION = (
    "网页上能做的事，程序也能做：同样的权限、同样的数据范围、同样的核对。"
    "列表按 id 排列，凭 next 翻页；登记按客户端生成的 UUID 幂等；出错时答复是 RFC 9457 问题文档。"
)


class OwnDocs(DocsBase):
    """A page of our own: the usual ones want styles and scripts that our security policy refuses."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        del kwargs
        return render(
            request, "interface/docs.html", {"groups": described(api.get_openapi_schema()), "api": api}
        )


class Interface(NinjaAPI):
    """The API whose description is of the whole, made once, and names the problems of every operation."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        if self is not whole():
            return whole().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        if not hasattr(self, "_described"):
            self._described = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
            _add_problems(self._described)
        return self._described


def _add_problems(schema: dict[str, Any]) -> None:
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
    schema["components"]["schemas"]["ProblemDocument"] = ProblemDocument.model_json_schema(
        ref_template="#/components/schemas/{model}"
    )
    schema["components"]["schemas"] |= schema["components"]["schemas"]["ProblemDocument"].pop("$defs", {})
    titles: dict[int, list[str]] = {}
    for status, title in KINDS.values():
        titles.setdefault(status, []).append(str(title))
    problems = {
        status: {"description": "、".join(told), "content": content}
        for status, told in sorted(titles.items())
    }
    for operations in schema["paths"].values():
        for operation in operations.values():
            operation["responses"] |= problems


@cache
def whole() -> Interface:
    """Everything in one, for its description; who asks for an address needs only what is built for it."""
    made = _opened("api", described=True)
    for router in FIRST:
        made.add_router("", router)
    for _word, add in chapters():
        add(made.default_router)
    for router in LAST:
        made.add_router("", router)
    return made


def chapters() -> list[tuple[str, Callable[[Router], None]]]:
    """First part of the address, and what adds the operations below it: every register, then the named parts."""
    found: list[tuple[str, Callable[[Router], None]]] = [
        (entry.key, partial(add_register, register=entry)) for entry in REGISTERS
    ]
    if "service-records" in REGISTERS:
        records = REGISTERS["service-records"]
        for key, method in PARTS:
            part = partial(add_part, key=key, title=method, register=records, fixed={"method": method})
            found.append((key, part))
    return found


def _opened(namespace: str, *, described: bool = False) -> Interface:
    made = Interface(
        title="邻站接口",
        version="1",
        description=DESCRIPTION,
        urls_namespace=namespace,
        docs=OwnDocs(),
        openapi_url="/openapi.json" if described else None,
        auth=[Token(), Session()],
    )
    _refuse_in_our_words(made)
    return made


def described(schema: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The operations of an OpenAPI document by their tag, for the page."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            found = {
                "method": method.upper(),
                "path": path,
                **operation,
                "fields": _fields(schema, operation),
            }
            groups.setdefault(operation["tags"][0], []).append(found)
    return groups


def _fields(schema: Mapping[str, Any], operation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The query parameters and the fields of the body."""
    found = [
        {
            "name": each["name"],
            "where": each["in"],
            "required": each.get("required"),
            "text": _text(each["schema"]),
        }
        for each in operation.get("parameters", ())
    ]
    for content in operation.get("requestBody", {}).get("content", {}).values():
        body = content["schema"]
        reference = body.get("$ref", "").rpartition("/")[2]
        body = schema["components"]["schemas"].get(reference, body)
        for name, each in body.get("properties", {}).items():
            required = name in body.get("required", ())
            found.append({"name": name, "where": "body", "required": required, "text": _text(each)})
    return found


def _text(schema: Mapping[str, Any]) -> str:
    return str(schema.get("description") or schema.get("title") or "")


def _refuse_in_our_words(made: NinjaAPI) -> None:
    told: dict[type[Exception], Callable[[Any], Problem]] = {
        Problem: lambda problem: problem,
        ValidationError: _invalid,
        HttpError: _http,
        Http404: lambda _error: Problem("not-found"),
        PermissionDenied: lambda _error: Problem("not-allowed"),
        ScopeViolation: lambda _error: Problem("not-allowed"),
        RequestDataTooBig: lambda _error: Problem("too-large"),
        TooManyFilesSent: lambda _error: Problem("too-large"),
    }
    for error, tell in told.items():
        made.add_exception_handler(error, _teller(tell))
    made.add_exception_handler(AuthenticationError, _not_signed_in)
    made.add_exception_handler(Exception, _failed)


def _teller(tell: Callable[[Any], Problem]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, error: answer(request, tell(error))


def _not_signed_in(request: HttpRequest, _error: Any) -> HttpResponse:
    if request.path.endswith("/sync"):
        return answer(request, sync.turned_away(request))
    return answer(
        request, Problem("not-signed-in", _("请先用 POST tokens 换取令牌，并以 Authorization: Bearer 发送"))
    )


def _failed(request: HttpRequest, error: Any) -> HttpResponse:
    logger.error("interface: %s %s failed", request.method, request.path, exc_info=error)
    return answer(request, Problem("failed", _("系统出错，已记入日志；数据没有改动")))


def _http(error: HttpError) -> Problem:
    kinds = {400: "malformed", 401: "not-signed-in", 403: "csrf", 404: "not-found", 413: "too-large"}
    kind = kinds.get(error.status_code, "malformed")
    words = {
        "csrf": _("缺少或不符的 CSRF 令牌；程序请用 Bearer 令牌"),
        "malformed": _("请求体不是可读的 JSON 或表单"),
    }
    return Problem(kind, words.get(kind, ""))


def _invalid(error: ValidationError) -> Problem:
    errors = [FieldError(_name(each["loc"]), _words(each)) for each in error.errors]
    return Problem("invalid", _("请求里有的内容不对"), errors)


def _name(location: tuple[Any, ...]) -> str:
    """The field of a location such as ``("body", "credentials", "username")``."""
    named = [str(part) for part in location if not isinstance(part, int)]
    return named[-1] if len(named) > 1 and named[-1] != "body" else ""


def _words(error: Mapping[str, Any]) -> str:
    told = {"missing": _("必须填写"), "extra_forbidden": _("没有这个字段"), "uuid_parsing": _("不是 UUID")}
    context = error.get("ctx") or {}
    bounds = "、".join(f"{name}={context[name]}" for name in ("ge", "le", "max_length") if name in context)
    return told.get(error["type"], _("格式不对") + (f"（{bounds}）" if bounds else ""))


def entered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """``view`` as every view of the interface is entered: its own check of rights, its own words."""

    @csrf_exempt
    @wraps(view, assigned=("__doc__",))
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == 405 and not getattr(response, "streaming", False):
            allowed = response.headers.get("Allow", "")
            return answer(request, Problem("method-not-allowed", headers={"Allow": allowed}))
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    enter.needs = OWN_CHECK  # type: ignore[attr-defined]  # read by AccessMiddleware
    return enter


def nowhere(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Any other address below the interface."""
    del kwargs
    return answer(request, Problem("not-found", _("接口里没有这个地址；全部地址见 docs")))


class Chapter(URLResolver):
    """The addresses below one word, built when the first of them is asked for.

    The types of all registers take seconds to make; a phone that only sends its records must not wait for them.
    None of these addresses has a name.
    """

    def __init__(self, word: str, add: Callable[[Router], None]) -> None:
        super().__init__(RegexPattern(rf"^(?={word}(?:/|$))"), [])
        self.word, self.add, self.lock = word, add, threading.Lock()

    @property
    def url_patterns(self) -> list[URLPattern | URLResolver]:
        with self.lock:
            if not hasattr(self, "_built"):
                made = _opened(f"api-{self.word}")
                self.add(made.default_router)
                self._built: list[URLPattern | URLResolver] = [
                    *_entered(made)[:-1]
                ]  # without a root of its own
        return self._built

    def _populate(self) -> None:
        """Says that no name is looked up here, without building what is below."""
        for kept in ("_reverse_dict", "_namespace_dict", "_app_dict"):
            getattr(self, kept)[get_language()] = MultiValueDict()


def patterns() -> list[URLPattern | URLResolver]:
    """The addresses of the interface, each entered in our way."""
    made = _opened("api", described=True)
    for router in (*FIRST, *LAST):
        made.add_router("", router)
    late = [Chapter(word, add) for word, add in chapters()]
    return [*_entered(made), *late, re_path(r"^.*$", entered(nowhere))]


def _entered(made: NinjaAPI) -> list[URLPattern]:
    found = [each for each in made.urls[0] if isinstance(each, URLPattern)]
    for each in found:
        each.callback = entered(nowhere if each.name == "api-root" else each.callback)
    return found
