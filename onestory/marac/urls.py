from datetime import date

from django.urls import path, register_converter

from onestory.marac.views import cases, doing, hearing, meetings, receiving, referring, transferring


class Day:
    """A day in an address, as 2026-11-22."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(Day, "day")

app_name = "marac"
urlpatterns = [
    path("", cases.home, name="home"),
    path("cases/", cases.cases, name="cases"),
    path("refer/<uuid:person_id>/", referring.refer, name="refer"),
    path("cases/<uuid:referral_id>/", cases.case, name="case"),
    path("cases/<uuid:referral_id>/take/", referring.accept, name="accept"),
    path("cases/<uuid:referral_id>/join/", referring.join, name="join"),
    path("cases/<uuid:referral_id>/send-back/", referring.decline, name="decline"),
    path("cases/<uuid:referral_id>/go-on/", referring.go_on, name="go-on"),
    path("cases/<uuid:referral_id>/ask/", cases.ask, name="ask"),
    path("cases/<uuid:referral_id>/answer/", doing.answer, name="answer"),
    path("cases/<uuid:referral_id>/wishes/", cases.wishes, name="wishes"),
    path("cases/<uuid:referral_id>/agenda/", meetings.move, name="move"),
    path("cases/<uuid:referral_id>/tell/", cases.tell, name="tell"),
    path("cases/<uuid:referral_id>/close/", cases.close, name="close"),
    path("cases/<uuid:referral_id>/transfer/", transferring.send, name="send"),
    path("cases/<uuid:referral_id>/transfer/save/", transferring.save, name="send-save"),
    path("transfers/<uuid:transfer_id>/", transferring.transfer, name="transfer"),
    path("transfers/<uuid:transfer_id>/file/", transferring.file, name="transfer-file"),
    path("receive/", receiving.receive, name="receive"),
    path("receive/open/", receiving.open_case, name="open"),
    path("found/<uuid:referral_id>/<day:on>/<uuid:team_id>/again/", referring.again, name="again"),
    path(
        "found/<uuid:referral_id>/<day:on>/<uuid:team_id>/none/", referring.dismiss, name="dismiss"
    ),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/plan/", meetings.plan, name="plan"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/change/", meetings.change, name="change"),
    path("meetings/<uuid:meeting_id>/call-off/", meetings.call_off, name="call-off"),
    path("meetings/<uuid:meeting_id>/order/", meetings.order, name="order"),
    path("meetings/<uuid:meeting_id>/build/", meetings.build, name="build"),
    path("hear/<uuid:item_id>/", hearing.hear, name="hear"),
    path("hear/<uuid:item_id>/save/", hearing.save, name="save"),
    path("actions/", doing.my_actions, name="actions"),
    path("actions/overdue/", doing.overdue, name="overdue"),
    path("actions/<uuid:action_id>/", doing.action, name="action"),
]
