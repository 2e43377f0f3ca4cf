"""The meeting's screen: one case, all that is known of it, the risk in one paragraph, the actions."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from onestory.agencies.pack import pack
from onestory.kernel.closed import keeps_words
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.ids import new_id
from onestory.kernel.opening import Opening
from onestory.marac import actions, queries
from onestory.marac.actions import AlreadyThere
from onestory.marac.forms.meeting import ActionForm, RiskForm
from onestory.marac.models import RISK, Action, Item, Minutes
from onestory.marac.queries.meetings import item_of, neighbours
from onestory.marac.views import words
from onestory.marac.views.pages import leads, uuid_of

ACTION, ANOTHER, HEARD = "action", "another", "heard"


@leads
@require_http_methods(["GET", "POST"])
@keeps_words("risk", "words")
def hear(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """A case in the meeting. What is typed is kept as it is typed; two may have it open at once."""
    item = item_of(request.actor, item_id)
    found = queries.Picture(request.actor, item.referral)
    if not found.may_coordinate:
        raise Http404
    page = _Page(request, item, found)
    if request.method == "POST" and (answer := page.write()):
        return answer
    return render(request, "marac/hear.html", page.context())


@leads
@require_POST
def save(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Keeps what is being typed: 204 when it is kept, 409 where a colleague has typed meanwhile."""
    try:
        _save(request, item_id)
    except Refused:
        return HttpResponse(status=409)
    return HttpResponse(status=204)


def _save(request: HttpRequest, item_id: UUID) -> None:
    typed = {RISK: request.POST.getlist(RISK)}
    actions.save_minutes(
        by=request.actor, item_id=item_id, typed=typed, opening=Opening.of(request.POST)
    )


class _Page:
    """The screen as it is opened, or as it comes back with what was typed."""

    def __init__(self, request: HttpRequest, item: Item, found: queries.Picture):
        self.request, self.item, self.found = request, item, found
        self.projector = bool(request.GET.get("projector"))
        self.action_id = new_id()
        self.theirs = self.lost = ""
        self.already = None
        # What was not sent is made when it is shown: whoever goes on to the next case needs none of it.
        self.form: RiskForm | None = None
        self.offer: ActionForm | None = None

    def write(self) -> HttpResponse | None:
        """Whichever button was pressed, all that was typed is kept: what an agency offers, and the
        risk."""
        what = self.request.POST.get("what")
        adding = what in (ACTION, ANOTHER) or bool(self.request.POST.get("words", "").strip())
        added = not adding or self._add_action()
        if not (self._keep_risk(adding, heard=what == HEARD and added) and added):
            self.found = queries.Picture(self.found.by, self.found.case)
            return None
        if what == HEARD:
            return redirect(self._next())
        if adding:
            return redirect(f"{self._here()}#actions")
        messages.success(self.request, "Saved.")
        return redirect(self._here())

    def _keep_risk(self, adding: bool, *, heard: bool) -> bool:
        if RISK not in self.request.POST:
            return True
        self.form = RiskForm(self.request.POST)
        if not self.form.is_valid():
            return False
        try:
            _save(self.request, self.item.pk)
            if heard:
                actions.end_hearing(by=self.request.actor, item_id=self.item.pk)
        except Refused as refused:
            if adding and not heard and self._is_as_opened():
                # Whoever only adds an action writes nothing over a colleague.
                self.form = None
                return True
            self._show_refused(refused)
            return False
        return True

    def _is_as_opened(self) -> bool:
        was, risk = (self.request.POST.get(name, "").split() for name in ("was", RISK))
        return "was" in self.request.POST and was == risk

    def _show_refused(self, refused: Refused) -> None:
        if isinstance(refused, Stale):
            self.theirs = " ".join(refused.theirs.get(RISK, []))
            self.form.add_error(None, "A colleague has written meanwhile: both versions are below.")
        else:
            self.form.refuse(refused)
            self.lost = self.form.cleaned_data["risk"]

    def _add_action(self) -> bool:
        """An agency offers something. What is there already is shown, and somebody decides."""
        self.offer = ActionForm(self.request.POST, teams=self._teams())
        self.action_id = uuid_of(self.request.POST.get("id", ""))
        if not self.offer.is_valid():
            return False
        given = {**self.offer.cleaned_data}
        try:
            actions.add_action(
                by=self.request.actor,
                item_id=self.item.pk,
                action_id=self.action_id,
                team_id=uuid_of(given.pop("team")),
                anyway=self.request.POST.get("what") == ANOTHER,
                **given,
            )
        except Refused as refused:
            self.already = refused.theirs if isinstance(refused, AlreadyThere) else None
            self.offer.refuse(refused)
            return False
        self.offer, self.action_id = None, new_id()
        return True

    def context(self) -> dict:
        before, number, count, after = neighbours(self.request.actor, self.item)
        found, case = self.found, self.found.case
        form = self.form or RiskForm(initial={"risk": self.rows.words if self.rows else ""})
        offer = self.offer or ActionForm(teams=self._teams(), initial=self._proposed())
        context = {
            "item": self.item,
            "found": found,
            "case": case,
            "number": number,
            "count": count,
            "before": before,
            "after": after,
            "survivor": words.person(found.survivor),
            "abuser": words.person(found.abuser) if case.abuser_id else "Not known",
            "level": words.level(case),
            "criteria": ", ".join(pack().marac_criteria.name(code) for code in case.criteria),
            "children": words.children(case),
            "notes": words.notes(found),
            "agreed": words.agreed(found.now_agreed),
            "last_time": words.agreed(found.last_time),
            "form": form,
            "offer": offer,
            "forms": [offer],
            "theirs": self.theirs,
            "was": self.rows.words if self.rows else "",
            "lost": self.lost,
            "already": self.already,
            "action_id": self.action_id,
            "tab": uuid4().hex if self.theirs else self.request.POST.get("tab") or uuid4().hex,
            "version": self.rows.version if self.rows else 0,
            "projector": self.projector,
            "meeting_url": reverse("marac:meeting", args=[self.item.meeting_id]),
        }
        if self.projector:
            context |= {"navigation": [], "red_alert": {}, "notices": []}
        return context

    @property
    def rows(self) -> Minutes | None:
        """What has been written of the risk."""
        return self._minutes_of(self.found)

    def _minutes_of(self, found: queries.Picture) -> Minutes | None:
        return next((row for row in found.minutes if row.item_id == self.item.pk), None)

    def _teams(self) -> list:
        """Those who are asked about the case, who referred it, and the table."""
        case = self.found.case
        asked = [one.team for one in self.found.research]
        teams = {team.pk: team.name for team in (*asked, case.from_team, case.to_team)}
        return sorted(((str(key), name) for key, name in teams.items()), key=lambda one: one[1])

    def _proposed(self) -> dict:
        rule = pack().marac_rule(timezone.localdate())
        days = rule.action_days if rule else 0
        return {"due_on": timezone.localdate() + timedelta(days=days), "whom": Action.For.SURVIVOR}

    def _here(self) -> str:
        more = "?projector=1" if self.projector else ""
        return reverse("marac:hear", args=[self.item.pk]) + more

    def _next(self) -> str:
        *_, after = neighbours(self.request.actor, self.item)
        if after is None:
            return reverse("marac:meeting", args=[self.item.meeting_id])
        more = "?projector=1" if self.projector else ""
        return reverse("marac:hear", args=[after]) + more
