"""Writing to somebody on their own pages."""

from onestory.conversations.models import LONGEST
from onestory.kernel.forms import Form, TextAreaField


class MessageForm(Form):
    """What a team writes."""

    words = TextAreaField(
        label="Your message",
        called="your message",
        help_text="She reads it on her own pages. Write nothing that would harm her if somebody read "
        "it over her shoulder.",
        rows=5,
        max_length=LONGEST,
    )
