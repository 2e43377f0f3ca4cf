"""What changed the danger: the kind is the button, the rest may be left."""

from onestory.kernel.forms import DateField, Form, TextAreaField


class ChangeForm(Form):
    """The day, and a few words."""

    on = DateField(label="When?", called="the day", not_future=True, required=False)
    words = TextAreaField(
        label="What happened",
        rows=2,
        required=False,
        max_length=1000,
        help_text="Everybody who knows of the danger reads it. No address, and nothing of where she is.",
    )
