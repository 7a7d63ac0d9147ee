"""What is open to everybody: the check of a receipt."""

from django.urls import path

from portal.filings.views import public

app_name = "receipts"
urlpatterns = [
    # /receipts/?number=2020Q1-00001K-v1-K7RM&code=…
    path("", public.receipt_check, name="receipt-check"),
]
