"""What an area says of referrals that are brokered: which questions a service asks for itself."""

from onestory.agencies.area.vocabulary import Code, Entry


class Intake(Entry):
    """The instrument by which a service asks what it needs to begin. Nothing known is asked again."""

    service: Code
    instrument: Code
