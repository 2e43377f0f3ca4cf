"""When something is wrong: on her pages it must not say where she is."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults
from django.views.csrf import csrf_failure

from onestory.agencies.roles import Permission


def is_hers(request: HttpRequest) -> bool:
    """One of her pages, or a page that she may not see: she is told so in her own frame."""
    actor = getattr(request, "actor", None)
    return request.path.startswith("/n/") or bool(actor and actor.may(Permission.OWN_PAGES))


def bad_request(request: HttpRequest, exception) -> HttpResponse:
    return _said(request, 400) if is_hers(request) else defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception) -> HttpResponse:
    if is_hers(request):
        return _said(request, 403)
    return defaults.permission_denied(request, exception)


def missing(request: HttpRequest, exception) -> HttpResponse:
    if is_hers(request):
        return _said(request, 404)
    return defaults.page_not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    return _said(request, 500) if is_hers(request) else defaults.server_error(request)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _said(request, 403) if is_hers(request) else csrf_failure(request, reason)


def _said(request: HttpRequest, status: int) -> HttpResponse:
    """Without a session or a database: one of them may be what is broken."""
    return HttpResponse(render_to_string("portal/fault.html", {"status": status}), status=status)
