"""Pages of accounts under a pseudonym."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.kernel.components import Row
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.forms import Form
from onestory.kernel.ids import new_id
from onestory.sealed import actions, queries, words
from onestory.sealed.forms import (
    AccountForm,
    CodeForm,
    DestroyForm,
    ElsewhereForm,
    EndForm,
    EvidenceForm,
    FactsForm,
    LongerForm,
    ReleaseForm,
    SlipForm,
)
from onestory.sealed.models import Account

COLUMNS = ("Pseudonym", "Age", "Kind of abuse", "Opened", "Evidence kept until")
WRONG = "This is not the code of this account."
NOT_FOUND = "No account has this pseudonym and this code"


@needs(Permission.SEALED_WORK)
def accounts(request: HttpRequest) -> HttpResponse:
    """The team's own accounts."""
    found = queries.accounts(
        request.actor,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "tellings": [(one, words.telling(one)) for one in queries.tellings(request.actor)],
        "columns": COLUMNS,
        "rows": [words.line(one) for one in found.rows],
        "previous_url": f"?before={found.previous}" if found.previous else "",
        "next_url": f"?after={found.next}" if found.next else "",
    }
    return render(request, "sealed/accounts.html", context)


@needs(Permission.CASE_WORK, Permission.SEALED_WORK)
def released(request: HttpRequest) -> HttpResponse:
    """What survivors chose to show this team."""
    theirs, slips = queries.released(request.actor)
    context = {"accounts": [(one, words.account_rows(one)) for one in theirs], "slips": slips}
    return render(request, "sealed/released.html", context)


