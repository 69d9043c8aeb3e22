"""The admin looks things up and changes nothing: whatever changes has its verb and its page."""

from django.contrib import admin


class Look(admin.ModelAdmin):
    """To read, never to write."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
