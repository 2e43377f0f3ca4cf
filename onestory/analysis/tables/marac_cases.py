from onestory.analysis.person_columns import PERSON, WHO
from onestory.analysis.table import Column, Table

_, SEX, *_ = WHO

TABLE = Table(
    code="marac_cases",
    title="MARAC cases",
    about="A case before the meeting on people at high risk: a survivor and the person using abuse. "
    "It counts once, in the meeting in which it was heard first. Where they live is not in it.",
    key="marac_case",
    person="person",
    columns=(
        Column("marac_case", "text", "Which case it is."),
        PERSON,
        SEX,
        Column("age", "int", "Age in whole years on the day of the meeting.", True),
        Column("heard_on", "date", "The day of the meeting."),
        Column("meeting", "text", "Which meeting: the day and hour on which it began."),
        Column("team", "text", "The team that coordinates the meeting."),
        Column("from_team", "text", "The team that referred; of a repeat, the one that noticed."),
        Column("from_organisation", "text", "The organisation of that team."),
        Column("from_police", "bool", "Whether that is the police."),
        Column("referred_on", "date", "The day on which it was referred."),
        Column("repeat", "bool", "Whether the same two had been referred before, by the rule."),
        Column("repeat_rule", "text", "The rule by which it is a repeat.", True),
        Column("criteria", "text[]", "On what it was referred."),
        Column("level", "text", "The level of the latest assessment at that time.", True),
        Column(
            "ethnicity_group",
            "text",
            "white-british, white-other, mixed, asian, black or other; missing where not said.",
            True,
        ),
        Column(
            "disabled",
            "bool",
            "A condition that lasts and makes everyday things harder; missing where not said.",
            True,
        ),
        Column(
            "lgbt",
            "bool",
            "Not heterosexual, or of another gender than registered at birth. Yes where one of the "
            "two was said, no where both were answered otherwise, else missing.",
            True,
        ),
        Column(
            "harmed_by_child",
            "bool",
            "Whether the person using abuse was 17 or under on the day of the meeting; missing "
            "where they, or their age, are not known.",
            True,
        ),
        Column("children", "int", "Children under 18 in the household, as referred.", True),
        Column("told", "bool", "Whether the survivor had been told when it was referred."),
        Column("agrees", "text", "Whether she agreed then."),
        Column("agencies_asked", "int", "Agencies that were asked what they know."),
        Column("agencies_answered", "int", "Of these, those that answered."),
        Column("actions", "int", "Actions that agencies offered."),
        Column("actions_done", "int", "Of these, those that were done."),
        Column("closed_on", "date", "The day of the review that closed it.", True),
        Column("outcome", "text", "How it ended.", True),
    ),
)
