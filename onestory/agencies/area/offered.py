"""What an area pack says of services: for whom they are, how to come to them, how to reach them."""

from typing import Literal

from pydantic import Field, field_validator, model_validator

from onestory.agencies.area.vocabulary import Code, Codes, Entry, Text, Texts
from onestory.agencies.rules import opening

# How somebody may come to a service.
ROUTES = {
    "self": "Without a referral",
    "professional": "Referred by any professional",
    "named-teams": "Referred by certain teams only",
    "telephone": "By telephone",
}
Route = Literal["self", "professional", "named-teams", "telephone"]
PLACES_PER = {"year": "a year", "at-once": "at once"}


class Directory(Entry):
    """How the directory is kept up to date."""

    confirm_days: int = Field(default=90, gt=0)


class Service(Entry):
    """What a team offers, to whom. An empty list of sexes, localities or languages shuts nobody out.

    This is what the directory begins with. Once the team has kept or confirmed its own entry, that
    stands, and the pack decides only what the service is called and whose it is.
    """

    code: Code
    name: Text
    team: Code
    summary: Text
    for_whom: Text
    needs: Codes = ()
    age_from: int | None = Field(default=None, ge=0, le=120)
    age_to: int | None = Field(default=None, ge=0, le=120)
    sexes: Codes = ()
    residents_only: bool = False
    localities: Codes = ()
    languages: Codes = ()
    interpreters: bool = False
    no_recourse: bool | None = None
    routes: tuple[Route, ...] = Field(default=("professional",), strict=False)
    referred_by: Codes = ()
    opening: Texts = ()
    places: int | None = Field(default=None, gt=0)
    places_per: Literal["year", "at-once"] = "year"
    funder: str = ""
    contract: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    address: str = ""
    postcode: str = ""
    confidential: bool = False
    listed: bool = True
    notes: str = ""
    source: str = ""

    @field_validator("opening")
    @classmethod
    def _readable(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        try:
            return tuple(opening.read("\n".join(value)))
        except ValueError as error:
            raise ValueError(
                f"'{error}' is no opening time; write it like 'Monday to Friday 9am to 5pm'"
            ) from None

    @model_validator(mode="after")
    def _holds_together(self):
        if self.confidential and (self.address or self.postcode):
            raise ValueError("a confidential service has no address: take it out")
        if (self.age_from or 0) > (self.age_to if self.age_to is not None else 120):
            raise ValueError("'age_from' is above 'age_to'")
        if bool(self.referred_by) != ("named-teams" in self.routes):
            raise ValueError("'referred_by' belongs to the route 'named-teams', and only there")
        return self