@needs(Permission.SEALED_WORK)
def open_(request: HttpRequest) -> HttpResponse:
    """Begin one. The page that follows shows the code, once."""
    form = AccountForm(request.POST or None)
    if form.is_bound and form.is_valid():
        team_id = request.actor.teams_where(Permission.SEALED_WORK)[0]
        try:
            account, code = actions.open_account(
                by=request.actor, team_id=team_id, told=form.told(), account_id=_key(request)
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            context = {"account": account, "code": code}
            return render(request, "sealed/opened.html", context)
    context = {
        "form": form,
        "key": request.POST.get("key") or new_id(),
        "title": "Write down an account under a pseudonym",
        "button": "Seal it",
        "back": reverse("sealed:accounts"),
    }
    return render(request, "sealed/form.html", context)


@needs(Permission.CASE_WORK, Permission.SEALED_WORK)
def account(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """One account: all of it for the team that keeps it; for others what was released."""
    found = queries.account(request.actor, account_id)
    own = queries.is_own(request.actor, found)
    context = {
        "account": found,
        "own": own,
        "rows": words.account_rows(found),
        "evidence": [(one, words.evidence_rows(one)) for one in queries.evidence(found)],
        "back": reverse("sealed:accounts" if own else "sealed:released"),
    }
    if own:
        context |= {
            "releases": [(one, words.release_words(one)) for one in queries.releases(found)],
            "echoes": queries.echoes(request.actor, found),
        }
    return render(request, "sealed/account.html", context)


@needs(Permission.SEALED_WORK)
def change(request: HttpRequest, account_id: UUID) -> HttpResponse:
    found = _own(request, account_id)
    form = AccountForm(request.POST or None, initial=vars(found))

    def act(version):
        actions.change_account(
            by=request.actor, account_id=account_id, version=version, told=form.told()
        )

    return _page(request, found, form, act, "Change what is written", "Save")


@needs(Permission.SEALED_WORK)
def add_evidence(request: HttpRequest, account_id: UUID) -> HttpResponse:
    found = _own(request, account_id)
    form = EvidenceForm(request.POST or None)

    def act(_):
        actions.add_evidence(by=request.actor, account_id=account_id, **form.cleaned_data)

    return _page(request, found, form, act, "Evidence that is kept", "Save")


@needs(Permission.SEALED_WORK)
def keep_longer(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    return _of_evidence(request, evidence_id, LongerForm, actions.keep_longer, "Keep it longer")


@needs(Permission.SEALED_WORK)
def end_evidence(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    return _of_evidence(request, evidence_id, EndForm, actions.end_evidence, "It is kept no longer")


@needs(Permission.SEALED_WORK)
def compare(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Facts about the person using abuse, of which only marks are kept."""
    found = _own(request, account_id)
    form = FactsForm(request.POST or None)

    def act(_):
        actions.add_facts(by=request.actor, account_id=account_id, given=form.cleaned_data)

    return _page(request, found, form, act, "Is there another?", "Compare", template="compare")


@needs(Permission.SEALED_WORK)
@require_POST
def answer(request: HttpRequest, account_id: UUID, echo_id: UUID) -> HttpResponse:
    """Whether she is willing that the two workers speak."""
    _own(request, account_id)
    willing = request.POST.get("willing") == "yes"
    actions.answer_echo(by=request.actor, echo_id=echo_id, willing=willing)
    messages.success(request, "Saved.")
    return redirect("sealed:account", account_id)


@needs(Permission.SEALED_WORK)
def release(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """To a team, by her code."""
    return _to_a_team(
        request, account_id, ReleaseForm, actions.release_account, "Release it to a team"
    )


@needs(Permission.SEALED_WORK)
def slip(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Only what she agrees to, by her code."""
    return _to_a_team(
        request, account_id, SlipForm, actions.release_slip, "Pass on a part, without the account"
    )


@needs(Permission.SEALED_WORK)
@require_POST
def end_release(request: HttpRequest, account_id: UUID, release_id: UUID) -> HttpResponse:
    _own(request, account_id)
    actions.end_release(by=request.actor, release_id=release_id)
    messages.success(request, "It is closed to them from now on.")
    return redirect("sealed:account", account_id)


@needs(Permission.SEALED_WORK)
def by_code(request: HttpRequest) -> HttpResponse:
    """She is here, and another team keeps her account: pseudonym and code open it to a team."""
    form = ElsewhereForm(request.POST or None)
    if form.is_bound and form.is_valid() and _released_by_code(request, form):
        messages.success(request, "It is released. The team that keeps it sees that it was.")
        return redirect("sealed:released")
    context = {
        "form": form,
        "title": "Somebody is here with a pseudonym and a code",
        "button": "Release it",
        "back": reverse("sealed:accounts"),
    }
    return render(request, "sealed/by_code.html", context)


def _released_by_code(request: HttpRequest, form: ElsewhereForm) -> bool:
    given = dict(form.cleaned_data)
    team_id = UUID(given.pop("team"))
    try:
        found = actions.release_by_code(by=request.actor, team_id=team_id, **given)
    except Refused as refused:
        form.refuse(refused)
        return False
    if found is None:
        form.add_error("code", NOT_FOUND)
    return found is not None


@needs(Permission.SEALED_WORK)
@require_POST
def told(request: HttpRequest, evidence_id: UUID) -> HttpResponse:
    """Whoever keeps evidence was told what they had to be told."""
    try:
        actions.told_holder(by=request.actor, evidence_id=evidence_id, version=_version(request))
    except Stale:
        messages.success(request, "This changed just now. Look again.")
    else:
        messages.success(request, "Written down.")
    return redirect("sealed:accounts")


@needs(Permission.SEALED_WORK)
def destroy(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """By her code, and for good."""
    found = _own(request, account_id)
    form = DestroyForm(request.POST or None)

    def act(version):
        actions.destroy_account(by=request.actor, account_id=account_id, version=version)

    done = reverse("sealed:accounts")
    return _page(request, found, form, act, "Destroy the account", "Destroy it", done=done)


def _to_a_team(request, account_id: UUID, kind: type[Form], action: Callable, title: str):
    found = _own(request, account_id)
    form = kind(request.POST or None, own_team=found.team_id)

    def act(version):
        given = {name: value for name, value in form.cleaned_data.items() if name != "code"}
        given["team_id"] = UUID(given.pop("team"))
        action(by=request.actor, account_id=account_id, version=version, **given)

    return _page(request, found, form, act, title, "Release it")


def _of_evidence(request, evidence_id: UUID, kind: type[Form], action: Callable, title: str):
    one = queries.one_evidence(request.actor, evidence_id)
    form = kind(request.POST or None)

    def act(version):
        action(by=request.actor, evidence_id=evidence_id, version=version, **form.cleaned_data)

    return _page(
        request,
        one.account,
        form,
        act,
        title,
        "Save",
        version=one.version,
        rows=words.evidence_rows(one),
    )


def _page(
    request: HttpRequest,
    found: Account,
    form: Form,
    act: Callable[[int], None],
    title: str,
    button: str,
    *,
    version: int | None = None,
    rows: list[Row] = (),
    template: str = "form",
    done: str = "",
) -> HttpResponse:
    """A form about an account; where it asks for her code, nothing happens without the right one."""
    version = found.version if version is None else version
    context = {"account": found, "title": title, "button": button, "theirs": rows}
    if form.is_bound and form.is_valid():
        version = _version(request)
        try:
            if isinstance(form, CodeForm) and not actions.right_code(
                by=request.actor, account_id=found.pk, code=form.cleaned_data["code"]
            ):
                form.add_error("code", WRONG)
            else:
                act(version)
                messages.success(request, "Saved.")
                return redirect(done or reverse("sealed:account", args=[found.pk]))
        except Stale as stale:
            version = stale.theirs.version
            context["theirs"] = (
                words.account_rows(stale.theirs)
                if isinstance(stale.theirs, Account)
                else words.evidence_rows(stale.theirs)
            )
            form.refuse(stale)
        except Refused as refused:
            form.refuse(refused)
    context |= {
        "form": form,
        "version": version,
        "back": reverse("sealed:account", args=[found.pk]),
    }
    return render(request, f"sealed/{template}.html", context)


def _own(request: HttpRequest, account_id: UUID) -> Account:
    found = queries.account(request.actor, account_id)
    if not queries.is_own(request.actor, found):
        raise Http404
    return found


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else -1
