import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onestory.settings")
application = get_wsgi_application()
# Every page is loaded before somebody asks for the first. What is loaded now stays: the garbage
# collector need not go through it, which would hold up a page for a quarter of a second.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
