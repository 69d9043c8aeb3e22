"""The journal in the admin: to read, never to write."""

from django.contrib import admin

from fund.core.admin import Look

from .models import Entry


@admin.register(Entry)
class EntryAdmin(Look):
    list_display = ["at", "verb", "of_type", "of_id", "by", "source", "to"]
    list_filter = ["verb"]
    list_select_related = ["by"]
