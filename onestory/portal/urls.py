"""A survivor's own pages. The addresses are single letters on purpose: they stay in the history of a
browser that somebody else may look into."""

from django.urls import path

from onestory.agencies.guard import public
from onestory.agencies.views.access import session
from onestory.kernel.leaving import quick_exit
from onestory.portal.views import coming_in, facts, home, knows, messages, more, plan, ways

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("a/", home.safety, name="safety"),
    path("b/", coming_in.again, name="again"),
    path("c/", more.copy, name="copy"),
    path("c/1/", more.copy_shown, name="copy-shown"),
    path("d/", plan.dates, name="dates"),
    path("e/", ways.ways, name="ways"),
    path("e/1/", ways.passkey, name="ways-passkey"),
    path("e/2/", ways.codes, name="ways-codes"),
    path("e/3/", ways.end, name="ways-end"),
    path("f/", more.feedback, name="feedback"),
    path("g/", coming_in.carry_on, name="carry-on"),
    path("g/1/", coming_in.back, name="back"),
    path("h/", plan.helping, name="helping"),
    path("i/", coming_in.door, name="door"),
    path("i/1/", coming_in.start, name="start"),
    path("i/2/", coming_in.passkey, name="passkey"),
    path("k/", facts.known, name="known"),
    path("k/1/", facts.identity, name="identity"),
    path("k/2/<uuid:answer_id>/", facts.correct, name="correct"),
    path("k/3/", facts.asked, name="asked"),
    path("k/3/<uuid:row_id>/", facts.wrong, name="wrong"),
    path("m/", messages.inbox, name="messages"),
    path("m/<uuid:team_id>/", messages.thread, name="thread"),
    path("o/", coming_in.sign_out, name="sign-out"),
    path("p/", plan.plan, name="plan"),
    path("r/", facts.reach, name="reach"),
    path("r/1/", facts.add_phone, name="add-phone"),
    path("r/2/<uuid:phone_id>/", facts.end_phone, name="end-phone"),
    path("s/", session, name="session"),
    path("v/", plan.safety_plan, name="safety-plan"),
    path("w/", knows.who, name="who"),
    path("w/1/", knows.opened, name="opened"),
    path("w/<uuid:consent_id>/", knows.withdraw, name="withdraw"),
    path("w/2/<uuid:team_id>/", knows.withdraw_noted, name="withdraw-noted"),
    path("x/", public(quick_exit), name="leave"),
]
