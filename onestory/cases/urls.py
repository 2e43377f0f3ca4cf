from django.urls import path

from onestory.cases.views import case_list, cases, contacts, guide, record, referrals, worklist

app_name = "cases"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("record/", record.record, name="record"),
    path("guide/", guide.guide, name="guide"),
    path("record/start/", record.start, name="record-start"),
    path("record/<uuid:draft_id>/check/", record.check, name="record-check"),
    path("record/<uuid:draft_id>/discard/", record.discard, name="record-discard"),
    path("record/<uuid:draft_id>/<slug:page>/", record.record_page, name="record-page"),
    path("record/<uuid:draft_id>/<slug:page>/save/", record.autosave, name="record-save"),
    path("contacts/<uuid:contact_id>/", contacts.contact, name="contact"),
    path("contacts/<uuid:contact_id>/sent/", record.sent, name="sent"),
    path("contacts/<uuid:contact_id>/grade/", contacts.grade, name="grade"),
    path("contacts/<uuid:contact_id>/decide/", contacts.decide, name="decide"),
    path("contacts/<uuid:contact_id>/refer/<slug:outcome>/", contacts.refer, name="refer-contact"),
    path("contacts/<uuid:contact_id>/acknowledge/", contacts.acknowledge, name="acknowledge"),
    path("referrals/<uuid:referral_id>/", referrals.referral, name="referral"),
    path(
        "referrals/<uuid:referral_id>/acknowledge/",
        referrals.acknowledge,
        name="referral-acknowledge",
    ),
    path("referrals/<uuid:referral_id>/accept/", referrals.accept, name="referral-accept"),
    path("referrals/<uuid:referral_id>/decline/", referrals.decline, name="referral-decline"),
    path("referrals/<uuid:referral_id>/withdraw/", referrals.withdraw, name="referral-withdraw"),
    path("referrals/<uuid:referral_id>/seen/", referrals.seen, name="referral-seen"),
    path("refer/<uuid:person_id>/", referrals.send, name="refer"),
    path("cases/", cases.cases, name="list"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/correct/", cases.correct, name="case-correct"),
    path("cases/<uuid:case_id>/close/", cases.close, name="case-close"),
    path("cases/open/<uuid:person_id>/", cases.open_, name="case-open"),
    path("case-list/", case_list.upload, name="case-list"),
    path("case-list/<uuid:import_id>/", case_list.look, name="case-list-import"),
    path("case-list/<uuid:import_id>/start/", case_list.start, name="case-list-start"),
    path("case-list/<uuid:import_id>/cancel/", case_list.cancel, name="case-list-cancel"),
    path("case-list/<uuid:import_id>/faults.csv", case_list.faults, name="case-list-faults"),
]
