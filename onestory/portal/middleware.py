"""The host name of own pages, where it is one of its own, has nothing else to show."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponseRedirect


class NameOfItsOwn:
    """Leads whatever is asked of that host to own pages: the first page of staff names the service."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        host = urlsplit(settings.OWN_PAGES_ADDRESS).netloc
        if host and request.get_host() == host and not request.path.startswith(("/n/", "/static/")):
            return HttpResponseRedirect("/n/")
        return self.get_response(request)
