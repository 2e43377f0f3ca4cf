from django.urls import include, path

from onestory.agencies.guard import public
from onestory.kernel.leaving import quick_exit

urlpatterns = [
    path("leave/", public(quick_exit), name="quick-exit"),
    path("", include("onestory.cases.urls")),
    path("", include("onestory.agencies.urls")),
    path("access/", include("onestory.access.urls")),
    path("people/", include("onestory.people.urls")),
    path("assessment/", include("onestory.assessment.urls")),
    path("support/", include("onestory.support.urls")),
    path("conversations/", include("onestory.conversations.urls")),
    path("sealed/", include("onestory.sealed.urls")),
    path("therapy/", include("onestory.therapy.urls")),
    path("rights/", include("onestory.rights.urls")),
    path("", include("onestory.reporting.urls")),
    # A survivor's own pages: an address that tells nobody what it is.
    path("n/", include("onestory.portal.urls")),
    path("help/", include("onestory.public.urls")),
]
