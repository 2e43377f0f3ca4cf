"""The headers that tell a browser what it may do with our pages."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Nothing here needs a sensor, and a page read in secret must never light one up.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
)

HEADERS = {
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_security_policy(form_targets: Iterable[str] = ()) -> str:
    """Everything from ourselves and nothing inline; forms may also lead to `form_targets`.

    A browser holds a form's redirects to `form-action` as well, so signing in with the
    council's own identity provider needs that provider's origin here.
    """
    return "; ".join(
        [
            "default-src 'self'",
            "img-src 'self' data:",
            "style-src 'self'",
            "script-src 'self'",
            "object-src 'none'",
            "frame-ancestors 'none'",
            " ".join(["form-action 'self'", *form_targets]),
            "base-uri 'none'",
        ]
    )


class SecureHeaders:
    """Add the headers to every answer, and keep every page out of every cache.

    A view that needs something else sets the header itself, and keeps it. Style sheets
    and scripts are answered before this middleware is reached, and stay cacheable.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        policy = content_security_policy(getattr(settings, "CSP_FORM_TARGETS", ()))
        self.headers = {"Content-Security-Policy": policy, **HEADERS}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        # Shared computers: the Back button must not show a page after signing out.
        # Whether somebody is signed in is not asked, because asking costs a query.
        response.headers.setdefault("Cache-Control", "no-store")
        return response
