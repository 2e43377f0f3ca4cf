"""People and what they answered: what each table is called in a copy of somebody's record."""

from onestory.rights.words.told import How, Say, Told, plain, read, system

PEOPLE: dict[str, Told] = {
    "people.Identity": Told(
        "Who you are",
        {
            "given_name": plain("First name"),
            "family_name": plain("Last name"),
            "other_names": plain("Other names"),
            "born_on": plain("Date of birth"),
            "birth_year": plain("Year of birth"),
            "sex": plain("Sex", "sexes"),
        },
    ),
    "people.SafeContact": Told(
        "How it is safe to reach you",
        {
            "safe_to_call": plain("Is it safe to call?"),
            "when_safe": plain("When"),
            "voicemail": plain("May we leave a voice message?"),
            "text_messages": plain("May we send a text message?"),
            "code_word": plain("Code word"),
            "must_not_know": read("Who must not know"),
        },
    ),
    "people.Phone": Told(
        "A telephone number",
        {"number": plain("Number"), "safe": plain("Is it safe?"), "whose": read("Whose it is")},
    ),
    "people.Address": Told(
        "An address",
        {
            "lines": plain("Address"),
            "postcode": plain("Postcode"),
            "locality": plain("Part of the area", "localities"),
            "housing": plain("Kind of home", "housing"),
            "confidential": plain("Kept confidential"),
        },
    ),
    "people.Relationship": Told(
        "Somebody in your life",
        {
            "other": Say("Who", How.OTHER),
            "kind": plain("What they are to you", "relationships"),
            "lives_with": plain("Lives with you"),
            "uses_abuse": plain("Uses abuse against you"),
        },
    ),
    "people.MatchNotice": Told("A likely match", {}, "It is about somebody else’s record."),
    "assessment.Sitting": Told(
        "A time we sat down over questions",
        {
            "team": plain("Team"),
            "instrument": plain("Which questions"),
            "occasion": plain("When in the work"),
            "last_at": plain("Last worked on"),
            "ended_at": plain("Ended"),
            **system("version", "heard"),
        },
    ),
    "assessment.Answer": Told(
        "An answer",
        {
            "question": plain("Question"),
            # Its text kinds are read: see `queries.telling`.
            "value": plain("Answer"),
            "note": read("What was added"),
            "how": plain("How we know"),
            "team": plain("Team"),
            **system("tab"),
        },
    ),
    "assessment.Asking": Told("That a question was asked", {}, "The answers say it all."),
}
