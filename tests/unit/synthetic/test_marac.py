"""The MARAC of the demonstration: made through actions alone, and worth a look."""

from onestory.marac import queries
from onestory.marac.models import Meeting
from synthetic import marac
from synthetic.world import take_on


def test_there_is_a_meeting_with_cases_a_repeat_and_work_to_do(as_, world):
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
    with as_("pru") as by:
        assert queries.actions(by, settled=False).rows
