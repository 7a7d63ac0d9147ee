from django.urls import path

from portal.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("language/<slug:code>/", views.language, name="language"),
    path("text-size/", views.text_size, name="text-size"),
]
