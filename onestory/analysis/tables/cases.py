from onestory.analysis.person_columns import WHO
from onestory.analysis.table import Column, Table

_, *REST = WHO

TABLE = Table(
    code="cases",
    title="Cases",
    about="A piece of work of one team. Those of a list without names are of nobody known.",
    key="case_key",
    person="person",
    columns=(
        Column("case_key", "text", "Which case it is."),
        Column(
            "person",
            "text",
            "Of whom it is: a key that is another one in every snapshot. Missing where the case "
            "came from a list without names.",
            True,
        ),
        *REST,
        Column("team", "text", "The team whose case it is."),
        Column("organisation", "text", "The organisation of that team."),
        Column("service", "text", "The service, as it was taken on.", True),
        Column("referral", "text", "The referral it came by: a key of `referrals`.", True),
        Column("contact", "text", "The contact it came by: a key of `contacts`.", True),
        Column("imported", "bool", "Whether it came from a case list."),
        Column("referred_by", "text", "Who first told: the sources of the area.", True),
        Column("opened_on", "date", "The day on which it was opened."),
        Column("closed_on", "date", "The day on which it was closed.", True),
        Column("category", "text", "What kind of case it is.", True),
        Column("area", "text", "The locality that the case counts for.", True),
        Column("survivor_group", "text", "The group of survivors that it counts for.", True),
        Column("abuse", "text[]", "The kinds of abuse."),
        Column("risk_assessment", "text", "The form by which risk was assessed.", True),
        Column("decided_on", "date", "The day from which the wait runs.", True),
        Column("first_session_on", "date", "The day of the first session attended.", True),
        Column(
            "waited_days",
            "int",
            "Days from the decision to the first session attended; up to the end, where it ended "
            "without one; up to the day of the snapshot, where it still waits.",
            True,
        ),
        Column("waiting", "bool", "Whether it still waits for its first session.", True),
        Column("paused_days", "int", "Of these, the days that she asked to be left.", True),
        Column("sessions_attended", "int", "Sessions attended of what the service is for.", True),
        Column("support_attended", "int", "Sessions of support while waiting, attended.", True),
        Column("ending_reason", "text", "Why it ended.", True),
        Column("outcome", "text", "What came of it.", True),
        Column("told_survivor", "bool", "Whether she was told that it ended.", True),
    ),
)
