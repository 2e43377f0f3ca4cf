"""Handing a case to the MARAC of another area: what goes, the file, its receipt."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestory.access.views.pages import done, sent
from onestory.agencies.pack import pack
from onestory.kernel.closed import keeps_words
from onestory.kernel.components import Row
from onestory.kernel.errors import Refused
from onestory.kernel.opening import Opening
from onestory.kernel.templatetags.pages import moment
from onestory.marac import actions
from onestory.marac.actions import Handover
from onestory.marac.forms.transfers import ReceiptForm, SendForm
from onestory.marac.models import Referral, TransferOut
from onestory.marac.queries import transfers as queries
from onestory.marac.rules.transfer import new_phrase
from onestory.marac.views import words
from onestory.marac.views.pages import coordinates, page_id
from onestory.marac.views.parcels import parcel_rows
from onestory.people.queries import names

SEALED = "Sealed. Download the file, send it, and give the pass phrase by telephone."


@coordinates
@never_cache
@require_http_methods(["GET", "POST"])
@keeps_words("words", "reason", "contact_words", "contact_reason", "not_told_reason")
def send(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What will go, to whom, and the pass phrase to write down before it is sealed."""
    by = request.actor
    case = queries.to_transfer(by, referral_id)
    draft = queries.handover_draft(by, case)
    form = SendForm(sent(request), initial=_proposed(), draft=draft.typed if draft else None)
    key, tab = page_id(request), request.POST.get("tab", "")
    phrase = request.POST.get("phrase") or new_phrase()

    def seal():
        given = form.cleaned_data | form.to_whom
        given.pop("to")
        said = Handover(**given)
        actions.send_transfer(
            by=by, referral_id=case.pk, transfer_id=key, phrase=phrase, said=said, tab=tab
        )

    if done(form, seal):
        messages.success(request, SEALED)
        return redirect("marac:transfer", key)
    goes = queries.parcel(by, case)
    context = {
        "form": form,
        "id": key,
        "phrase": phrase,
        "case": case,
        "tab": tab or uuid4().hex,
        "version": draft.version if draft else 0,
        "name": words.name(names(by, [case.person_id]).get(case.person_id)),
        "goes": parcel_rows(goes, said=case.words, children=words.children(case)),
        "back": reverse("marac:case", args=[case.pk]),
    }
    return render(request, "marac/send.html", context)


@coordinates
@require_POST
def save(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Keeps what is being typed: 204 when it is kept, 409 where a colleague has typed meanwhile."""
    try:
        actions.keep_handover(
            by=request.actor,
            referral_id=referral_id,
            typed={name: request.POST.getlist(name) for name in SendForm.base_fields},
            opening=Opening.of(request.POST),
        )
    except Refused:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


@coordinates
@require_http_methods(["GET", "POST"])
def transfer(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """One transfer: the file until the receipt is here, and the receipt."""
    by = request.actor
    row = queries.transfer(by, transfer_id)
    form = ReceiptForm(sent(request))
    if done(
        form,
        lambda: actions.enter_receipt(
            by=by, transfer_id=row.pk, receipt=form.cleaned_data["receipt"]
        ),
    ):
        messages.success(request, "The receipt is right: they have the case. The file is deleted.")
        return redirect("marac:transfer", row.pk)
    context = {
        "row": row,
        "form": form,
        "facts": _facts(row),
        "name": words.name(names(by, [row.person_id]).get(row.person_id)),
        "back": reverse("marac:case", args=[row.referral_id]),
    }
    return render(request, "marac/transfer.html", context)


@coordinates
@never_cache
@require_GET
def file(request: HttpRequest, transfer_id: UUID) -> HttpResponse:
    """The sealed file: the same bytes each time."""
    try:
        row = actions.take_file(by=request.actor, transfer_id=transfer_id)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("marac:transfer", transfer_id)
    headers = {"Content-Disposition": f'attachment; filename="{row.file_name}"'}
    return HttpResponse(row.file, content_type="application/json", headers=headers)


def _proposed() -> dict[str, str]:
    """The basis on which MARAC shares, and no way to reach her."""
    return {"basis": pack().bases["marac"].code} if "marac" in pack().bases else {}


def _facts(row: TransferOut) -> list[Row]:
    told = f"Yes, {moment(row.told_at)}" if row.told_at else f"No: {row.not_told_reason}"
    contact = row.get_contact_display()
    facts = [
        Row("To", f"{row.to_name}, {row.to_contact}"),
        Row("Sealed", f"{moment(row.recorded_at)}, {row.recorded_by}"),
        Row("Rests on", f"{pack().bases.name(row.basis)}: {row.reason}"),
        Row("Survivor agrees", Referral.Agrees(row.agrees).label),
        Row("Survivor told", told),
        Row(
            "How they are reached",
            f"{contact}. {row.contact_reason}" if row.contact_reason else contact,
        ),
        Row("Handover", row.handover),
        Row("Mark of the file", row.digest[:16]),
    ]
    if row.received_at:
        facts.append(Row("Receipt", f"Entered {moment(row.received_at)}"))
    return facts
