"""Letters, subscribers and the WeChat copy on the editing desk."""

from django.urls import path

from portal.publishing.views import mailings, subscribers, wechat

urlpatterns = [
    # /editing/letters/
    path("letters/", mailings.mailing_list, name="mailing-list"),
    path("letters/of/<int:edition>/", mailings.mailing_add, name="mailing-add"),
    path("letters/notices/<slug:topic>/", mailings.notice_begin, name="notice-begin"),
    path("letters/<int:pk>/", mailings.mailing_detail, name="mailing-detail"),
    path("letters/<int:pk>/proof/", mailings.mailing_proof, name="mailing-proof"),
    path("letters/<int:pk>/test/", mailings.mailing_test, name="mailing-test"),
    path("letters/<int:pk>/approve/", mailings.mailing_approve, name="mailing-approve"),
    path("letters/<int:pk>/send/", mailings.mailing_send, name="mailing-send"),
    path("letters/<int:pk>/batch/", mailings.mailing_batch, name="mailing-batch"),
    path("letters/<int:pk>/stop/", mailings.mailing_stop, name="mailing-stop"),
    path("letters/<int:pk>/resume/", mailings.mailing_resume, name="mailing-resume"),
    path("letters/deliveries/<int:pk>/mark/", mailings.delivery_mark, name="delivery-mark"),
    # /editing/subscribers/
    path("subscribers/", subscribers.subscriber_list, name="subscriber-list"),
    path("subscribers/<int:pk>/erase/", subscribers.subscriber_erase, name="subscriber-erase"),
    # /editing/editions/7/wechat/?article=a12
    path("editions/<int:pk>/wechat/", wechat.edition_wechat, name="edition-wechat"),
    path("editions/<int:pk>/wechat/preview/", wechat.edition_wechat_preview, name="edition-wechat-preview"),
    path("editions/<int:pk>/wechat/<str:name>", wechat.edition_wechat_picture, name="edition-wechat-picture"),
]
