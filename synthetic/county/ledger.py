"""Rows on their way into the database, table by table, with ids as `new_id` would make them."""

import json
from collections.abc import Iterable
from datetime import datetime
from random import Random

from onestory.kernel.ids import ALPHABET


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SIGNED = "id envelope_id recorded_at recorded_by_id person_id "
_FACT = _SIGNED + "superseded_at superseded_by_id "
_OF_CASE = _SIGNED + "case_id team_id "
# The columns that are written, in this order; a test holds them against the models.
COLUMNS: dict[str, tuple[str, ...]] = {
    "people_person": _words("id reference added_by_id added_at joined_into_id"),
    "access_envelope": _words("id person_id kind created_by_id created_at"),
    "access_grant": _words(
        "id envelope_id team_id user_id may_write may_share purpose basis reason starts_at ends_at "
        "given_by_id given_at ended_by_id ended_at end_reason consent_id without_consent_id"
    ),
    "access_barring": _words(
        "id person_id user_id reason barred_by_id barred_at ended_by_id ended_at"
    ),
    "people_identity": _words(_FACT + "given_name family_name other_names born_on birth_year sex"),
    "people_safecontact": _words(
        _FACT + "safe_to_call when_safe voicemail text_messages code_word must_not_know"
    ),
    "people_phone": _words(_FACT + "number safe whose"),
    "people_address": _words(_FACT + "lines postcode locality housing confidential"),
    "people_relationship": _words(_FACT + "other_id kind lives_with uses_abuse"),
    "people_searchkey": _words("person_id envelope_id kind value"),
    "cases_contact": _words(
        "id envelope_id recorded_at recorded_by_id person_id reference from_team_id to_team_id "
        "source channel received_at abuse presenting_need contributory_needs children_in_home "
        "danger_now words wishes basis basis_reason timescale due_at rag rag_reason graded_at "
        "graded_by_id outcome outcome_reason outcome_words decided_at decided_by_id "
        "acknowledged_at acknowledged_by_id version wishes_asked"
    ),
    "cases_draft": _words("id user_id team_id answers started_at saved_at version contact_id"),
    "cases_referral": _words(
        "id envelope_id recorded_at recorded_by_id person_id reference contact_id from_team_id "
        "to_team_id service_id needs words sent_at sent_by_id acknowledge_by answer_by "
        "acknowledged_at acknowledged_by_id accepted_at accepted_by_id declined_at declined_by_id "
        "decline_reason answer_words withdrawn_at withdrawn_by_id withdraw_reason seen_at "
        "seen_by_id grants version escalate_at place estimate_days estimate_from offered_instead "
        "offered_service_id begun_on ended_on returned_at returned_by_id return_reason "
        "moved_from_id consent_id"
    ),
    "cases_case": _words(
        "id envelope_id recorded_at recorded_by_id team_id reference person_id referral_id "
        "contact_id opened_on closed_on close_reason category area group abuse risk_assessment "
        "referred_by imported_id list_version version"
    ),
    "support_session": _words(
        _OF_CASE + "kind own channel place starts_at minutes worker_id state absence words version"
    ),
    "support_episode": _words(
        "id envelope_id recorded_at recorded_by_id person_id team_id from_team_id case_id "
        "referral_id service_id decided_on holder_id check_in_days check_in_on first_session_on "
        "sessions_attended support_attended paused_since ended_on end_reason version"
    ),
    "support_ending": _words(
        _OF_CASE + "reason outcome words told_survivor not_told_because told_teams grants "
        "keep_reason keep_until closed_at"
    ),
    "access_sharewithoutconsent": _words(
        "id person_id team_id to_team_id kinds purpose basis reason until shared_by_id shared_at "
        "second_opinion_by_id not_told_reason told_at told_by_id"
    ),
    "assessment_sitting": _words(
        _SIGNED + "team_id instrument version occasion last_at ended_at heard"
    ),
    "assessment_answer": _words(
        _FACT + "question value note team_id sitting_id how confirms_id tab"
    ),
    "assessment_asking": _words(_SIGNED + "sitting_id team_id question outcome known held"),
    "risk_riskassessment": _words(
        _SIGNED + "team_id sitting_id sent_by instrument version yes no unknown not_asked score "
        "computed threshold level reason assessed_at"
    ),
    "risk_safetyplan": _words(_SIGNED + "team_id version paper review_on"),
    "risk_safetyplanstep": _words(_FACT + "team_id heading words shared suggestion"),
    "risk_riskchange": _words(_SIGNED + "team_id kind on words"),
    "risk_riskchangeseen": _words(_SIGNED + "change_id team_id"),
    "risk_order": _words(
        _FACT + "series team_id kind from_on until_on made_by their_reference conditions protects "
        "ended"
    ),
    "risk_breach": _words(_SIGNED + "order_id team_id on what police_know"),
    "risk_orderseen": _words("id person_id order_id breach_id what team_id seen_by_id seen_at"),
    "marac_meeting": _words(
        "id team_id starts_at minutes minutes_a_case place planned_by_id planned_at moved_from "
        "called_off_at called_off_by_id call_off_reason version"
    ),
    "marac_referral": _words(
        _SIGNED + "from_team_id to_team_id abuser_id referred_on criteria reason assessment_id "
        "instrument threshold yes level events words children children_words agrees agrees_words "
        "told_at told_by_id not_told_reason shares accepted_at accepted_by_id repeat_of_id "
        "repeat_rule declined_at declined_by_id decline_reason part_of_id goes_on_at goes_on_by_id "
        "goes_on_words closed_at closed_by_id outcome outcome_words version"
    ),
    "marac_research": _words(
        _SIGNED + "referral_id team_id to_team_id abuser_id words due_at shares holds answered_at "
        "answered_by_id closed_at closed_by_id"
    ),
    "marac_finding": _words(_SIGNED + "referral_id team_id words"),
    "marac_conductfinding": _words(_SIGNED + "referral_id team_id words"),
    "marac_item": _words(
        _SIGNED + "referral_id meeting_id place moved_at moved_by_id move_reason heard_at "
        "heard_by_id"
    ),
    "marac_wishes": _words(_SIGNED + "referral_id team_id words agrees"),
    "marac_minutes": _words(_SIGNED + "item_id referral_id words answers saved_at saved_by_id"),
    "marac_action": _words(
        _SIGNED + "referral_id item_id team_id to_team_id whom words due_on may_tell done_at "
        "done_by_id evidence not_done_at not_done_by_id not_done_reason"
    ),
    "marac_foundrepeat": _words(_SIGNED + "referral_id on team_id how words"),
    "marac_telling": _words(_SIGNED + "referral_id team_id on words"),
    "access_entry": _words("at transaction actor_id verb person_id envelopes subject detail"),
}
_PLACES = {table: {name: i for i, name in enumerate(names)} for table, names in COLUMNS.items()}

