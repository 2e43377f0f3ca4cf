"""The record in plain words: what each verb means, where something was read, who may see what."""

from datetime import datetime

from django.apps import apps
from django.utils import timezone

from onestory.access.models import Grant, Kind, Seal
from onestory.access.places import PLACES
from onestory.access.queries.record import Line
from onestory.access.queries.seals import Verdict
from onestory.agencies.pack import pack
from onestory.kernel.components import Row, day_in_words
from onestory.kernel.templatetags.pages import moment

COLUMNS_OF_PERSON = ("When", "Who", "What", "Where", "Open to them by")
COLUMNS_OF_STAFF = ("When", "What", "Whose record", "Where", "Open to them by")
COLUMNS_OF_HELD = ("Team", "What", "On what basis", "Since", "Until", "Given by")
# So many references are named in a line that is about many people.
NAMED = 5

VERBS = {
    "access.answer": "Answered a request to see more",
    "access.ask": "Asked to see more",
    "address.add": "Added an address",
    "address.end": "Ended an address",
    "answer.correct": "Put right an answer of their own",
    "answer.save": "Asked, and wrote down answers",
    "area.load": "Loaded the area pack",
    "asking.save": "Saved a request for support to come back to",
    "asking.send": "Asked for support on the public pages",
    "call.record": "Wrote down a call",
    "case-list.begin": "Began to import a case list",
    "case-list.cancel": "Cancelled an import",
    "case-list.check": "Checked a case list",
    "case-list.end": "Ended an import",
    "case-list.import": "Imported a case list",
    "case-list.queue": "Asked for a case list to be imported",
    "brokering.discard": "Threw choices of services away",
    "brokering.start": "Began to choose services",
    "case.close": "Closed a case",
    "case.close-record": "Closed what was open for a case that has ended",
    "case.correct": "Corrected a case",
    "case.open": "Opened a case",
    "conduct.note": "Wrote down what is known of somebody’s conduct",
    "consent.give": "Recorded a consent",
    "consent.refuse": "Recorded that consent was refused",
    "consent.withdraw": "Recorded that consent was taken back",
    "contact.acknowledge": "Saw the decision on a contact",
    "contact.decide": "Decided on a contact",
    "contact.grade": "Graded a contact",
    "contact.send": "Recorded and sent a contact",
    "copy.answer": "Answered a request for a copy",
    "copy.ask": "Took down a request for a copy",
    "copy.choose": "Decided what a copy gives",
    "copy.confirm": "Confirmed a request for a copy",
    "copy.extend": "Put off the answer to a request for a copy",
    "copy.make": "Made a copy of a record",
    "copy.mend": "Put a request for a copy right",
    "copy.send-back": "Sent a request for a copy back",
    "correction.ask": "Said that something in their record is wrong",
    "correction.decide": "Decided on what was said to be wrong",
    "correction.hand-over": "Gave what was said to be wrong to somebody who decides",
    "deletion.cancel": "Called a deletion off",
    "deletion.confirm": "Confirmed a deletion",
    "deletion.decide": "Decided to delete a record",
    "deletion.done": "Deleted a record",
    "disclosure.agree": "Agreed to a decision under Clare’s Law",
    "disclosure.ask": "Took down a request under Clare’s Law",
    "disclosure.check": "Looked up what is known, under Clare’s Law",
    "disclosure.decide": "Decided on a request under Clare’s Law",
    "disclosure.meet": "Met whoever asked under Clare’s Law",
    "disclosure.send-back": "Did not agree to a decision under Clare’s Law",
    "disclosure.speak": "Spoke to whoever asked under Clare’s Law",
    "disclosure.tell": "Told somebody under Clare’s Law",
    "disclosure.withdraw": "Ended a request under Clare’s Law",
    "draft.discard": "Threw a draft away",
    "draft.start": "Began a draft",
    "edition.begin": "Began an edition of a report",
    "edition.discard": "Discarded an edition of a report begun by mistake",
    "edition.enter": "Entered numbers of a report by hand",
    "edition.freeze": "Froze an edition of a report",
    "edition.move": "Moved a report to another version",
    "edition.publish": "Published a report",
    "edition.withdraw": "Withdrew a published report",
    "edition.write": "Wrote in a report",
    "envelope.make": "Began a new part of the record",
    "episode.end": "Ended the work of a case",
    "episode.hold": "Said who holds a case",
    "episode.pause": "Paused a wait",
    "episode.resume": "Went on after a pause",
    "feedback.give": "Gave feedback on their own pages",
    "glass.break": "Opened the record in an emergency",
    "glass.look": "Tried a reference in an emergency",
    "glass.review": "Reviewed an emergency opening",
    "goal.end": "Said what came of a goal",
    "goal.measure": "Measured a goal",
    "goal.reword": "Put a goal in other words",
    "goal.set": "Wrote down a goal",
    "grant.end": "Closed what was open to a team",
    "grant.give": "Opened it to a team",
    "hold.lift": "Lifted a hold",
    "hold.place": "Held a record for an inquiry",
    "identity.change": "Changed who somebody is",
    "known.look": "Looked up what a team knew on a day",
    "marac.accept": "Took a referral to MARAC",
    "marac.action": "Wrote down what an agency offers at MARAC",
    "marac.again": "Brought a case before MARAC again",
    "marac.agenda": "Put a case on an agenda of MARAC",
    "marac.answer": "Told MARAC what an agency holds",
    "marac.ask": "Asked an agency for MARAC",
    "marac.call-off": "Called off a meeting of MARAC",
    "marac.change-meeting": "Changed a meeting of MARAC",
    "marac.close": "Closed a case of MARAC",
    "marac.decline": "Sent a referral to MARAC back",
    "marac.do": "Said that an action of MARAC is done",
    "marac.go-on": "Decided that MARAC goes on without agreement",
    "marac.hear": "Ended the hearing of a case at MARAC",
    "marac.join": "Joined a referral to a case of MARAC",
    "marac.leave": "Said that an action of MARAC is not done",
    "marac.look": "Looked at what was noticed after a referral to MARAC",
    "marac.minute": "Wrote the minutes of a case at MARAC",
    "marac.open-file": "Looked into a file from another MARAC",
    "marac.order": "Put the cases of a meeting of MARAC in order",
    "marac.plan": "Planned a meeting of MARAC",
    "marac.receipt": "Entered the receipt of another MARAC",
    "marac.receive": "Opened a case from another MARAC",
    "marac.refer": "Referred somebody to MARAC",
    "marac.send": "Sealed a case for another MARAC",
    "marac.take-file": "Downloaded the sealed file for another MARAC",
    "marac.tell": "Told a survivor of MARAC",
    "marac.wishes": "Brought a survivor’s wishes to MARAC",
    "match.tell": "Had others told of a likely match",
    "membership.add": "Gave somebody a role",
    "membership.end": "Ended somebody's role",
    "message.read": "Read messages",
    "message.write": "Wrote a message",
    "notes.agree": "Agreed to a decision on therapy notes",
    "notes.answer": "Answered a request for therapy notes",
    "notes.ask": "Took down a request for therapy notes",
    "notes.decide": "Decided on a request for therapy notes",
    "notes.send-back": "Did not agree to a decision on therapy notes",
    "notes.tell": "Told somebody who asks for their therapy notes",
    "notice.failed": "Could not send word of a message",
    "notice.held": "Held word of a message back",
    "notice.later": "Kept word of a message for a safe time",
    "notice.sent": "Sent word that there is a message",
    "notice.settle": "Settled a likely match",
    "order.break": "Wrote down a breach of an order",
    "order.change": "Changed an order",
    "order.end": "Ended an order",
    "order.record": "Wrote down an order",
    "order.see": "Saw that an order ends or was broken",
    "order.take-back": "Took back an order that was never so",
    "own-pages.catch-up": "Had more of their own record opened to them",
    "own-pages.codes": "Made a new list of codes for their own pages",
    "own-pages.end": "Closed every way into own pages",
    "own-pages.invite": "Invited somebody to their own pages",
    "own-pages.open": "Made own pages for somebody",
    "own-pages.passkey": "Made a passkey for their own pages",
    "own-pages.redeem": "Used an invitation to own pages",
    "own-pages.revoke": "Took an invitation to own pages back",
    "own-pages.wrong": "Failed to come into own pages",
    "person.add": "Recorded a person",
    "person.bar": "Barred somebody from the record",
    "person.join": "Joined two records",
    "person.unbar": "Lifted a barring",
    "person.unjoin": "Took two joined records apart",
    "phone.add": "Added a telephone number",
    "phone.end": "Ended a telephone number",
    "read": "Read",
    "plan.agree": "Agreed a safety plan",
    "record.check": "Checked the seals of the record",
    "record.look": "Looked into the record of access",
    "referral.accept": "Accepted a referral",
    "referral.acknowledge": "Acknowledged a referral",
    "referral.decline": "Declined a referral",
    "referral.move": "Moved somebody who waits to another service",
    "referral.refuse": "Wrote down that a service was refused",
    "referral.return": "Gave a referral back",
    "referral.see": "Saw the answer to a referral",
    "referral.send": "Sent a referral",
    "referral.withdraw": "Withdrew a referral",
    "relationship.add": "Added a relationship",
    "relationship.end": "Ended a relationship",
    "retention.decide": "Decided on a record whose time is over",
    "retention.find": "Looked for records whose time is over",
    "review.confirm": "Confirmed a review of serious harm",
    "review.end": "Ended a review of serious harm",
    "review.make": "Took the chronology of a review away",
    "review.name": "Named somebody in a review of serious harm",
    "review.propose": "Proposed a review of serious harm",
    "safe-contact.set": "Changed how it is safe to reach them",
    "service.close": "Closed a service",
    "service.confirm": "Confirmed an entry of the directory",
    "service.keep": "Changed an entry of the directory",
    "service.reopen": "Opened a service again",
    "session.move": "Moved an appointment",
    "session.plan": "Planned an appointment",
    "session.record": "Recorded a session",
    "session.settle": "Said whether a session was attended",
    "risk.assess": "Judged how great the danger is",
    "risk.change": "Wrote down that the danger has changed",
    "risk.receive": "Wrote down a result that somebody else sent",
    "risk.see-change": "Saw that the danger has changed",
    "sealed.answer-echo": "Wrote down whether a survivor is willing that two workers speak",
    "sealed.change": "Changed a sealed account",
    "sealed.compare": "Compared facts of a sealed account",
    "sealed.destroy": "Destroyed a sealed account",
    "sealed.end-evidence": "Wrote down what became of evidence",
    "sealed.end-release": "Took a sealed account back from a team",
    "sealed.keep-evidence": "Wrote down evidence that is kept",
    "sealed.keep-longer": "Had evidence kept longer",
    "sealed.open": "Opened a sealed account",
    "sealed.release": "Released a sealed account to a team",
    "sealed.wrong-code": "Tried a wrong code of a sealed account",
    "sign-in": "Signed in",
    "sign-in.confirm": "Confirmed who they are",
    "sign-in.failed": "Failed to sign in",
    "sign-in.locked": "Was locked out",
    "sign-out": "Signed out",
    "sign-out.everywhere": "Signed out everywhere",
    "sitting.begin": "Sat down over an assessment",
    "sitting.end": "Ended a sitting of an assessment",
    "snapshot.ask": "Asked for a snapshot",
    "snapshot.make": "Made a snapshot",
    "step.agree": "Wrote down an agreed step",
    "step.done": "Said that a step is done",
    "step.drop": "Took a step out of a plan",
    "therapy.discard": "Threw away what was typed of a therapy note",
    "therapy.proceedings": "Wrote down how far proceedings are",
    "therapy.write": "Wrote a therapy note",
    "user.add": "Added a member of staff",
    "user.change": "Changed a member of staff",
    "user.change-password": "Changed their password",
    "user.choose-password": "Chose a password",
    "user.invite": "Invited a member of staff",
    "user.reset-second-factor": "Took away a second factor",
    "user.unlock": "Let somebody in again",
    "without-consent.end": "Ended a share without consent",
    "without-consent.share": "Shared without consent",
    "without-consent.tell": "Told the person of a share without consent",
}

