"""The frame of every page, the error pages, and the looks that all share."""

import re
from pathlib import Path

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path

from onestory.kernel import forms
from onestory.kernel.leaving import quick_exit

KERNEL = Path(forms.__file__).parent.parent
PAGE = (
    '{% extends "kernel/base.html" %}{% block title %}Worklist{% endblock %}'
    '{% block main %}<h1 class="govuk-heading-l">Worklist</h1>{{ form }}{% endblock %}'
)


def page(**context):
    template = engines["django"].from_string(PAGE)
    # Without a request no context processor runs: what is drawn is what was given.
    return template.render(context)


def test_a_page_has_what_every_page_needs():
    html = page()
    assert html.startswith("<!DOCTYPE html>")
    assert '<html lang="en-GB"' in html
    assert "<title>Worklist - OneStory</title>" in html
    assert 'href="#main-content"' in html
    assert '<main class="govuk-main-wrapper" id="main-content">' in html
    assert "width=device-width" in html
    assert "user-scalable" not in html


def test_the_title_says_that_something_is_wrong():
    class Ask(forms.Form):
        name = forms.TextField(label="Name")

    assert "<title>Error: Worklist - OneStory</title>" in page(form=Ask({}))
    assert "There is a problem" in page(form=Ask({}))
    assert "<title>Worklist - OneStory</title>" in page(form=Ask())


def test_the_frame_says_who_is_signed_in_and_where_they_can_go():
    html = page(
        signed_in={"name": "Tess <T>", "team": "MASH", "sign_out_url": "/out/"},
        navigation=[("Worklist", "/", True, 0), ("Find", "/find", False, None)],
    )
    assert "Tess &lt;T&gt;" in html
    assert "MASH" in html
    assert '<form class="os-header__sign-out" method="post" action="/out/">' in html
    assert html.count('aria-current="true"') == 1
    assert html.count("os-count") == 1


def test_a_red_contact_rings_on_every_page_and_silence_is_silent():
    html = page(red_alert={"count": 1, "url": "/c/1", "text": "1 Red contact is waiting"})
    assert re.search(r'role="alert">\s*.*\s*.*1 Red contact is waiting', html)
    assert 'role="alert"' not in page(red_alert={"count": 0, "url": "/", "text": "none"})


def test_notices_may_be_words_or_have_a_link():
    html = page(notices=["Demonstration.", {"text": "Maintenance.", "url": "/m", "link": "When"}])
    assert "Demonstration." in html
    assert 'Maintenance. <a class="govuk-link" href="/m">When</a>' in html


def test_there_is_a_way_back():
    assert '<a class="govuk-back-link" href="/list">Back</a>' in page(back="/list")
    assert ">To the list</a>" in page(back={"url": "/list", "text": "To the list"})
    assert 'aria-current="page">Here' in page(breadcrumbs=[("Home", "/"), ("Here", "")])


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_pages_are_whole_and_tell_nothing(name):
    html = render_to_string(
        name,
        {"exception": "P-10293 Aisha", "reason": "CSRF cookie not set", "request_path": "/p/1"},
    )
    assert "<h1" in html
    assert "</html>" in html
    for leak in ("Aisha", "CSRF", "/p/1"):
        assert leak not in html


def test_absent_and_forbidden_look_alike():
    assert render_to_string("403.html") == render_to_string("404.html")
    assert "Either it does not exist, or it is not yours to see." in render_to_string("404.html")


def test_nothing_inline_and_everything_linked_is_there():
    for name in ("404.html", "500.html"):
        html = render_to_string(name)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)
        files = re.findall(r'(?:href|src)="/static/([^"]+)"', html)
        assert len(files) >= 3
        assert all(finders.find(file) for file in files), files


def test_these_pages_do_not_pass_for_those_of_the_government():
    shown = [*KERNEL.rglob("*.html"), *KERNEL.rglob("*.css")]
    assert len(shown) > 20
    for file in shown:
        text = file.read_text()
        assert not re.search(
            r"GOV\.UK|crown|GDS Transport|@font-face",
            re.sub(r"/\*.*?\*/|{#.*?#}", "", text, flags=re.S),
        ), file


def test_the_style_sheets_load_nothing_from_elsewhere():
    for file in KERNEL.rglob("*.css"):
        assert not re.search(r"url\(|@import", file.read_text()), file


def test_scripts_keep_nothing_in_the_browser():
    for file in (KERNEL / "static/kernel").glob("*.js"):
        assert not re.search(
            r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.", file.read_text()
        )


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def colours_of(rule):
    css = "".join(
        (KERNEL / "static/kernel" / file).read_text() for file in ("onestory.css", "parts.css")
    )
    named = dict(re.findall(r"(--os-[a-z]+): (#[0-9a-f]{6});", css))
    body = re.search(rf"^{re.escape(rule)} {{([^}}]*)}}", css, re.M)[1]

    def value(name):
        found = re.search(rf"(?<![-a-z]){name}: (?:var\((--os-[a-z]+)\)|(#[0-9a-f]+));", body)
        if not found:
            return None
        colour = named[found[1]] if found[1] else found[2]
        return colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])

    return value("color"), value("background")


@pytest.mark.parametrize(
    "rule",
    [".os-header", ".os-red-alert", ".os-count"]
    + [f".os-rag--{g}" for g in ("red", "amber", "green", "blue", "none")],
)
def test_words_on_colour_can_be_read(rule):
    assert contrast(*colours_of(rule)) >= 4.5


@pytest.mark.parametrize("rule", [".os-worklist__facts", ".os-timeline__when", ".os-envelope__why"])
def test_quiet_words_can_be_read_on_every_ground_they_stand_on(rule):
    for ground in ("#ffffff", "#f0f5f5", "#f6f6f6"):
        assert contrast(colours_of(rule)[0], ground) >= 4.5


urlpatterns = [path("out-of-here", quick_exit, name="quick-exit")]


def test_the_way_out_works_without_javascript(settings):
    settings.ROOT_URLCONF = __name__
    html = render_to_string("kernel/base_survivor.html")
    assert html.count('href="/out-of-here"') == 2
    assert html.index("govuk-js-exit-this-page-skiplink") < html.index("os-header")


def test_a_request_signs_the_sign_out_form():
    request = RequestFactory().get("/")
    html = render_to_string(
        "kernel/base.html", {"signed_in": {"name": "T", "sign_out_url": "/out/"}}, request=request
    )
    assert "csrfmiddlewaretoken" in html


def test_the_way_out_signs_out_first_and_says_nothing_of_where_one_was():
    request = RequestFactory().get("/out-of-here")
    request.session = SessionBase()
    request.session["who"] = "somebody"
    flushed = []
    request.session.flush = lambda: flushed.append(request.session.clear())
    response = quick_exit(request)
    assert flushed
    assert "who" not in request.session
    assert response["Location"] == "https://www.bbc.co.uk/weather"
    assert response["Referrer-Policy"] == "no-referrer"
