"""People in the admin: to look things up; whatever changes has its verb and its page. Its door is our sign-in page."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from fund.core.admin import Look

from .models import Consent, ConsentDocument, Organisation, Person, RoleGrant

# The admin's own form knows neither second factors nor counted attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(Person)
class PersonAdmin(Look):
    list_display = ["last_name", "first_name", "account", "department"]
    list_select_related = ["account"]
    search_fields = ["search_text", "account__email"]


@admin.register(Organisation)
class OrganisationAdmin(Look):
    list_display = ["name", "kind", "inn"]
    search_fields = ["search_text", "inn"]


@admin.register(RoleGrant)
class RoleGrantAdmin(Look):
    list_display = ["account", "role", "of_type", "granted_at", "revoked_at"]
    list_filter = ["role"]
    list_select_related = ["account"]


@admin.register(ConsentDocument)
class ConsentDocumentAdmin(Look):
    list_display = ["purpose", "version", "is_required", "published_at"]


@admin.register(Consent)
class ConsentAdmin(Look):
    list_display = ["person", "document", "how", "given_at", "withdrawn_at"]
    list_select_related = ["person__account", "document"]
