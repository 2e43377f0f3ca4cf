"""Forms on the page: GOV.UK markup, and nothing that a screen reader would miss."""

from xml.etree import ElementTree

import pytest
from django import forms as plain
from django.template import Context, Template

from onestory.kernel import forms


class Call(forms.Form):
    name = forms.TextField(label="Full name", help_text="As <she> says it", width="20")
    safe = forms.RadiosField(
        label="Is it safe to call?",
        called="whether it is safe to call",
        heading=True,
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
        hints={"unknown": "Then nobody calls"},
        reveals={"yes": "when"},
        divider_before="unknown",
    )
    when = forms.TextField(label="When")
    kinds = forms.CheckboxesField(
        label="Kinds", choices=[("a", "A"), ("none", "None of these")], none="none"
    )
    need = forms.SelectField(label="Need", choices=[("dv", "Domestic abuse")])
    note = forms.TextAreaField(label="In their words", required=False, max_length=50)
    rent = forms.WholeNumberField(label="Rent", prefix="£", suffix="a week")
    born = forms.DateField(label="Born")
    sure = forms.CheckboxField(label="I have told them")


def drawn(form):
    """The form as a tree; `<hr>` and the like are closed first, and bare attributes given a value."""
    html = str(form).replace("<br>", "<br/>")
    for bare in ("checked", "selected", "hidden", "disabled"):
        html = html.replace(f" {bare}>", f' {bare}="">').replace(f" {bare} ", f' {bare}="" ')
    html = html.replace("&copy;", "")
    closed = []
    for piece in html.split("<"):
        is_input = piece.startswith("input")
        closed.append(piece.replace(">", "/>", 1) if is_input else piece)
    return ElementTree.fromstring(f"<form>{'<'.join(closed)}</form>")


def ids(tree):
    return [element.get("id") for element in tree.iter() if element.get("id")]


@pytest.fixture(params=[None, {}, {"safe": "yes", "kinds": ["a", "none"], "note": "x" * 51}])
def tree(request):
    return drawn(Call(request.param) if request.param is not None else Call())


def test_every_box_has_a_label_and_every_id_is_used_once(tree):
    assert len(ids(tree)) == len(set(ids(tree)))
    labelled = {label.get("for") for label in tree.iter("label")}
    boxes = [box.get("id") for kind in ("input", "select", "textarea") for box in tree.iter(kind)]
    assert len(boxes) == 14
    assert labelled == set(boxes)


def test_whatever_describes_a_box_is_on_the_page(tree):
    known = set(ids(tree))
    for element in tree.iter():
        for attribute in ("aria-describedby", "aria-controls", "data-aria-controls"):
            assert set(element.get(attribute, "").split()) <= known, element.attrib


def test_nothing_is_drawn_that_the_content_security_policy_forbids(tree):
    for element in tree.iter():
        assert "style" not in element.attrib
        assert not [name for name in element.attrib if name.startswith("on")]


def test_the_browser_neither_demands_nor_cuts():
    html = str(Call())
    assert " required" not in html
    assert "maxlength=" not in html.replace("data-maxlength=", "")


def test_a_hint_is_escaped_and_a_heading_is_one():
    html = str(Call())
    assert "As &lt;she&gt; says it" in html
    assert '<h1 class="govuk-fieldset__heading">Is it safe to call?</h1>' in html
    assert html.count("<h1") == 1


def test_what_need_not_be_answered_says_so():
    class Search(Call):
        mark_optional = False

    assert "In their words (optional)</label>" in str(Call())
    assert "(optional)" not in str(Search())


def test_a_revealed_question_is_drawn_once_and_inside_its_answer():
    tree = drawn(Call({"safe": "yes"}))
    revealed = [e for e in tree.iter("div") if e.get("id") == "id_safe_0_revealed"]
    assert len(revealed) == 1
    assert [box.get("name") for box in revealed[0].iter("input")] == ["when"]
    assert "aria-expanded" not in str(Call({"safe": "yes"}))
    assert str(Call()).count('name="when"') == 1


def test_none_of_these_stands_after_an_or_and_alone():
    html = str(Call()["kinds"])
    assert html.index("govuk-checkboxes__divider") < html.index('value="none"')
    assert html.count('data-behaviour="exclusive"') == 1


def test_widths_and_what_stands_before_and_behind_a_number():
    html = str(Call())
    assert "govuk-input--width-20" in html
    assert '<div class="govuk-input__prefix" aria-hidden="true">£</div>' in html
    assert '<div class="govuk-input__suffix" aria-hidden="true">a week</div>' in html


def test_djangos_own_fields_are_drawn_the_same_way():
    class SignIn(plain.Form):
        login = plain.EmailField()
        password = plain.CharField(widget=plain.PasswordInput)
        remember = plain.BooleanField(required=False)
        colour = plain.ChoiceField(choices=[("r", "Red")], widget=plain.RadioSelect)

    html = str(SignIn({}))
    for expected in (
        "govuk-input--error",
        "govuk-js-password-input-input",
        "govuk-checkboxes__input",
        "govuk-radios__item",
        '<span class="govuk-visually-hidden">Error:</span> This field is required.',
    ):
        assert expected in html


def summary(**context):
    return Template("{% load pages %}{% error_prefix %}|{% error_summary %}").render(
        Context(context)
    )


def test_the_error_summary_leads_to_each_field():
    form = Call({"born-day": "3", "born-month": "", "born-year": "1986"})
    html = summary(form=form)
    assert html.startswith("Error: |")
    for target in ("id_name", "id_safe_0", "id_kinds_0", "id_need", "id_born-month", "id_sure"):
        assert f'<a href="#{target}">' in html
        assert target in ids(drawn(form))


def test_the_error_summary_takes_several_forms_and_errors_of_no_field():
    class Twice(forms.Form):
        name = forms.TextField(label="Name", required=False)

        def clean(self):
            self.add_error(None, "That was recorded <already>")

    html = summary(forms=[Twice({}, prefix="a"), Twice({}, prefix="b")])
    assert '<a href="#id_a-name">That was recorded &lt;already&gt;</a>' in html
    assert '<a href="#id_b-name">' in html


def test_a_page_without_errors_has_no_summary():
    assert summary(form=Call()).strip() == summary().strip() == "|"
