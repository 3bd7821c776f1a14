"""What every page tells the browser: nothing from elsewhere, nothing inline (NFR: strict content policy)."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.security import ContentSecurityPolicyMiddleware


def answered(response: HttpResponse) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return response

    made = ContentSecurityPolicyMiddleware(view)(RequestFactory().get("/"))
    assert isinstance(made, HttpResponse)
    return made


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = answered(HttpResponse()).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_view_may_set_a_policy_of_its_own() -> None:
    own = answered(HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"}))
    assert own.headers["Content-Security-Policy"] == "default-src 'none'"


def test_health_is_told_to_anybody_under_any_host_name(db: None) -> None:
    answer = Client(headers={"host": "anything.example"}).get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_an_unknown_page_carries_the_policy_too(db: None) -> None:
    assert "Content-Security-Policy" in Client().get("/no-such-page/").headers


@pytest.mark.parametrize(
    ("address", "kind"), [("/?q=a%00b", "text/html"), ("/api/v1/figures?%00=1", "application/problem+json")]
)
def test_an_address_no_text_can_hold_is_refused_in_the_words_of_its_face(address: str, kind: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (400, kind)
