"""Forms: what they accept, what they say when they do not, and what they are drawn as."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from onestory.kernel import forms
from onestory.kernel.errors import Refused

KINDS = [("physical", "Physical"), ("economic", "Economic"), ("none", "None of these")]


class Call(forms.Form):
    name = forms.TextField(label="Full name", help_text="As the person says it")
    safe = forms.RadiosField(
        label="Is it safe to call?",
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
        hints={"unknown": "Then nobody calls"},
        reveals={"yes": "when"},
        divider_before="unknown",
    )
    when = forms.TextField(label="When", called="when it is safe to call")
    kinds = forms.CheckboxesField(
        label="Kinds of abuse", choices=KINDS, none="none", required=False
    )
    note = forms.TextAreaField(label="In their words", required=False, max_length=50)


GOOD = {"name": "Aisha Rahman", "safe": "no"}


def errors_of(field, value):
    """What one field says about a value."""
    form = type("One", (forms.Form,), {"answer": field})({"answer": value})
    return form.errors.get("answer", [])


def test_good_answers_come_out_clean():
    form = Call({**GOOD, "safe": "yes", "when": " mornings ", "kinds": ["physical"]})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "name": "Aisha Rahman",
        "safe": "yes",
        "when": "mornings",
        "kinds": ["physical"],
        "note": "",
    }


def test_a_revealed_question_is_asked_only_after_its_answer():
    assert Call({**GOOD, "safe": "yes"}).errors == {"when": ["Enter when it is safe to call"]}
    form = Call({**GOOD, "when": "left over from before"})
    assert form.is_valid()
    assert form.cleaned_data["when"] == ""


def test_a_reveal_within_a_reveal_waits_for_both():
    class Nested(forms.Form):
        children = forms.YesNoField(label="Children", reveals={"yes": "at_school"})
        at_school = forms.YesNoField(label="At school", reveals={"yes": "school"})
        school = forms.TextField(label="School")

    assert Nested({"children": "no", "at_school": "yes"}).is_valid()
    assert "school" in Nested({"children": "yes", "at_school": "yes"}).errors


def test_none_of_these_goes_with_nothing_else():
    form = Call({**GOOD, "kinds": ["physical", "none"]})
    assert form.errors["kinds"] == [
        "Select the kinds of abuse, or select ‘None of these’, but not both"
    ]
    assert Call({**GOOD, "kinds": ["none"]}).is_valid()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (forms.TextField(label="Full name"), "", "Enter the full name"),
        (forms.TextField(label="NHS number"), "", "Enter the NHS number"),
        (forms.TextField(label="Who told you?"), "", "Enter an answer to ‘Who told you?’"),
        (forms.TextField(label="Who?", called="who told you"), "", "Enter who told you"),
        (forms.TextField(label="Alias"), "x" * 201, "Alias must be 200 characters or fewer"),
        (forms.TextAreaField(label="Note"), "x" * 4001, "Note must be 4,000 characters or fewer"),
        (
            forms.TextField(label="Alias"),
            "a\x00b",
            "Alias has a character in it that cannot be kept; type it again instead of pasting it",
        ),
        (
            forms.EmailField(label="E-mail address"),
            "aisha@",
            "Enter the e-mail address in the correct format, like name@example.org",
        ),
        (forms.WholeNumberField(label="Children"), "two", "Children must be a whole number"),
        (forms.WholeNumberField(label="Children"), "-1", "Children must be 0 or more"),
        (
            forms.WholeNumberField(label="Rent", max_value=5000),
            "5001",
            "Rent must be 5,000 or fewer",
        ),
        (forms.SelectField(label="Need", choices=KINDS), "", "Select the need"),
        (forms.SelectField(label="Need", choices=KINDS), "x", "Select the need from the list"),
        (forms.YesNoField(label="Consent"), "", "Select the consent"),
        (
            forms.CheckboxField(label="I have told them"),
            "",
            "Tick the box to confirm: ‘I have told them’",
        ),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(field, value, said):
    assert errors_of(field, value) == [said]


def test_a_null_character_is_refused_by_every_kind_of_field():
    for field in (
        forms.TextField(label="A"),
        forms.TextAreaField(label="A"),
        forms.EmailField(label="A"),
        forms.PhoneField(label="A"),
        forms.PostcodeField(label="A"),
        forms.TimeField(label="A"),
        forms.SelectField(label="A", choices=KINDS),
        forms.CheckboxesField(label="A", choices=KINDS),
        forms.RadiosField(label="A", choices=KINDS),
        forms.WholeNumberField(label="A"),
    ):
        assert errors_of(field, "R\x00M176SL"), field


def test_a_line_ending_counts_once_as_it_does_in_the_browser():
    assert errors_of(forms.TextAreaField(label="Note", max_length=3), "a\r\nb") == []


def test_whole_numbers_may_have_commas_and_yes_is_true():
    form = type(
        "Two",
        (forms.Form,),
        {
            "rent": forms.WholeNumberField(label="Rent"),
            "consent": forms.YesNoField(label="Consent", required=False),
            "known": forms.YesNoField(label="Known"),
        },
    )({"rent": "1,200", "known": "no"})
    assert form.is_valid()
    assert form.cleaned_data == {"rent": 1200, "consent": None, "known": False}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cases.csv", b"a,b", []),
        ("CASES.CSV", b"a,b", []),
        ("cases.pdf", b"a,b", ["The selected file must be one of these: CSV, XLSX"]),
        ("cases.csv", b"", ["The selected file is empty"]),
        ("cases.csv", b"x" * (1024 * 1024 + 1), ["The selected file must be smaller than 1MB"]),
    ],
)
def test_a_file_is_checked(name, content, said):
    class Upload(forms.Form):
        cases = forms.FileField(label="Case list", accept=["csv", ".xlsx"], max_megabytes=1)

    upload = SimpleUploadedFile(name, content)
    assert Upload({}, {"cases": upload}).errors.get("cases", []) == said
    assert Upload({}, {}).errors["cases"] == ["Select a file for the case list"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("rm176sl", "RM17 6SL"),
        (" RM17  6SL ", "RM17 6SL"),
        ("ec1a1bb", "EC1A 1BB"),
        ("M1-1AE", "M1 1AE"),
        ("", ""),
    ],
)
def test_a_postcode_is_kept_in_one_form(typed, kept):
    field = forms.PostcodeField(label="Postcode", required=False)
    assert field.clean(typed) == kept


@pytest.mark.parametrize("typed", ["RM17", "ZZ", "RM17 6S1", "12345", "RM17 6SL Grays"])
def test_what_is_no_postcode_is_refused(typed):
    assert errors_of(forms.PostcodeField(label="Postcode"), typed) == [
        "Enter a full UK postcode, like RM17 6SL"
    ]


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("07700 900123", "+447700900123", "07700 900123"),
        ("07700-900-123", "+447700900123", "07700 900123"),
        ("+44 (0)7700 900123", "+447700900123", "07700 900123"),
        ("01632 960 001 ext 12", "+441632960001 ext. 12", "01632 960001 x12"),
        ("00353 1 234 5678", "+35312345678", "+353 1 234 5678"),
    ],
)
def test_a_telephone_number_is_kept_in_one_form_and_shown_as_people_write_it(typed, kept, shown):
    field = forms.PhoneField(label="Telephone number")
    assert field.clean(typed) == kept
    assert field.clean(kept) == kept
    assert forms.phone(kept) == shown


@pytest.mark.parametrize("typed", ["12", "the neighbour's", "0770090012345678"])
def test_what_is_no_telephone_number_is_refused_and_stays_in_the_box(typed):
    class Reach(forms.Form):
        phone = forms.PhoneField(label="Telephone number")

    form = Reach({"phone": typed})
    assert form.errors["phone"][0].startswith("Enter the telephone number, like 01632 960 001")
    assert form["phone"].value() == typed


def test_a_draft_is_shown_as_it_was_typed_and_not_judged():
    draft = QueryDict("name=Ai&safe=yes&when=&kinds=physical&kinds=economic")
    for given in (draft, dict(draft.lists())):
        form = Call(draft=given)
        assert not form.is_bound
        assert form["name"].value() == "Ai"
        assert form["kinds"].value() == ["physical", "economic"]
        assert str(form).count("checked") == 3
        assert "govuk-error-message" not in str(form)


def test_a_refusal_stands_beside_the_field_that_it_is_about():
    class Meeting(forms.Form):
        place = forms.TextField(label="Where")

    form = Meeting({"place": "Room 9"})
    form.refuse(Refused("The room is taken.", about="place"))
    form.refuse(Refused("The meeting has begun.", about="hour"))
    form.refuse(Refused("It was called off."))
    assert form.errors["place"] == ["The room is taken."]
    assert form.non_field_errors() == ["The meeting has begun.", "It was called off."]
