"""Somebody has told me something: what to say, what must be passed on, whom to tell and whom not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from onestory.access.guard import needs
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.forms.guide import GuideForm
from onestory.cases.rules.guide import advice


@needs(Permission.CONTACT_RECORD)
def guide(request: HttpRequest) -> HttpResponse:
    """Asked by address, so that it can be shown to a colleague: it says nothing about anybody."""
    form = GuideForm(request.GET or None)
    parts = advice(pack().guide, form.told()) if form.is_bound and form.is_valid() else []
    context = {"form": form, "parts": parts, "back": reverse("cases:record")}
    return render(request, "cases/guide.html", context)
