"""Rows on their way into the database, table by table, with ids as `new_id` would make them."""

import json
from collections.abc import Iterable
from datetime import datetime
from random import Random

from onestory.kernel.ids import ALPHABET


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FACT = "id envelope_id recorded_at recorded_by_id person_id superseded_at superseded_by_id "
_OF_CASE = "id envelope_id recorded_at recorded_by_id person_id case_id team_id "
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
