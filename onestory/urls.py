from django.urls import include, path

from onestory.agencies.guard import public
from onestory.kernel.leaving import quick_exit
from onestory.menu import more

urlpatterns = [
    path("leave/", public(quick_exit), name="quick-exit"),
    path("more/", more, name="more"),
    path("", include("onestory.cases.urls")),
    path("", include("onestory.agencies.urls")),
    path("access/", include("onestory.access.urls")),
    path("people/", include("onestory.people.urls")),
    path("assessment/", include("onestory.assessment.urls")),
    path("support/", include("onestory.support.urls")),
    path("conversations/", include("onestory.conversations.urls")),
    path("risk/", include("onestory.risk.urls")),
    path("marac/", include("onestory.marac.urls")),
    path("sealed/", include("onestory.sealed.urls")),
    path("therapy/", include("onestory.therapy.urls")),
    path("rights/", include("onestory.rights.urls")),
    path("reviews/", include("onestory.inquiries.urls")),
    path("", include("onestory.reporting.urls")),
    # A survivor's own pages: an address that tells nobody what it is.
    path("n/", include("onestory.portal.urls")),
    path("own-pages/", include("onestory.portal.staff_urls")),
    path("help/", include("onestory.public.urls")),
    path("figures/", include("onestory.public.figures_urls")),
]

# On own pages even a fault must not say what they are.
handler400 = "onestory.portal.views.faults.bad_request"
handler403 = "onestory.portal.views.faults.forbidden"
handler404 = "onestory.portal.views.faults.missing"
handler500 = "onestory.portal.views.faults.broken"
