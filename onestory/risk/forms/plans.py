"""The safety plan as a form: the steps that hold, steps to add, and whether paper is safe."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from uuid import UUID

from onestory.agencies.pack import pack
from onestory.kernel.forms import Form, RadiosField, TextAreaField
from onestory.risk.actions.plans import LONGEST, Given
from onestory.risk.models import SafetyPlan, SafetyPlanStep

SHARED, OWN, OUT, NOT_NOW = "shared", "own", "out", "no"
WHO = ((SHARED, "Shared with teams who know of the danger"), (OWN, "For her and us alone"))


class PlanForm(Form):
    """One field for the words of each step, and one for who may know it."""

    mark_optional = False

    def __init__(
        self,
        *args,
        steps: Iterable[SafetyPlanStep],
        suggested: Collection[str] = (),
        paper: str = "",
        draft: Mapping[str, list[str]] | None = None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.steps = {str(step.pk): step for step in steps}
        taken = {step.suggestion for step in self.steps.values()}
        self.offers = [term for term in pack().plan_suggestions if term.code not in taken]
        self.suggested = set(suggested)
        for key, step in self.steps.items():
            self._step(key, step)
        for term in self.offers:
            self.fields[f"add-{term.code}"] = RadiosField(
                label=term.name,
                choices=((NOT_NOW, "Not now"), (SHARED, "Share it"), (OWN, "Her and us alone")),
                initial=NOT_NOW,
                required=False,
                inline=True,
                small=True,
            )
        for heading in pack().plan_headings:
            self._own_words(heading.code)
        self.fields["paper"] = RadiosField(
            label="Is it safe for her to have it on paper?",
            called="whether it is safe to have it on paper",
            choices=SafetyPlan.Paper.choices,
            initial=paper,
        )
        if draft and not self.is_bound:
            self._restore(draft)

    def _step(self, key: str, step: SafetyPlanStep) -> None:
        self.fields[f"step-{key}"] = TextAreaField(
            label="Step", rows=2, max_length=LONGEST, required=False, initial=step.words
        )
        self.fields[f"who-{key}"] = RadiosField(
            label="Who may know it?",
            called="who may know it",
            choices=(*WHO, (OUT, "Take it out")),
            initial=SHARED if step.shared else OWN,
            inline=True,
            small=True,
        )

    def _own_words(self, heading: str) -> None:
        self.fields[f"new-{heading}"] = TextAreaField(
            label="In her own words", help_text="One step on each line", rows=2, required=False
        )
        self.fields[f"new-who-{heading}"] = RadiosField(
            label="Who may know these?",
            called="who may know these",
            choices=WHO,
            initial=OWN,
            required=False,
            inline=True,
            small=True,
        )

    @property
    def parts(self) -> Iterator[dict]:
        """Heading by heading: steps that hold, steps suggested by the answers, and all others."""
        for heading in pack().plan_headings:
            offers = [term for term in self.offers if term.heading == heading.code]
            yield {
                "name": heading.name,
                "steps": [
                    (self[f"step-{key}"], self[f"who-{key}"])
                    for key, step in self.steps.items()
                    if step.heading == heading.code
                ],
                "suggested": [self[f"add-{t.code}"] for t in offers if t.code in self.suggested],
                "others": [self[f"add-{t.code}"] for t in offers if t.code not in self.suggested],
                "words": self[f"new-{heading.code}"],
                "who": self[f"new-who-{heading.code}"],
            }

    def given(self) -> list[Given]:
        """The steps of the plan as it is to be, heading by heading."""
        return [*self._kept(), *self._suggested(), *self._new()]

    def _kept(self) -> Iterator[Given]:
        for key, step in self.steps.items():
            who, words = self.cleaned_data[f"who-{key}"], self.cleaned_data[f"step-{key}"]
            if who != OUT:
                yield Given(step.heading, words, who == SHARED, step.suggestion, UUID(key))

    def _suggested(self) -> Iterator[Given]:
        for term in self.offers:
            who = self.cleaned_data[f"add-{term.code}"]
            if who in (SHARED, OWN):
                yield Given(term.heading, term.name, who == SHARED, term.code)

    def _new(self) -> Iterator[Given]:
        for heading in pack().plan_headings:
            shared = self.cleaned_data[f"new-who-{heading.code}"] == SHARED
            for line in self.cleaned_data[f"new-{heading.code}"].splitlines():
                if line.strip():
                    yield Given(heading.code, line, shared)
