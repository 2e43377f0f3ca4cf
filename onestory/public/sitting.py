"""What somebody has typed in one sitting: on the server, sealed, and gone after an hour of quiet.

Nothing of it is in the browser but the name of its session. "Leave this page" ends it at once.
"""

import json
import time
from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.http import HttpRequest

from onestory.agencies.sealed import seal, unseal
from onestory.agencies.sessions import SEEN
from onestory.kernel.ids import new_id
from onestory.public.codes import new_code, new_reference
from onestory.public.rules.steps import Answers

KEPT_AS, PURPOSE = "sitting", "sittings of the public pages"
QUIET_SECONDS = 3600


@dataclass
class Sitting:
    """`reference` and `code` are made at the start and shown when it is saved or sent."""

    id: str = field(default_factory=lambda: str(new_id()))
    reference: str = field(default_factory=new_reference)
    code: str = field(default_factory=new_code)
    answers: Answers = field(default_factory=dict)
    saved: bool = False
    sent: bool = False
    at: int = 0

    @property
    def named(self) -> dict:
        """What actions want to know of it."""
        return {"asking_id": UUID(self.id), "reference": self.reference, "code": self.code}


def sitting_of(request: HttpRequest) -> Sitting | None:
    """The sitting in this browser, unless it has been quiet for too long."""
    sealed = request.session.get(KEPT_AS)
    text = unseal(sealed, PURPOSE) if sealed else None
    if text is None:
        return None
    sitting = Sitting(**json.loads(text))
    if time.time() - sitting.at > QUIET_SECONDS:
        end(request)
        return None
    return sitting


def keep(request: HttpRequest, sitting: Sitting) -> None:
    sitting.at = int(time.time())
    if not request.user.is_authenticated:
        request.session[SEEN] = sitting.at  # By which `public_forget` knows what went quiet.
    request.session[KEPT_AS] = seal(json.dumps(asdict(sitting)), PURPOSE)


def end(request: HttpRequest) -> None:
    request.session.pop(KEPT_AS, None)
