from django.urls import re_path
from wagtail.views import serve

from portal.ui.http import public

urlpatterns = [re_path(r"^((?:[\w\-]+/)*)$", public(serve), name="wagtail_serve")]
