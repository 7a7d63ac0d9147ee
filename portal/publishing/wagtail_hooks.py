"""What the editing desk has on its menu, and who may use what there."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from portal.publishing.permissions import ByAppointment
from portal.publishing.viewsets.directories import DirectoryGroup
from portal.publishing.viewsets.knowledge import KnowledgeGroup
from portal.publishing.viewsets.newsletter import NewsletterGroup
from portal.publishing.viewsets.policies import PolicyGroup

for model in (get_image_model(), get_document_model()):
    register_permission_policy(model, ByAppointment(model))
for group in (NewsletterGroup, PolicyGroup, KnowledgeGroup, DirectoryGroup):
    register_snippet(group)


@hooks.register("construct_main_menu")
def without_what_is_not_used(request, items) -> None:
    """Pages, reports, help and settings of Wagtail's own: none of them is used here."""
    items[:] = [item for item in items if item.name not in ("explorer", "reports", "help", "settings")]


@hooks.register("register_admin_menu_item")
def what_waits() -> MenuItem:
    return MenuItem(_("Waiting for you"), reverse_lazy("editing:queue"), name="queue", icon_name="tasks", order=1)


@hooks.register("insert_global_admin_css")
def own_look() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', staticfiles_storage.url("css/publishing-desk.css"))


@hooks.register("register_rich_text_features", order=100)
def links_to_addresses(features: FeatureRegistry) -> None:
    """There is no tree of pages to link into: a link is an address, of this site or another, or an e-mail's."""
    external = reverse_lazy("wagtailadmin_choose_page_external_link")
    email = reverse_lazy("wagtailadmin_choose_page_email_link")
    features.register_editor_plugin(
        "draftail",
        "link",
        EntityFeature(
            {
                "type": "LINK",
                "icon": "link",
                "description": _("Link"),
                "attributes": ["url"],
                "allowlist": {"href": "^(http:|https:|mailto:|/|undefined$)"},
                "chooserUrls": {
                    "pageChooser": external, "externalLinkChooser": external, "emailLinkChooser": email,
                    "phoneLinkChooser": external, "anchorLinkChooser": external,
                },
            },
            js=["wagtailadmin/js/page-chooser-modal.js"],
        ),
    )  # fmt: skip


@hooks.register("register_admin_menu_item")
def figures_to_look_at() -> MenuItem:
    """Where newer releases say something else."""
    return MenuItem(_("Figures"), reverse_lazy("desk-figure-list"), name="figures", icon_name="order", order=150)


@hooks.register("register_admin_menu_item")
def import_from_word() -> MenuItem:
    return MenuItem(_("Import from Word"), reverse_lazy("desk-article-import"), name="import", icon_name="upload", order=160)


@hooks.register("insert_global_admin_css")
def style_of_figures() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', staticfiles_storage.url("css/publishing-figures.css"))


@hooks.register("insert_editor_js")
def what_a_figure_will_say() -> SafeString:
    """Beneath each figure block, what it will say, as soon as it is chosen."""
    return format_html(
        '<script type="module" src="{}" data-address="{}"></script>', staticfiles_storage.url("js/figure-blocks.js"),
        reverse_lazy("desk-figure-preview"),
    )  # fmt: skip