# What each kind of knowledge is, as one would say it to the person themselves.
MEANS = {
    Kind.IDENTITY: "Your name, when you were born, and your usual address",
    Kind.SAFE_CONTACT: "Your telephone number, and when and how it is safe to reach you",
    Kind.WHEREABOUTS: "Where you are staying, if it must be kept secret",
    Kind.STORY: "What happened to you, and who is in your life",
    Kind.NEEDS: "What help you need",
    Kind.RISK: "How much danger you may be in",
    Kind.SUPPORT: "The support you are given, and how it goes",
    Kind.THERAPY: "Notes of your counselling or therapy",
    Kind.CONDUCT: "How you have treated others",
}

# What opens an envelope besides the bases of the area pack.
BASES = {
    "recorded": "Recorded it",
    "break-glass": "Emergency opening",
    "own-pages": "It is their own record",
    "subject-access": "They asked for a copy of their record",
    "review": "Appointed to a review of serious harm",
    "correction": "They say that something is wrong",
}


def verb(code: str) -> str:
    """What was done, in plain words."""
    return VERBS.get(code) or code.replace(".", ": ").replace("-", " ").capitalize()


def place(purpose: str) -> str:
    """From where it was read, in plain words."""
    if purpose.startswith("portal:"):
        return "Their own pages"
    return PLACES.get(purpose) or purpose.rpartition(":")[2].replace("-", " ").capitalize()


