"""The headers that tell a browser what it may do."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from onestory.kernel.csp import SecureHeaders, content_security_policy


def answer(response=None):
    return SecureHeaders(lambda request: response or HttpResponse("hello"))(
        RequestFactory().get("/")
    )


def directives(policy):
    return dict(directive.split(" ", 1) for directive in policy.split("; "))


def test_pages_load_only_from_ourselves_and_stand_in_no_frame():
    policy = directives(answer()["Content-Security-Policy"])
    for directive in ("default-src", "script-src", "style-src"):
        assert policy[directive] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert "unsafe" not in answer()["Content-Security-Policy"]


def test_pages_stay_out_of_caches_and_addresses_out_of_referrers():
    response = answer()
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]
    assert "geolocation=()" in response["Permissions-Policy"]


def test_a_view_may_say_otherwise():
    asked = HttpResponse(headers={"Cache-Control": "max-age=60"})
    assert answer(asked)["Cache-Control"] == "max-age=60"


@pytest.mark.parametrize("targets", [(), ("https://id.example.org",)])
def test_forms_lead_to_ourselves_and_to_the_identity_provider(settings, targets):
    settings.CSP_FORM_TARGETS = targets
    expected = " ".join(["'self'", *targets])
    assert directives(content_security_policy(targets))["form-action"] == expected
    assert directives(answer()["Content-Security-Policy"])["form-action"] == expected
