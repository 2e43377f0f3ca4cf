"""The way out of a page that somebody must not be seen reading."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseRedirect
from django.views.decorators.cache import never_cache

# A page that anybody might have open, and that does not greet by name.
ELSEWHERE = "https://www.bbc.co.uk/weather"


@never_cache
def quick_exit(request: HttpRequest) -> HttpResponseRedirect:
    """End the session, then go elsewhere. A plain link, so that it works without JavaScript."""
    logout(request)
    return HttpResponseRedirect(ELSEWHERE, headers={"Referrer-Policy": "no-referrer"})
