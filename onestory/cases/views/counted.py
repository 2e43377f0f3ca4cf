"""What is counted of a case, proposed from what is known of the person."""

from django.http import HttpRequest

from onestory.agencies.pack import pack
from onestory.cases.models import Contact
from onestory.people.queries import PersonView


def proposed_facts(request: HttpRequest, person: PersonView) -> dict:
    """The area of their address, the group of their sex, the abuse they last told of."""
    area = pack()
    told = Contact.objects.filter(person_id__in=person.ids).order_by("-received_at", "-id").first()
    sex = person.identity.sex if person.identity else ""
    return {
        "area": next((a.locality for a in person.addresses if a.locality), ""),
        "group": sex if sex in area.groups else "",
        "abuse": told.abuse if told else [],
        "referred_by": told.source if told else "",
    }
