"""The MARAC of the demonstration: made through actions alone, and worth a look."""

from onestory.inquiries import queries as inquiries
from onestory.inquiries.queries import Narrowed
from onestory.marac import queries
from onestory.marac.models import Meeting, TransferIn, TransferOut
from synthetic import marac, reviews, transfers
from synthetic.world import take_on


def test_there_is_a_meeting_with_work_to_do_cases_that_travel_and_a_review(as_, world):
    take_on(world, marac.STAFF)
    marac.add(world)
    with as_("cora") as by:
        ahead = Meeting.objects.order_by("-starts_at").first()
        lines = queries.agenda(by, ahead)
        assert [line.number for line in lines] == [1, 2, 3]
        assert lines[0].case.repeat_of_id and lines[0].case.level == "high"
        assert len(queries.to_decide(by)) == 1
        picture = queries.Picture(by, lines[0].case)
        assert [row.not_done_reason for row in picture.last_time]
        assert picture.conduct and picture.wishes
    transfers.add(world)
    with as_("cora"):
        assert TransferOut.objects.get().received_at
        assert TransferIn.objects.get().referral.accepted_at
    reviews.add(world)
    with as_("dina") as by:
        [review] = inquiries.inquiries(by).rows
        told = inquiries.chronology(by, review)
        assert len(told.people) == 2 and len(told.wanted(Narrowed(written_only=True))) > 20
    with as_("pru") as by:
        assert queries.actions(by, settled=False).rows
