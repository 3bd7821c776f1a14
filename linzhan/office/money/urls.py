from __future__ import annotations

from django.urls import path

from linzhan.office.money import accounts, bank, books, composition, views

urlpatterns = [
    path("money/", views.overview_page, name="money"),
    path("money/ratios/", views.ratios, name="money-ratios"),
    path("money/composition/", composition.page, name="money-composition"),
    path("money/composition/download/", composition.download, name="money-composition-download"),
    path("money/accounts/", accounts.account, name="money-accounts"),
    path("money/accounts/download/", accounts.download, name="money-accounts-download"),
    path("money/books/", books.listing, name="money-books"),
    path("money/books/<uuid:project_id>/", books.one, name="money-book"),
    path("money/bank/", bank.page, name="money-bank"),
]