def line_of_person(line: Line) -> list:
    """A line of the record of one person."""
    kinds = [kind for found in line.about.values() for kind in found]
    return [_when(line), line.who, _what(line, kinds), _where(line), _under(line)]


def line_of_staff(line: Line) -> list:
    """A line of the record of one member of staff."""
    whose = list(line.about)
    more = len(whose) - NAMED
    named = ", ".join(whose[:NAMED]) + (f" and {more} more" if more > 0 else "")
    kinds = line.about[whose[0]] if len(whose) == 1 else []
    return [_when(line), _what(line, kinds), named, _where(line), _under(line)]


def held(grants: list[Grant]) -> list[list[str]]:
    """Who knows, in plain words: grants given together are one line."""
    lines: dict[tuple, list[str]] = {}
    for grant in grants:
        who = f"{grant.team}, {grant.user} alone" if grant.user_id else str(grant.team)
        basis = BASES.get(grant.basis) or pack().bases.name(grant.basis)
        key = (who, basis, moment(grant.starts_at), _end(grant), str(grant.given_by))
        lines.setdefault(key, []).append(grant.envelope.get_kind_display())
    return [[key[0], ", ".join(dict.fromkeys(kinds)), *key[1:]] for key, kinds in lines.items()]


def seal_facts(last: Seal | None, waiting: int, since: datetime | None) -> list[Row]:
    """How far the record is sealed."""
    facts = [Row("Entries that wait to be sealed", f"{waiting:,}")]
    if since:
        facts.append(Row("The first of them waits since", _moment(since)))
    if last is None:
        return [Row("Last seal", "None yet"), *facts]
    return [
        Row("Last seal", f"Number {last.number:,}, made {_moment(last.sealed_at)}"),
        Row("It covers entries up to", f"{last.upto:,}"),
        *facts,
    ]


