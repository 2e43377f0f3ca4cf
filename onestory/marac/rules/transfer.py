"""What one MARAC hands to another, and the one file in which it travels. No database.

The file is JSON: whose it is, its version, a salt, a mark by which damage is told from a wrong pass
phrase, and the content, sealed. The key comes from the pass phrase, slowly. What is left of it marks
the file: only who has both can say the receipt.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, NamedTuple

from cryptography.fernet import Fernet, InvalidToken
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from onestory.kernel.errors import Refused
from onestory.kernel.ids import ALPHABET, MISREAD, read_reference

OURS = "onestory-marac-transfer"
VERSION = 1
LARGEST = 1024 * 1024
# A tenth of a second and 32 MB. The phrase has eighty bits: its letters are drawn, not thought of.
COST = {"n": 2**15, "r": 8, "p": 1, "dklen": 64, "maxmem": 2**26}
PHRASE_LETTERS = 16
GROUP = 4

NOT_OURS = "This is no file of a transfer between MARACs."
OTHER_VERSION = (
    "This file was written by another version. Ask the other MARAC to make it again with version "
    f"{VERSION}, or to send the case in another way."
)
DAMAGED = "The file is damaged. Ask the other MARAC to send it again."
WRONG_PHRASE = "The pass phrase does not open this file. Ask for it again by telephone."
TOO_LARGE = f"The file is too large: a transfer has {LARGEST // 1024**2} MB at most."
TOO_MUCH = "This is more than one file holds. Write a shorter handover."

# PostgreSQL keeps no NUL, and nobody types one.
Words = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
Line = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00\r\n]*$")]
Count = Annotated[int, Field(ge=0, le=999)]
MANY = 200


class Part(BaseModel):
    """Nothing unknown is let in, nothing guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Somebody(Part):
    given_name: Line = ""
    family_name: Line = ""
    other_names: Words = ""
    born_on: date | None = None
    birth_year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    sex: Line = ""


class Assessed(Part):
    """How often what was said to which form, and the level in words."""

    form: Line
    on: date
    yes: Count
    no: Count
    unknown: Count
    not_asked: Count
    level: Line


class Said(Part):
    on: date
    words: Words


class Agreed(Part):
    """An action: by which agency, for whom, by when, and what became of it."""

    agency: Line
    whom: Line
    words: Words
    due_on: date
    outcome: Words


class InForce(Part):
    """An order against the person using abuse."""

    kind: Line
    from_on: date
    until_on: date | None = None
    made_by: Words = ""
    reference: Words = ""
    conditions: Words = ""


class Transfer(Part):
    """A case as it goes to another area. `contact` only for a reason of its own."""

    sender: Line
    sent_on: date
    # Which transfer it is: two of the same case are two.
    number: Line
    survivor: Somebody
    abuser: Somebody | None = None
    referred_on: date
    agrees: Line
    words: Words
    children: Count | None = None
    children_words: Words = ""
    assessed: Assessed | None = None
    risk: Annotated[tuple[Said, ...], Field(max_length=MANY)] = ()
    wishes: Annotated[tuple[Said, ...], Field(max_length=MANY)] = ()
    actions: Annotated[tuple[Agreed, ...], Field(max_length=MANY)] = ()
    orders: Annotated[tuple[InForce, ...], Field(max_length=MANY)] = ()
    handover: Words
    contact: Words = ""


@dataclass(frozen=True)
class Sealed:
    """A file, the mark of what is sealed in it, and the receipt that whoever opens it can say."""

    text: str
    digest: str
    receipt: str


class Opened(NamedTuple):
    transfer: Transfer
    digest: str
    receipt: str


def new_phrase() -> str:
    """A pass phrase that can be told by telephone, like 4JK2-…; eighty bits."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(PHRASE_LETTERS))
    return "-".join(letters[at : at + GROUP] for at in range(0, PHRASE_LETTERS, GROUP))


def read_phrase(text: str) -> str | None:
    """The pass phrase as `new_phrase` writes it, however it was typed; None if it is not one."""
    letters = "".join(text.split()).upper().translate(MISREAD)
    if len(letters) != PHRASE_LETTERS or not set(letters) <= set(ALPHABET):
        return None
    return "-".join(letters[at : at + GROUP] for at in range(0, PHRASE_LETTERS, GROUP))


def seal(transfer: Transfer, phrase: str) -> Sealed:
    """The file. `Refused` if it would be larger than what is opened."""
    salt = secrets.token_hex(16)
    sealing, marking = _keys(phrase, salt)
    sealed = Fernet(sealing).encrypt(transfer.model_dump_json().encode()).decode()
    text = json.dumps(
        {
            "file": OURS,
            "version": VERSION,
            "salt": salt,
            "sha256": _mark(sealed),
            "sealed": sealed,
        },
        indent=1,
    )
    if len(text) > LARGEST:
        raise Refused(TOO_MUCH)
    return Sealed(text, _mark(sealed), _receipt(marking, sealed))


def unseal(content: bytes, phrase: str) -> Opened:
    """What is in a file. `Refused` says in plain words what is wrong with it."""
    outside = _outside(content)
    typed = read_phrase(phrase)
    if typed is None:
        raise Refused(WRONG_PHRASE, about="phrase")
    sealing, marking = _keys(typed, outside["salt"])
    try:
        inside = Fernet(sealing).decrypt(outside["sealed"].encode())
    except InvalidToken:
        raise Refused(WRONG_PHRASE, about="phrase") from None
    try:
        transfer = Transfer.model_validate_json(inside)
    except ValidationError:
        raise Refused(DAMAGED) from None
    return Opened(transfer, outside["sha256"], _receipt(marking, outside["sealed"]))


def same_receipt(typed: str, receipt: str) -> bool:
    """Whether somebody typed this receipt, however they typed it."""
    return hmac.compare_digest(read_reference(typed) or "", receipt)


def _outside(content: bytes) -> dict[str, Any]:
    """What can be read without the pass phrase: whose it is, which version, whether it is whole."""
    if len(content) > LARGEST:
        raise Refused(TOO_LARGE)
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        # What begins as ours and breaks off was ours.
        raise Refused(DAMAGED if OURS.encode() in content[:200] else NOT_OURS) from None
    if not isinstance(found, dict) or found.get("file") != OURS:
        raise Refused(NOT_OURS)
    if found.get("version") != VERSION:
        raise Refused(OTHER_VERSION)
    salt, sealed = found.get("salt"), found.get("sealed")
    if not all(isinstance(part, str) and part.isascii() for part in (salt, sealed)):
        raise Refused(DAMAGED)
    if _mark(sealed) != found.get("sha256"):
        raise Refused(DAMAGED)
    return found


def _mark(sealed: str) -> str:
    """Of what is sealed, not of the file: one that was only laid out anew is the same one."""
    return hashlib.sha256(sealed.encode()).hexdigest()


def _keys(phrase: str, salt: str) -> tuple[bytes, bytes]:
    made = hashlib.scrypt(phrase.encode(), salt=salt.encode(), **COST)
    return base64.urlsafe_b64encode(made[:32]), made[32:]


def _receipt(marking: bytes, sealed: str) -> str:
    mark = hmac.new(marking, sealed.encode(), hashlib.sha256).digest()
    letters = "".join(ALPHABET[byte & 31] for byte in mark[:8])
    return f"{letters[:4]}-{letters[4:]}"
