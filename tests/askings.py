"""What somebody answers on the public pages, for tests."""

from django.urls import reverse

HERSELF = {
    "who": {"who": "me"},
    "now": {"danger": "no"},
    "age": {"age": "adult"},
    "what": {"harms": ["hitting", "control"]},
    "most": {"need": "safety-planning"},
    "words": {"words": "He took my keys 🔑. هو أخذ مفاتيحي"},
    "name": {"first": "Q", "last": ""},
    "reach": {"reach": "call"},
    "number": {"phone": "07700 900123"},
    "when": {"when": "Weekdays 10 to 2"},
    "voice": {"voice": "no"},
    "keep": {"must_not_know": "My husband"},
    "door": {"team": "housing-safeguarding"},
}
A_FRIEND = {
    **{step: HERSELF[step] for step in ("now", "age", "what", "most", "words", "name", "door")},
    "who": {"who": "other"},
    "told": {"knows": "no"},
    "you": {"name": "Robin", "phone": "07700 900456"},
}


def read(answers: dict) -> dict:
    """The answers as the pages keep them, once they are read."""
    words = {"yes": True, "no": False}
    yes_or_no = {"danger", "knows", "voice"}
    return {
        step: {name: words[value] if name in yes_or_no else value for name, value in given.items()}
        for step, given in answers.items()
    }


def page(step: str) -> str:
    return reverse("public:step", args=[step])


def answer(client, answers: dict, until: str = "") -> None:
    """Begin, and answer page after page, up to one of them or to the end."""
    client.post(reverse("public:ask"))
    where = page("who")
    for _ in answers:
        step = where.rstrip("/").rpartition("/")[2]
        if step == until:
            return
        sent = client.post(where, answers[step])
        assert sent.status_code == 302, sent.content.decode()
        where = sent.url
    assert where == reverse("public:check")


def shown_codes(client, where: str) -> tuple[str, str]:
    sitting = client.get(reverse(f"public:{where}")).context["sitting"]
    return sitting.reference, sitting.code


def come_back(client, reference: str, code: str):
    return client.post(reverse("public:back"), {"reference": reference, "code": code})
