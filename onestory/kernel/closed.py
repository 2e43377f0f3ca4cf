"""A record that closes while somebody writes about it: what they typed is not lost with it."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render


def keeps_words(*fields: str) -> Callable:
    """For a view that is sent a form: where there is nothing to write it to any more, what was typed
    into these fields is shown, to copy. `Http404` stays where nothing was typed; and the page is alike
    for everybody who is not there, so that it says of nobody that they are.
    """

    def kept(view):
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Http404:
                given = [request.POST.get(name, "") for name in fields]
                typed = "\n\n".join(filter(str.strip, given))
                if not typed:
                    raise
                return not_written(request, typed)

        return guarded

    return kept


def not_written(
    request: HttpRequest, typed: str, template: str = "kernel/closed.html", **context
) -> HttpResponse:
    """The page that says so."""
    return render(request, template, {**context, "typed": typed}, status=404)
