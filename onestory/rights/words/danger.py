"""Danger, orders and Clare's Law: what each table is called in a copy of somebody's record."""

from onestory.rights.words.told import How, Say, Told, plain, read, system

DANGER: dict[str, Told] = {
    "risk.RiskAssessment": Told(
        "How great the danger was judged to be",
        {
            "team": plain("Team"),
            "sent_by": read("Who sent the result"),
            "instrument": plain("Which questions", "risk_forms"),
            "version": plain("Version of the questions"),
            # Of a result that others sent, nobody here counted the answers.
            "yes": plain("Answered with yes", needs="sitting_id"),
            "no": plain("Answered with no", needs="sitting_id"),
            "unknown": plain("Not known, or not said", needs="sitting_id"),
            "not_asked": plain("Not asked", needs="sitting_id"),
            "score": plain("What it came to"),
            "computed": plain("Level by the count", "risk_levels"),
            "threshold": plain("By which rule", "risk_thresholds"),
            "level": plain("Level as it was judged", "risk_levels"),
            "reason": read("Why"),
            "assessed_at": plain("When"),
        },
    ),
    "risk.Draft": Told(
        "Something being typed", {}, "It is not finished, and no part of the record."
    ),
    "risk.SafetyPlan": Told(
        "Your safety plan",
        {
            "team": plain("Team"),
            "version": plain("Version"),
            "paper": plain("May it be printed?"),
            "review_on": plain("To be looked at again"),
        },
    ),
    "risk.SafetyPlanStep": Told(
        "A step of your safety plan",
        {
            "team": plain("Team"),
            "heading": plain("About", "plan_headings"),
            "words": read("What"),
            "shared": plain("Shared with those who know about the danger"),
            "suggestion": plain("Suggested by", "plan_suggestions"),
        },
    ),
    "risk.RiskChange": Told(
        "The danger changed",
        {
            "team": plain("Team"),
            "kind": plain("What changed", "risk_changes"),
            "on": plain("When"),
            "words": read("What was written"),
        },
    ),
    "risk.RiskChangeSeen": Told("That a team has seen it", {}, "Who may know is told elsewhere."),
    "risk.Order": Told(
        "An order of a court or the police",
        {
            "kind": plain("Kind", "order_kinds"),
            "from_on": plain("From"),
            "until_on": plain("Until"),
            "made_by": plain("Made by"),
            "their_reference": plain("Their reference"),
            "conditions": read("What it says"),
            "protects": plain("Whom it protects"),
            "ended": plain("How it ended"),
            "team": plain("Team"),
        },
    ),
    "risk.Breach": Told(
        "Something done against an order",
        {
            "on": plain("When"),
            "what": read("What was written"),
            "police_know": plain("Do the police know?"),
            "team": plain("Team"),
        },
    ),
    "risk.ConductNote": Told(
        "What is known of how you have treated others",
        {
            "source": plain("From where", "disclosure_sources"),
            "on": plain("When it was looked up"),
            "words": read("What was written"),
            "team": plain("Team"),
        },
    ),
    "risk.Disclosure": Told(
        "Whether you should be told of somebody’s past",
        {
            "team": plain("Team"),
            "route": plain("By which right"),
            "applicant": plain("Who asked"),
            "applicant_words": read("More of who asked"),
            "about": Say("About whom", How.OTHER),
            "received_on": plain("When"),
            "words": read("What the worry was"),
            "contacted_on": plain("Spoken to"),
            "danger_now": plain("Danger at that moment"),
            "contacted_words": read("What was done about it"),
            "met_on": plain("Met"),
            "identity_checked": read("How it was seen who asked"),
            "decision": plain("Decision"),
            "to_whom": plain("Who is told"),
            "to_whom_words": read("More of who is told"),
            "what": read("What was to be told"),
            "reason": read("The reason"),
            "decided_at": plain("Decided"),
            "agreed_at": plain("A second person agreed"),
            "told_on": plain("Told"),
            "told_where": read("Where"),
            "said": read("What was said"),
            "keeps_it": plain("Said that it is kept to themselves"),
            "withdrawn_words": read("Why it did not go on"),
            **system("finished_at", "version"),
        },
    ),
    "risk.DisclosureCheck": Told(
        "Where somebody’s past was looked up",
        {
            "team": plain("Team"),
            "source": plain("Where", "disclosure_sources"),
            "on": plain("When"),
            "found": plain("What came of it"),
        },
    ),
}
