"""The editing desk's own pages: what waits, the life of texts, proofs, issues put together."""

from django.urls import path

from portal.publishing.urls import mailings
from portal.publishing.views import assembling, doors, life

app_name = "editing"
urlpatterns = [
    path("", life.queue, name="queue"),
    path("login/", doors.sign_in, name="sign-in"),
    path("logout/", doors.sign_out, name="sign-out"),
    path("account/", doors.account, name="account"),
    path("issues/next/", assembling.issue_frame, name="issue-frame"),
    path("issues/<int:pk>/contents/", assembling.issue_assemble, name="issue-assemble"),
    path("editions/<int:pk>/withdraw/", life.edition_withdraw, name="edition-withdraw"),
    path("cards/", life.card_list, name="card-list"),
    # texts/article/17/, texts/issue/3/
    path("texts/<slug:kind>/<int:pk>/", life.life, name="life"),
    path("texts/<slug:kind>/<int:pk>/proof/<slug:medium>/", life.text_proof, name="text-proof"),
    path("texts/<slug:kind>/<int:pk>/submit/", life.text_submit, name="text-submit"),
    path("texts/<slug:kind>/<int:pk>/take-back/", life.text_take_back, name="text-take-back"),
    path("texts/<slug:kind>/<int:pk>/approve/", life.text_approve, name="text-approve"),
    path("texts/<slug:kind>/<int:pk>/return/", life.text_return, name="text-return"),
    path("texts/<slug:kind>/<int:pk>/schedule/", life.text_schedule, name="text-schedule"),
    path("texts/<slug:kind>/<int:pk>/unschedule/", life.text_unschedule, name="text-unschedule"),
    path("texts/<slug:kind>/<int:pk>/publish/", life.text_publish, name="text-publish"),
    path("texts/<slug:kind>/<int:pk>/correct-cards/", life.text_correct_cards, name="text-correct-cards"),
    path("texts/<slug:kind>/<int:pk>/withdraw-earlier/", life.text_withdraw_earlier, name="text-withdraw-earlier"),
    *mailings.urlpatterns,
]