def told(verdict: Verdict) -> str:
    """What came of checking the record."""
    sealed = f"{verdict.sealed:,} entries in {verdict.seals:,} seals"
    if verdict.fault is None:
        said = f"The record is as it was sealed: {sealed}."
    else:
        said = f"The record is not as it was sealed. {_fault(verdict)}\nUp to there, {sealed} hold."
    if verdict.waiting:
        wait = "entry waits" if verdict.waiting == 1 else "entries wait"
        said += f"\n{verdict.waiting:,} {wait} to be sealed, since {_moment(verdict.since)}."
    if verdict.last:
        signature = bytes(verdict.last.signature).hex()[:16]
        said += f"\nThe last seal is number {verdict.last.number:,}, {signature}…"
    return said


def _when(line: Line) -> str:
    return moment(line.entry.at)


def _what(line: Line, kinds: list[str]) -> str:
    done = verb(line.entry.verb)
    return f"{done}: {', '.join(kinds)}" if kinds else done


def _where(line: Line) -> str:
    return place(line.entry.subject) if line.entry.verb == "read" else ""


def _under(line: Line) -> str:
    return "; ".join(
        f"{BASES.get(basis) or pack().bases.name(basis)} ({team})" for basis, team in line.under
    )


def _end(grant: Grant) -> str:
    if grant.ends_at is None:
        return "No end set"
    return (
        moment(grant.ends_at)
        if grant.ends_at > timezone.now()
        else f"Ended {moment(grant.ends_at)}"
    )


def _fault(verdict: Verdict) -> str:
    fault = verdict.fault
    if fault.entry is None:
        return f"Seal {fault.seal:,}: {fault.what}."
    entry = f"Entry {fault.entry:,} (seal {fault.seal:,}"
    if fault.at:
        entry += f", {_moment(fault.at)}, now ‘{verb(fault.verb)}’"
    return f"{entry}): {fault.what}."


def _moment(when) -> str:
    here = timezone.localtime(when)
    return f"{day_in_words(here.date())} at {here:%H:%M:%S}"


def table_name(table: str) -> str:
    """What the rows of a protected table are, in a word or two."""
    found = [model for model in apps.get_models() if model._meta.db_table == table]
    return str(found[0]._meta.verbose_name) if found else table