_REFERENCE_BITS = 40
# Odd, so that multiplying by it visits every reference once before any comes again.
_STRIDE = 0x9E37_79B9_7F


class Ledger:
    """The rows of one batch. `first` is the number of its first reference."""

    def __init__(self, random: Random, first: int, transaction: int):
        self.random = random
        self.next_reference = first
        self.transaction = transaction
        self.rows: dict[str, list[list]] = {table: [] for table in COLUMNS}

    def add(self, table: str, *row) -> list:
        kept = list(row)
        self.rows[table].append(kept)
        return kept

    @staticmethod
    def place_of(table: str, column: str) -> int:
        return _PLACES[table][column]

    def new_id(self, at: datetime) -> str:
        """A UUID of version 7, as made at that moment."""
        return self._id(at, self.random.getrandbits(62))

    def referenced(self, at: datetime) -> tuple[str, str]:
        """An id and its reference, which nothing else in the county has."""
        low = self.next_reference * _STRIDE % (1 << _REFERENCE_BITS)
        self.next_reference += 1
        letters = "".join(ALPHABET[low >> place & 31] for place in range(35, -5, -5))
        key = self._id(at, self.random.getrandbits(22) << _REFERENCE_BITS | low)
        return key, f"{letters[:4]}-{letters[4:]}"

    def _id(self, at: datetime, last: int) -> str:
        when, middle = f"{int(at.timestamp() * 1000):012x}", self.random.getrandbits(12)
        end = f"{last | 1 << 63:016x}"
        return f"{when[:8]}-{when[8:]}-7{middle:03x}-{end[:4]}-{end[4:]}"

    def entry(
        self,
        deed,
        verb: str,
        person: str | None,
        envelopes: Iterable[str],
        subject: str = "",
        detail: dict | None = None,
    ) -> None:
        """A line of the record."""
        self.rows["access_entry"].append(
            [
                *(deed.at, self.transaction, deed.by, verb, person, array(sorted(envelopes))),
                *(subject, json.dumps(detail) if detail else "{}"),
            ]
        )


def array(words: Iterable[str]) -> str:
    """An array of codes or ids, as COPY reads it."""
    return "{" + ",".join(words) + "}"
