"""The work with a survivor: what each table is called in a copy of somebody's record."""

from onestory.rights.words.told import Told, plain, read, system

SUPPORT: dict[str, Told] = {
    "support.Call": Told(
        "A call to you",
        {
            "team": plain("Team"),
            "at": plain("When"),
            "outcome": plain("What came of it"),
            "left": plain("What was left"),
            "said": read("What was written"),
            "next_at": plain("To be tried again"),
        },
    ),
    "support.Episode": Told(
        "Work with you",
        {
            "team": plain("Team"),
            "service": plain("Service"),
            "decided_on": plain("Taken on"),
            "check_in_on": plain("Next time we ask how you are"),
            "first_session_on": plain("First session"),
            "sessions_attended": plain("Sessions"),
            "support_attended": plain("Support while waiting"),
            "paused_since": plain("Paused since"),
            "ended_on": plain("Ended"),
            "end_reason": plain("Why it ended", "close_reasons"),
            **system("check_in_days", "version"),
        },
    ),
    "support.Pause": Told(
        "A pause",
        {
            "team": plain("Team"),
            "asked_by": plain("Who asked for it"),
            "from_on": plain("From"),
            "until_on": plain("Until"),
        },
    ),
    "support.Session": Told(
        "A session",
        {
            "team": plain("Team"),
            "kind": plain("Kind", "session_kinds"),
            "channel": plain("How", "session_channels"),
            "place": read("Where"),
            "starts_at": plain("When"),
            "minutes": plain("Minutes"),
            "state": plain("What became of it"),
            "absence": plain("Why it did not happen", "absence_reasons"),
            "words": read("What was written"),
            **system("own", "version"),
        },
    ),
    "support.Goal": Told(
        "A goal of yours",
        {
            "team": plain("Team"),
            "words": plain("In your words"),
            "instrument": plain("Measured by"),
            "ended_on": plain("Ended"),
            "end": plain("What became of it"),
        },
    ),
    "support.Measure": Told(
        "How near a goal was",
        {
            "team": plain("Team"),
            "at": plain("When in the work"),
            "on": plain("Day"),
            "value": plain("Value"),
        },
    ),
    "support.Step": Told(
        "A step that was agreed",
        {
            "team": plain("Team"),
            "words": read("What"),
            "who": read("Who"),
            "by_on": plain("By"),
            "done_on": plain("Done"),
        },
    ),
    "support.Ending": Told(
        "How the work ended",
        {
            "team": plain("Team"),
            "reason": plain("Why", "close_reasons"),
            "outcome": plain("What came of it", "ending_outcomes"),
            "words": read("What was written"),
            "told_survivor": plain("You were told"),
            "not_told_because": read("Why you were not told"),
            "keep_reason": plain("Why the record stayed open", "keep_reasons"),
            "keep_until": plain("Until"),
            "closed_at": plain("Closed then"),
        },
    ),
    "conversations.Message": Told(
        "A message",
        {
            "team": plain("Team"),
            "from_person": plain("From you"),
            "words": plain("Words"),
            "read_at": plain("Read"),
        },
    ),
    "conversations.Notice": Told(
        "Word that there is a message",
        {
            "team": plain("Team"),
            "outcome": plain("What came of it"),
            **system("why", "again_at"),
        },
    ),
    "therapy.TherapyNote": Told(
        "A therapy note", {"team": plain("Team"), "on": plain("Day"), "words": read("Words")}
    ),
    "therapy.Proceedings": Told(
        "Criminal proceedings",
        {
            "team": plain("Team"),
            "stage": plain("How far they are", "notes_stages"),
            "words": read("What was written"),
        },
    ),
    "therapy.NotesRequest": Told(
        "Somebody asked for your therapy notes",
        {
            "team": plain("Team"),
            "who": read("Who"),
            "basis": plain("On what basis", "notes_bases"),
            "what": read("What they asked for"),
            "their_reference": read("Their reference"),
            "asked_on": plain("When"),
            "due_on": plain("To be answered by"),
            "view": plain("What you said"),
            "view_words": read("In more words"),
            "viewed_at": plain("You were asked"),
            "decision": plain("Decision"),
            "decision_words": read("The reason"),
            "decided_at": plain("Decided"),
            "agreed_at": plain("A second person agreed"),
            "given": read("What was given"),
            "how": plain("How it was given"),
            "answered_on": plain("Answered"),
            **system("answered_at", "version"),
        },
    ),
}
