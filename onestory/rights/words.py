"""What each table and column is called in a copy of somebody's record, and how it is given.

A table that is missing here, or a column, is not given: the tests find it.
"""

from enum import StrEnum
from typing import NamedTuple


class How(StrEnum):
    """How a column is given in a copy."""

    # About the person and nobody else: a code, a day, a number, or words of their own.
    PLAIN = "plain"
    # Words that somebody wrote, in which there may be others: read by a person before it is given.
    READ = "read"
    # Leads to somebody else, who is not named.
    OTHER = "other"
    # Tells nothing of anybody: how the system keeps its rows.
    SYSTEM = "system"


class Say(NamedTuple):
    """A column: what it is called, how it is given, and the area's vocabulary that its codes are of."""

    label: str
    how: How = How.PLAIN
    terms: str = ""


class Told(NamedTuple):
    """A table: what one row is called, and its columns. Without columns none of it is given: `why`."""

    title: str
    columns: dict[str, Say]
    why: str = ""


def plain(label: str, terms: str = "") -> Say:
    return Say(label, How.PLAIN, terms)


def read(label: str) -> Say:
    return Say(label, How.READ)


def system(*names: str) -> dict[str, Say]:
    return dict.fromkeys(names, Say("", How.SYSTEM))


TOLD: dict[str, Told] = {
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
    "cases.Contact": Told(
        "Somebody told us",
        {
            "reference": plain("Reference"),
            "from_team": plain("Told by"),
            "to_team": plain("Told to"),
            "source": plain("How it came about", "sources"),
            "channel": plain("How it was told", "channels"),
            "received_at": plain("When"),
            "abuse": plain("Kinds of abuse", "abuse"),
            "presenting_need": plain("First need", "needs"),
            "contributory_needs": plain("Other needs", "needs"),
            "children_in_home": plain("Children in the home"),
            "danger_now": plain("Danger at that moment"),
            "words": read("What was written"),
            "wishes": plain("What you wanted"),
            "wishes_asked": plain("Were you asked what you want?"),
            "basis": plain("On what basis it was passed on", "bases"),
            "basis_reason": read("The reason for that basis"),
            "due_at": plain("To be decided by"),
            "rag": plain("Grade", "rag"),
            "rag_reason": read("The reason for that grade"),
            "graded_at": plain("Graded"),
            "outcome": plain("Decision"),
            "outcome_reason": plain("The reason for the decision", "nfa_reasons"),
            "outcome_words": read("More about the decision"),
            "decided_at": plain("Decided"),
            "acknowledged_at": plain("The decision was seen"),
            **system("timescale", "version"),
        },
    ),
    "cases.Referral": Told(
        "A referral",
        {
            "reference": plain("Reference"),
            "from_team": plain("From"),
            "to_team": plain("To"),
            "service": plain("Service"),
            "needs": plain("Needs", "needs"),
            "words": read("What was written"),
            "sent_at": plain("Sent"),
            "acknowledge_by": plain("To be acknowledged by"),
            "answer_by": plain("To be answered by"),
            "acknowledged_at": plain("Acknowledged"),
            "accepted_at": plain("Accepted"),
            "declined_at": plain("Declined"),
            "decline_reason": plain("Why it was declined", "decline_reasons"),
            "answer_words": read("What was answered"),
            "withdrawn_at": plain("Withdrawn"),
            "withdraw_reason": plain("Why it was withdrawn", "withdraw_reasons"),
            "place": plain("Place in the queue then"),
            "estimate_days": plain("Days it was thought to take"),
            "offered_instead": plain("Offered instead", "offered_instead"),
            "offered_service": plain("Service offered instead"),
            "begun_on": plain("First session"),
            "ended_on": plain("Ended"),
            "returned_at": plain("Given back"),
            "return_reason": plain("Why it was given back", "return_reasons"),
            "seen_at": plain("The answer was seen"),
            **system("escalate_at", "estimate_from", "version"),
        },
    ),
    "cases.Refusal": Told(
        "A service you did not want",
        {"team": plain("Team"), "service": plain("Service"), "needs": plain("Needs", "needs")},
    ),
    "cases.Case": Told(
        "A case",
        {
            "team": plain("Team"),
            "reference": plain("Reference"),
            "opened_on": plain("Opened"),
            "closed_on": plain("Closed"),
            "close_reason": plain("Why it was closed", "close_reasons"),
            "category": plain("Category", "categories"),
            "area": plain("Part of the area", "localities"),
            "group": plain("Counted in", "groups"),
            "abuse": plain("Kinds of abuse", "abuse"),
            "risk_assessment": plain("Risk assessment", "risk_assessments"),
            "referred_by": plain("Referred by"),
            **system("version", "list_version"),
        },
    ),
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
    "portal.OwnPages": Told("Your own pages", {}, "That you have them, you know."),
    "portal.Invitation": Told(
        "An invitation to your own pages",
        {
            "team": plain("Team"),
            "how": plain("How"),
            "judged": read("How it was judged that you may have them"),
            "expires_at": plain("It could be used until"),
            "used_at": plain("Used"),
            "revoked_at": plain("Taken back"),
            **system("wrong_tries"),
        },
    ),
    "rights.Correction": Told(
        "Something that you said is wrong",
        {
            "about": plain("About"),
            "wrong": plain("What you said is wrong"),
            "right": plain("What you said is right"),
            "team": plain("Asked of"),
            "due_on": plain("To be answered by"),
            "outcome": plain("What came of it"),
            "reason": plain("Why"),
            "decided_at": plain("Decided"),
            **system("place", "seen_at"),
        },
    ),
    **dict.fromkeys(
        (
            "sealed.Account",
            "sealed.AgreedFact",
            "sealed.Echo",
            "sealed.Evidence",
            "sealed.Release",
            "sealed.Slip",
        ),
        Told("A sealed account", {}, "It is under a pseudonym: whoever has its code asks for it."),
    ),
}
