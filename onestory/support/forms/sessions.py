"""Sessions: planned, recorded, settled."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from onestory.cases.forms.words import terms
from onestory.kernel import forms
from onestory.support.actions import Meeting
from onestory.support.actions.sessions import LONGEST
from onestory.support.forms.calls import moment_of
from onestory.support.models import Session


class MeetingForm(forms.Form):
    """What kind, how, where, when, and with whom."""

    kind = forms.RadiosField(
        label="What is it?", called="what it is", choices=terms("session_kinds")
    )
    channel = forms.RadiosField(
        label="How do you meet?",
        called="how you meet",
        choices=terms("session_channels"),
        inline=True,
    )
    place = forms.TextField(
        label="Where, or by which link or number?",
        help_text="The survivor’s own pages show it. Never somewhere that the person using abuse "
        "could watch.",
        required=False,
    )
    day = forms.DateField(label="Day", called="the day")
    time = forms.TimeField(label="Time", called="the time")
    worker = forms.SelectField(label="With whom?", called="with whom")

    def __init__(self, *args, colleagues: Sequence[tuple[UUID, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["worker"].choices = [(str(key), name) for key, name in colleagues]

    def meeting(self, minutes: int | None = None) -> Meeting:
        found = self.cleaned_data
        return Meeting(
            kind=found["kind"],
            channel=found["channel"],
            place=found["place"],
            starts_at=moment_of(found["day"], found["time"]),
            worker_id=UUID(found["worker"]),
            minutes=minutes,
        )


class SettleForm(forms.Form):
    """Whether somebody came, and if not why not."""

    attended = forms.YesNoField(
        label="Did they come?",
        called="whether they came",
        reveals={"yes": "minutes", "no": "absence"},
    )
    minutes = forms.WholeNumberField(
        label="How many minutes?", min_value=1, max_value=LONGEST, required=False
    )
    absence = forms.RadiosField(
        label="Why not?", called="why not", choices=terms("absence_reasons"), small=True
    )
    words = forms.TextAreaField(
        label="A line for your team",
        help_text="What was done. Notes of therapy are kept elsewhere, by therapists alone.",
        required=False,
        rows=3,
        max_length=2000,
    )

    def settled(self) -> dict:
        """What `settle_session` takes."""
        found = self.cleaned_data
        return {
            "attended": bool(found["attended"]),
            "absence": found["absence"] or "",
            "minutes": found["minutes"],
            "words": found["words"],
        }


class RecordForm(MeetingForm):
    """A session that has been, and that nobody had planned here."""

    day = forms.DateField(label="Day", called="the day", not_future=True)
    attended = SettleForm.base_fields["attended"]
    minutes = SettleForm.base_fields["minutes"]
    absence = SettleForm.base_fields["absence"]
    words = SettleForm.base_fields["words"]

    settled = SettleForm.settled


def planned(session: Session) -> dict:
    """The answers of a `MeetingForm`, as the session stands."""
    starts = timezone.localtime(session.starts_at)
    return {
        "kind": session.kind,
        "channel": session.channel,
        "place": session.place,
        "day": starts.date(),
        "time": starts.time(),
        "worker": str(session.worker_id),
    }
