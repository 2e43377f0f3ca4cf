"""Choosing a case list to bring in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from onestory.agencies.actor import Hat
from onestory.cases.case_list import LARGEST_FILE
from onestory.kernel import forms


class CaseListForm(forms.Form):
    """The file; and the team, for somebody who manages more than one."""

    team = forms.RadiosField(label="Whose list is it?", called="whose list it is")
    file = forms.FileField(
        label="Your case list",
        called="your case list",
        help_text="An Excel workbook (.xlsx) or CSV.",
        accept=["xlsx", "csv"],
        max_megabytes=LARGEST_FILE // 1024**2,
    )

    def __init__(self, *args: Any, hats: Sequence[Hat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hats = hats
        if len(hats) == 1:
            del self.fields["team"]
        else:
            self.fields["team"].choices = [(hat.team, hat.team_name) for hat in hats]

    @property
    def team_id(self) -> UUID:
        """The team whose list was sent."""
        chosen = self.cleaned_data.get("team", self._hats[0].team)
        return next(hat.team_id for hat in self._hats if hat.team == chosen)
