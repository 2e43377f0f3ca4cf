from django.urls import path

from onestory.support.views import calls, cases, journey, mine, plans, sessions

app_name = "support"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("people/<uuid:person_id>/call/", calls.call, name="call"),
    path("people/<uuid:person_id>/call/<uuid:phone_id>/", calls.dial, name="dial"),
    path("people/<uuid:person_id>/journey/", journey.journey, name="journey"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/hold/", cases.hold, name="hold"),
    path("cases/<uuid:case_id>/pause/", cases.pause, name="pause"),
    path("cases/<uuid:case_id>/go-on/", cases.resume, name="resume"),
    path("cases/<uuid:case_id>/end/", cases.end, name="end"),
    path("cases/<uuid:case_id>/appointment/", sessions.plan, name="session-plan"),
    path("cases/<uuid:case_id>/session/", sessions.add, name="session-add"),
    path("cases/<uuid:case_id>/goal/", plans.goal, name="goal"),
    path("cases/<uuid:case_id>/step/", plans.step, name="step"),
    path("sessions/<uuid:session_id>/", sessions.settle, name="session"),
    path("sessions/<uuid:session_id>/move/", sessions.move, name="session-move"),
    path("goals/<uuid:goal_id>/words/", plans.reword, name="goal-reword"),
    path("goals/<uuid:goal_id>/measure/", plans.measure, name="goal-measure"),
    path("goals/<uuid:goal_id>/end/", plans.end_goal, name="goal-end"),
    path("steps/<uuid:step_id>/done/", plans.step_done, name="step-done"),
    path("steps/<uuid:step_id>/drop/", plans.step_drop, name="step-drop"),
]
