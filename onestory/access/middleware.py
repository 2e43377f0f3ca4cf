"""Every request runs in one transaction, as the person who signed in, or as nobody."""

from django.db import transaction

from onestory.access.acting import acting
from onestory.agencies.actor import actor_of


class ActorOfRequest:
    """Opens the transaction and says who acts. A request that fails leaves nothing behind.

    The session is saved outside it, since a sign-out must hold even then.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = None
        request.failed = False
        if not request.user.is_authenticated:
            with transaction.atomic():
                return self._answer(request)
        request.actor = actor_of(request.user)
        with acting(request.actor, purpose="") as request.scope:
            return self._answer(request)

    def _answer(self, request):
        response = self.get_response(request)
        if request.failed or response.status_code >= 500:
            transaction.set_rollback(True)
        return response

    def process_view(self, request, view, args, kwargs):
        if request.actor is not None:
            request.scope.purpose = request.resolver_match.view_name

    def process_exception(self, request, exception):
        request.failed = True
