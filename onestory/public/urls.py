from django.urls import path

from onestory.public.views import asking, pages

app_name = "public"
# Words that tell nobody who looks into a browser's history what was read.
urlpatterns = [
    path("", pages.home, name="home"),
    path("about/", pages.about, name="about"),
    path("next/", pages.what_next, name="next"),
    path("knows/", pages.who_knows, name="knows"),
    path("find/", pages.find, name="find"),
    path("find/<uuid:service_id>/", pages.service, name="service"),
    path("ask/", asking.ask, name="ask"),
    path("ask/check/", asking.check, name="check"),
    path("ask/kept/", asking.kept, name="kept"),
    path("ask/sent/", asking.sent, name="sent"),
    path("ask/stop/", asking.stop, name="stop"),
    path("ask/<slug:slug>/", asking.step, name="step"),
    path("back/", asking.back, name="back"),
]
