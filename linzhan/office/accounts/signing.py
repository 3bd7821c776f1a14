"""The door: signing in and out, the first administrator, one's own password, switching the appointment (NFR-06).

Whoever fails to sign in learns nothing: an unknown name, a wrong password and a switched-off account
get the same words after the same time.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from linzhan.accounts.api import (
    AppointmentRefused,
    User,
    actor_of,
    change_password,
    create_first_administrator,
    has_accounts,
    has_demo,
)
from linzhan.kernel.access import PUBLIC, SIGNED_IN, needs
from linzhan.kernel.scope import Actor, Scope, acting, current_actor, scope
from linzhan.office.accounts.forms import FirstAdministratorForm, PasswordForm, SignInForm

BACKEND = "linzhan.accounts.backends.AccountBackend"
TOO_MANY_REQUESTS = 429


@needs(PUBLIC)
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    if not has_accounts():
        return redirect("office:first")
    if request.user.is_authenticated:
        return HttpResponseRedirect(_next(request))
    form = SignInForm(request.POST or None)
    if request.method != "POST":
        return _door(request, form)
    user = _recognised(request, form)
    if user is None:
        return _door(request, form, error=_("账号或密码不正确，请核对后重试"))
    _let_in(request, user)
    return HttpResponseRedirect(_next(request))


def _recognised(request: HttpRequest, form: SignInForm) -> User | None:
    if not form.is_valid():
        return None
    return authenticate(
        request, username=form.cleaned_data["username"], password=form.cleaned_data["password"]
    )


def _let_in(request: HttpRequest, user: User) -> None:
    """Open the session as the person: their own account row is in their scope, and nothing else."""
    last = user.last_login
    with scope(Scope(people=(str(user.pk),))), acting(_as(user)):
        login(request, user, backend=BACKEND)
    request.session["looked_last"] = last.isoformat() if last else ""


def _as(user: User) -> Actor:
    return actor_of(user, current_actor().origin or _("登录"))


def _door(request: HttpRequest, form: SignInForm, *, error: str = "", status: int = 200) -> HttpResponse:
    demo = has_demo()
    context = {
        "form": form,
        "error": error,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "demo_accounts": [{"username": name, "role": role} for name, role in settings.DEMO_ACCOUNTS if demo],
        "demo_password": settings.DEMO_PASSWORD if demo else "",
    }
    return render(request, "accounts/sign_in.html", context, status=status)


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: an address of ours, or the desk."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else settings.LOGIN_REDIRECT_URL


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, str] | None
) -> HttpResponse:
    """What axes answers after five failures: the same page for browsers, the bare status for programs."""
    del credentials
    told = _("连续输错 5 次，这个账号在本机已锁定 15 分钟，请稍后再试；忘记密码请联系本级管理员重置")
    if "text/html" in request.headers.get("Accept", ""):
        return _door(request, SignInForm(request.POST), error=told, status=TOO_MANY_REQUESTS)
    answer = HttpResponse(told, status=TOO_MANY_REQUESTS, content_type="text/plain; charset=utf-8")
    return answer if response is None or response.status_code < 400 else response


@needs(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("office:sign-in")


@needs(PUBLIC)
@never_cache
@sensitive_post_parameters("password", "again")
def first(request: HttpRequest) -> HttpResponse:
    """The first administrator of an empty instance; refused as soon as there is any account."""
    if has_accounts():
        return redirect("office:sign-in")
    form = FirstAdministratorForm(request.POST or None)
    if form.is_valid() and (user := _first(form)):
        _let_in(request, user)
        messages.success(request, _("管理员账号已开设。接下来可以导入开站工作簿，或为各级开设账号。"))
        return redirect("office:home")
    return render(request, "office/accounts/first.html", {"form": form})


def _first(form: FirstAdministratorForm) -> User | None:
    told = form.cleaned_data
    try:
        return create_first_administrator(
            username=told["username"], display_name=told["display_name"], password=told["password"]
        )
    except ValidationError as wrong:
        form.refuse(wrong)
    except AppointmentRefused as refused:
        form.add_error(None, str(refused))
    return None


@needs(PUBLIC)
@never_cache
@sensitive_post_parameters("old", "password", "again")
def password(request: HttpRequest) -> HttpResponse:
    """One's own password. Open without rights, because it may stand before everything else."""
    if not request.user.is_authenticated:
        return redirect("office:sign-in")
    user = request.user
    form = PasswordForm(request.POST or None, user=user)
    if form.is_valid() and _changed(request, user, form):
        messages.success(request, _("密码已修改，其他设备上的登录已退出。"))
        return redirect("office:home")
    return render(
        request, "office/accounts/password.html", {"form": form, "forced": user.must_change_password}
    )


def _changed(request: HttpRequest, user: User, form: PasswordForm) -> bool:
    try:
        change_password(user=user, password=form.cleaned_data["password"])
    except ValidationError as wrong:
        form.refuse(wrong)
        return False
    update_session_auth_hash(request, user)
    return True


@needs(SIGNED_IN)
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Work in another of one's own appointments from now on."""
    own = {str(each.pk) for each in request.appointments}  # type: ignore[attr-defined]
    if request.POST.get("appointment") in own:
        request.session["appointment"] = request.POST["appointment"]
    return redirect("office:home")


@needs(PUBLIC)
@require_safe
def no_appointment(request: HttpRequest) -> HttpResponse:
    """For a person whose appointments have all ended: says so instead of refusing every page."""
    return render(request, "office/accounts/no_appointment.html", {})
