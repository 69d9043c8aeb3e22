"""Accounts in the admin: to look up. Switching one off is a verb of fund.people: it ends the sessions and is recorded."""

from django.contrib import admin

from fund.core.admin import Look

from .models import Account


@admin.register(Account)
class AccountAdmin(Look):
    list_display = ["email", "language", "is_active", "is_staff", "joined_at"]
    search_fields = ["email"]
    fields = ["email", "language", "time_zone", "is_active", "is_staff", "joined_at"]
