"""What each table of MARAC is called in a copy of somebody's record."""

from onestory.rights.saying import How, Say, Told, plain, read, system

TOLD_OF_MARAC: dict[str, Told] = {
    "marac.Referral": Told(
        "You were referred to MARAC",
        {
            "from_team": plain("By"),
            "to_team": plain("To"),
            "abuser": Say("About whom", How.OTHER),
            "referred_on": plain("When"),
            "criteria": plain("On what", "marac_criteria"),
            "reason": read("Why"),
            "instrument": plain("The form that was asked"),
            "threshold": plain("By which rule it was judged"),
            "yes": plain("How often you said yes"),
            "level": plain("The danger that was seen"),
            "events": plain("How many events they knew of"),
            "words": read("What was written"),
            "children": plain("Children in your home"),
            "children_words": read("About them"),
            "agrees": plain("What you said to it"),
            "agrees_words": read("In more words"),
            "told_at": plain("You were told"),
            "not_told_reason": read("Why you were not told at first"),
            "accepted_at": plain("Taken"),
            "repeat_rule": plain("Seen as a repeat by this rule"),
            "declined_at": plain("Not taken"),
            "decline_reason": plain("Why not", "marac_declines"),
            "goes_on_at": plain("It went on without your agreement"),
            "goes_on_words": read("Why"),
            "closed_at": plain("Ended"),
            "outcome": plain("How it ended", "marac_outcomes"),
            "outcome_words": read("In more words"),
            **system("assessment_id", "shares", "repeat_of", "part_of", "version"),
        },
    ),
    "marac.Item": Told(
        "On the agenda of a meeting",
        {
            "meeting": Say("", How.SYSTEM),
            "move_reason": read("Why it was put off"),
            "moved_at": plain("Put off"),
            "heard_at": plain("Spoken about"),
            **system("referral"),
        },
    ),
    "marac.Research": Told(
        "An agency was asked about you",
        {
            "team": plain("Which"),
            "words": read("Why"),
            "due_at": plain("To be answered by"),
            "holds": plain("What it said"),
            "answered_at": plain("Answered"),
            "closed_at": plain("Closed to it again"),
            **system("referral", "to_team", "abuser", "shares"),
        },
    ),
    "marac.Finding": Told(
        "What an agency brought to the meeting",
        {"team": plain("Which"), "words": read("What it brought"), **system("referral")},
    ),
    "marac.ConductFinding": Told(
        "What agencies brought to a meeting",
        {},
        "It was brought for somebody else’s safety, and to tell of it could put them at risk.",
    ),
    "marac.Wishes": Told(
        "What you wanted the meeting to know",
        {
            "team": plain("Brought by"),
            "words": plain("What"),
            "agrees": plain("Whether you agreed"),
            **system("referral"),
        },
    ),
    "marac.Minutes": Told(
        "What was written in the meeting",
        {"words": read("The risk"), "saved_at": plain("When"), **system("item", "referral")},
    ),
    "marac.Action": Told(
        "What an agency agreed to do",
        {
            "team": plain("Which"),
            "whom": plain("For whom"),
            "words": read("What"),
            "due_on": plain("By when"),
            "may_tell": plain("Whether you were to be told"),
            "done_at": plain("Done"),
            "evidence": read("How that is known"),
            "not_done_at": plain("Not done"),
            "not_done_reason": read("Why not"),
            **system("referral", "item", "to_team"),
        },
    ),
    "marac.Telling": Told(
        "You were told of the meeting",
        {"team": plain("By"), "on": plain("When"), "words": read("What"), **system("referral")},
    ),
    "marac.FoundRepeat": Told(
        "Something was noticed after the meeting",
        {
            "on": plain("When"),
            "team": plain("By"),
            "how": plain("What it was taken for"),
            "words": read("Why"),
            **system("referral"),
        },
    ),
}
