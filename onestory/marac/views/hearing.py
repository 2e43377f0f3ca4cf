"""The meeting's screen: one case, all that is known of it, the risk in one paragraph, the actions."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from onestory.agencies.models import Team
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

ACTION, HEARD = "action", "heard"


@leads
@require_http_methods(["GET", "POST"])
@keeps_words("risk", "words")
def hear(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """A case in the meeting. What is typed is kept as it is typed; two may have it open at once."""
    item = item_of(request.actor, item_id)
    found = queries.Picture(request.actor, queries.case(request.actor, item.referral_id))
    if not found.may_coordinate:
        raise Http404
    page = _Page(request, item, found)
    if request.method == "POST":
        step = page.add_action if request.POST.get("what") == ACTION else page.minute
        if answer := step():
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
        self.rows = self._minutes_of(found)
        self.projector = bool(request.GET.get("projector"))
        self.action_id = new_id()
        self.theirs = self.lost = ""
        self.already = None
        self.form = RiskForm(initial={"risk": self.rows.words if self.rows else ""})
        # Made when it is shown, if nothing was sent: whoever goes on to the next case needs none.
        self.offer: ActionForm | None = None

    def minute(self) -> HttpResponse | None:
        """The risk is saved; and where the case has been heard, on to the next one."""
        self.form = RiskForm(self.request.POST)
        if not self.form.is_valid():
            return None
        try:
            _save(self.request, self.item.pk)
            if self.request.POST.get("what") == HEARD:
                actions.end_hearing(by=self.request.actor, item_id=self.item.pk)
                return redirect(self._next())
        except Stale as stale:
            self.theirs = " ".join(stale.theirs.get(RISK, []))
            self.form.add_error(None, "A colleague has written meanwhile: both versions are below.")
            self.rows = self._minutes_of(queries.Picture(self.found.by, self.found.case))
            return None
        except Refused as refused:
            self.form.add_error(None, refused.reason)
            self.lost = self.form.cleaned_data["risk"]
            return None
        messages.success(self.request, "Saved.")
        return redirect(self._here())

    def add_action(self) -> HttpResponse | None:
        """An agency offers something. What is there already is shown, and somebody decides."""
        self.offer = ActionForm(self.request.POST, teams=self._teams())
        self.action_id = uuid_of(self.request.POST.get("id", ""))
        if not self.offer.is_valid():
            return None
        given = {**self.offer.cleaned_data}
        try:
            actions.add_action(
                by=self.request.actor,
                item_id=self.item.pk,
                action_id=self.action_id,
                team_id=uuid_of(given.pop("team")),
                anyway=bool(self.request.POST.get("anyway")),
                **given,
            )
        except AlreadyThere as already:
            self.already = already.theirs
            self.offer.add_error(None, already.reason)
            return None
        except Refused as refused:
            self.offer.add_error(None, refused.reason)
            return None
        return redirect(f"{self._here()}#actions")

    def context(self) -> dict:
        before, number, count, after = neighbours(self.request.actor, self.item)
        found, case = self.found, self.found.case
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
            "agreed": words.agreed(found.now_agreed, at_work=False),
            "last_time": words.agreed(found.last_time, at_work=False),
            "form": self.form,
            "offer": offer,
            "forms": [self.form, offer],
            "theirs": self.theirs,
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

    def _minutes_of(self, found: queries.Picture) -> Minutes | None:
        return next((row for row in found.minutes if row.item_id == self.item.pk), None)

    def _teams(self) -> list:
        """Those who are asked about the case, who referred it, and the table."""
        case = self.found.case
        asked = [one.team for one in self.found.research]
        others = Team.objects.filter(pk__in={case.from_team_id, case.to_team_id})
        teams = {team.pk: team.name for team in (*asked, *others)}
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
