"""Reference and code: the one finds what was saved, the other opens it.

The key comes from the code and from the secret of this system, slowly: whoever has a copy of the
database lacks the secret, and whoever has both still has forty bits to guess, some twenty guesses a
second. The code itself is kept nowhere.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken

from onestory import database
from onestory.kernel.ids import ALPHABET, LENGTH, new_id, reference

# A twentieth of a second and 16 MB.
COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 64}


@dataclass(frozen=True)
class Key:
    """What a code opens with, and what shows that it is the right one."""

    sealing: bytes
    proof: str

    @classmethod
    def of(cls, code: str, salt: str) -> "Key":
        pepper = database.secret("return codes")
        made = hashlib.scrypt(f"{code} {pepper}".encode(), salt=bytes.fromhex(salt), **COST)
        return cls(base64.urlsafe_b64encode(made[:32]), hashlib.sha256(made[32:]).hexdigest())

    def seal(self, answers: dict) -> str:
        return Fernet(self.sealing).encrypt(json.dumps(answers).encode()).decode()

    def unseal(self, sealed: str) -> dict | None:
        """What was sealed with this key; None if it was altered."""
        try:
            return json.loads(Fernet(self.sealing).decrypt(sealed.encode()))
        except InvalidToken:
            return None


def new_reference() -> str:
    return reference(new_id())


def new_code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def new_salt() -> str:
    return secrets.token_hex(16)
