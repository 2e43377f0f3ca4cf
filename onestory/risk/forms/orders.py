"""Forms for orders against somebody who uses abuse, and for what breaks them."""

from django.utils import timezone

from onestory.agencies.pack import pack
from onestory.kernel.forms import (
    DateField,
    Form,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)
from onestory.risk.models import Breach, Order
from onestory.risk.rules.orders import Terms

NO_PLACES = (
    "No name and no address of anybody whom it protects: write “her home”, or “the school”. Others "
    "who work with them may read this."
)
NEVER = "never"


class OrderForm(Form):
    """An order as its paper says it."""

    kind = SelectField(label="What kind of order is it?", called="what kind of order it is")
    made_by = TextField(
        label="Which court or police force made it?",
        called="which court or police force made it",
        width="two-thirds",
    )
    their_reference = TextField(label="Its number", required=False, width="20")
    from_on = DateField(label="First day", called="the first day")
    until_on = DateField(
        label="Last day",
        called="the last day",
        required=False,
        help_text="Leave it empty if the order has no end, or runs until a hearing that is not fixed.",
    )
    protects = RadiosField(
        label="Whom does it protect?", called="whom it protects", choices=Order.Protects.choices
    )
    conditions = TextAreaField(
        label="What must they do, or not do?",
        called="what they must do or not do",
        rows=5,
        help_text=NO_PLACES,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = pack().order_kinds.choices()

    @property
    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)


class EndForm(Form):
    """How an order came to its end before its day."""

    how = RadiosField(
        label="How did it end?",
        called="how it ended",
        choices=[
            *Order.Ended.choices,
            (NEVER, "It was never so: written down by mistake"),
        ],
        divider_before=NEVER,
        hints={Order.Ended.REPLACED: "Write the new order down as well."},
    )
    on = DateField(
        label="Its last day",
        called="its last day",
        not_future=True,
        help_text="If it was never so, leave it as it is.",
    )

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"on": timezone.localdate()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)


class BreachForm(Form):
    """What was done against an order."""

    on = DateField(label="When?", called="the day", not_future=True)
    what = TextAreaField(
        label="What did they do?",
        called="what they did",
        rows=4,
        help_text=f"Not who told you. {NO_PLACES}",
    )
    police_know = RadiosField(
        label="Do the police know of it?",
        called="whether the police know of it",
        choices=Breach.Police.choices,
        inline=True,
    )
