"""Who may do what. Written to be read by a governance lead.

A role is held in a team, through a membership. `works_cases` says whether the membership opens
what the team's grants open; where it is False, the person sees no survivor's record at all.
Which records a team may see is not decided here but by its grants (see `access`).
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

# The team of the people themselves, the same in every area. Each sees what is opened to her alone.
OWN_PAGES_TEAM = UUID("0197a3c0-0000-7000-8000-000000000001")
OWN_PAGES, SURVIVOR = "own-pages", "survivor"


class Permission(StrEnum):
    PERSON_FIND = "person.find"
    PERSON_RECORD = "person.record"
    PERSON_JOIN = "person.join"
    PERSON_BAR = "person.bar"
    CONTACT_RECORD = "contact.record"
    CONTACT_TRIAGE = "contact.triage"
    REFERRAL_SEND = "referral.send"
    REFERRAL_ANSWER = "referral.answer"
    CASE_WORK = "case.work"
    CASE_LIST_IMPORT = "case-list.import"
    ASSESS = "assessment.work"
    SHARE = "share.ask"
    DIRECTORY_KEEP = "directory.keep"
    OWN_PAGES_INVITE = "own-pages.invite"
    THERAPY_WORK = "therapy.work"
    SEALED_WORK = "sealed.work"
    MARAC_ATTEND = "marac.attend"
    MARAC_REFER = "marac.refer"
    MARAC_COORDINATE = "marac.coordinate"
    MARAC_CHAIR = "marac.chair"
    RIGHTS_WORK = "rights.work"
    RIGHTS_REVIEW = "rights.review"
    OWN_PAGES = "own-pages.see"
    REPORT_READ = "report.read"
    REPORT_RELEASED = "report.released"
    REPORT_WRITE = "report.write"
    SNAPSHOT_MAKE = "snapshot.make"
    BREAK_GLASS = "access.break-glass"
    RECORD_READ = "record.read"
    BREAK_GLASS_REVIEW = "access.review"
    STAFF_MANAGE = "staff.manage"


IN_WORDS = {
    Permission.PERSON_FIND: "Find people",
    Permission.PERSON_RECORD: "Record people, and change what is known of them",
    Permission.PERSON_JOIN: "Join two records of one person, and undo it",
    Permission.PERSON_BAR: "Close a person’s record to a named member of staff",
    Permission.CONTACT_RECORD: "Record contacts",
    Permission.CONTACT_TRIAGE: "Grade and decide contacts",
    Permission.REFERRAL_SEND: "Send referrals",
    Permission.REFERRAL_ANSWER: "Acknowledge, accept and decline referrals",
    Permission.CASE_WORK: "Open, change and close cases",
    Permission.CASE_LIST_IMPORT: "Import the team’s case list",
    Permission.ASSESS: "Ask and answer the questions of an assessment",
    Permission.SHARE: "Ask a survivor’s consent, share with other teams, and end a share",
    Permission.DIRECTORY_KEEP: "Keep the team’s own services in the directory",
    Permission.OWN_PAGES_INVITE: "Invite a survivor to their own pages",
    Permission.THERAPY_WORK: "Write and read therapy notes of the team",
    Permission.SEALED_WORK: "Keep sealed accounts under a pseudonym",
    Permission.MARAC_ATTEND: "See the MARAC cases that the team is asked about, and answer for it",
    Permission.MARAC_REFER: "Refer to MARAC",
    Permission.MARAC_COORDINATE: "Take referrals to MARAC, ask agencies, make the agenda",
    Permission.MARAC_CHAIR: "Lead the meeting of MARAC, and see what is overdue",
    Permission.RIGHTS_WORK: "Take requests for a copy of a record, for notes, and for deletion",
    Permission.RIGHTS_REVIEW: "Decide what is withheld, held for an inquiry, or deleted",
    Permission.OWN_PAGES: "See one’s own pages, and nothing of anybody else",
    Permission.REPORT_READ: "Read the team’s reports",
    Permission.REPORT_RELEASED: "Read the team’s compiled reports, as they may be published",
    Permission.REPORT_WRITE: "Write editions of the team’s reports, freeze and publish them",
    Permission.SNAPSHOT_MAKE: "Have a snapshot made for figures, without identity",
    Permission.BREAK_GLASS: "Open a closed record in an emergency, for a guardian to review",
    Permission.RECORD_READ: "Read the record of who opened and changed what",
    Permission.BREAK_GLASS_REVIEW: "Review emergency openings, and lift barrings",
    Permission.STAFF_MANAGE: "Keep the list of staff",
}


@dataclass(frozen=True)
class Role:
    code: str
    name: str
    about: str
    works_cases: bool
    permissions: frozenset[Permission]

    @property
    def in_words(self) -> list[str]:
        """What the role permits, in the order in which `Permission` has it."""
        return [IN_WORDS.get(p, p.value) for p in Permission if p in self.permissions]


P = Permission
_EVERYBODY_WHO_WORKS = {P.PERSON_FIND, P.PERSON_RECORD, P.CONTACT_RECORD, P.BREAK_GLASS}
_PRACTITIONER = _EVERYBODY_WHO_WORKS | {
    P.REFERRAL_SEND,
    P.REFERRAL_ANSWER,
    P.CASE_WORK,
    P.ASSESS,
    P.SHARE,
    P.OWN_PAGES_INVITE,
    P.RIGHTS_WORK,
    P.MARAC_ATTEND,
    P.MARAC_REFER,
}
_AT_THE_TABLE = {P.PERSON_FIND, P.PERSON_RECORD, P.SHARE, P.MARAC_ATTEND, P.MARAC_REFER}

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "officer",
            "Officer",
            "Meets the public. Finds people, records contacts, sees what became of them.",
            True,
            frozenset(_EVERYBODY_WHO_WORKS),
        ),
        Role(
            "practitioner",
            "Practitioner",
            "Works with survivors: answers and sends referrals, opens and closes cases.",
            True,
            frozenset(_PRACTITIONER),
        ),
        Role(
            "triage",
            "Triage worker",
            "Grades and decides the contacts that come to the team.",
            True,
            frozenset(_PRACTITIONER | {P.CONTACT_TRIAGE}),
        ),
        Role(
            "navigator",
            "Navigator",
            "Holds the one assessment, finds the services, and stays with the survivor on the way.",
            True,
            frozenset(_PRACTITIONER | {P.CONTACT_TRIAGE, P.SEALED_WORK}),
        ),
        Role(
            "therapist",
            "Therapist",
            "Gives counselling or therapy, and keeps its notes apart.",
            True,
            frozenset(_PRACTITIONER | {P.THERAPY_WORK}),
        ),
        Role(
            "manager",
            "Team manager",
            "All that the team does; imports its case list, reads its report, joins records.",
            True,
            frozenset(
                _PRACTITIONER
                | {
                    P.CONTACT_TRIAGE,
                    P.PERSON_JOIN,
                    P.PERSON_BAR,
                    P.CASE_LIST_IMPORT,
                    P.REPORT_READ,
                    P.REPORT_RELEASED,
                    P.REPORT_WRITE,
                    P.DIRECTORY_KEEP,
                }
            ),
        ),
        Role(
            "marac-lead",
            "MARAC lead of an agency",
            "Answers for an agency at MARAC: what it holds, what it offers, what it has done.",
            True,
            frozenset(_AT_THE_TABLE | {P.CONTACT_RECORD, P.BREAK_GLASS}),
        ),
        Role(
            "marac-coordinator",
            "MARAC coordinator",
            "Takes referrals to MARAC, asks the agencies, makes the agenda, closes cases.",
            True,
            frozenset(
                _AT_THE_TABLE
                | {P.MARAC_COORDINATE, P.PERSON_BAR, P.CONTACT_RECORD, P.REPORT_RELEASED}
            ),
        ),
        Role(
            "marac-chair",
            "Chair of MARAC",
            "Leads the meeting, writes down the risk and the actions, sees what is overdue.",
            True,
            frozenset(
                _AT_THE_TABLE | {P.MARAC_CHAIR, P.PERSON_BAR, P.CONTACT_RECORD, P.REPORT_RELEASED}
            ),
        ),
        Role(
            "analyst",
            "Analyst",
            "Makes figures from snapshots, in which nobody is named. Sees no survivor's record.",
            False,
            frozenset({P.SNAPSHOT_MAKE, P.REPORT_RELEASED, P.REPORT_WRITE}),
        ),
        Role(
            "secretary",
            "Secretary of a board",
            "Writes the partnership's reports around released figures. Sees no survivor's record.",
            False,
            frozenset({P.REPORT_RELEASED, P.REPORT_WRITE}),
        ),
        Role(
            "guardian",
            "Guardian",
            "Watches over access: who opened what, emergency openings, the seal of the record. "
            "Sees no survivor's record.",
            False,
            frozenset({P.RECORD_READ, P.BREAK_GLASS_REVIEW, P.PERSON_BAR, P.RIGHTS_REVIEW}),
        ),
        Role(
            "administrator",
            "Administrator",
            "Keeps the list of staff: invites, moves and ends them. Sees no survivor's record.",
            False,
            frozenset({P.STAFF_MANAGE}),
        ),
        Role(
            SURVIVOR,
            "Survivor",
            "Somebody on their own pages. No member of staff holds it: it comes with an invitation.",
            True,
            frozenset({P.OWN_PAGES}),
        ),
    )
}
# What an administrator may give.
STAFF_ROLES = {code: role for code, role in ROLES.items() if code != SURVIVOR}
