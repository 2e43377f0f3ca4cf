from django.urls import path

from onestory.rights.views import copies, corrections, retention, unheld

app_name = "rights"
urlpatterns = [
    path("copies/", copies.requests, name="requests"),
    path("copies/<uuid:request_id>/", copies.one_request, name="request"),
    path("copies/<uuid:request_id>/read/", copies.read, name="read"),
    path("copies/<uuid:request_id>/decided/", copies.choices, name="choices"),
    path("copies/<uuid:request_id>/copy.<slug:kind>", copies.file, name="file"),
    path("ask/<uuid:person_id>/", copies.ask, name="ask"),
    path("wrong/", corrections.corrections, name="corrections"),
    path("wrong/<uuid:correction_id>/", corrections.correction, name="correction"),
    path("unheld/", unheld.unheld, name="unheld"),
    path("unheld/<uuid:correction_id>/", unheld.hand_over, name="hand-over"),
    path("hold/<uuid:person_id>/", retention.hold_person, name="hold-person"),
    path("due/", retention.reviews, name="reviews"),
    path("due/<uuid:review_id>/", retention.review, name="review"),
    path("holds/", retention.holds, name="holds"),
    path("holds/<uuid:hold_id>/", retention.hold, name="hold"),
    path("deletions/", retention.deletions, name="deletions"),
    path("deletions/<uuid:deletion_id>/", retention.deletion, name="deletion"),
]
