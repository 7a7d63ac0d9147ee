"""What the editing desk has on its menu, and who may use what there."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.admin.search import SearchArea
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from portal.members.access import may
from portal.members.roles import Permission
from portal.publishing.models import MemberPage
from portal.publishing.permissions import OnlyToLookAt
from portal.publishing.search.index import reindex_row
from portal.publishing.viewsets.choosers import speak_to_each_person
from portal.publishing.viewsets.directories import DirectoryGroup
from portal.publishing.viewsets.knowledge import KnowledgeGroup
from portal.publishing.viewsets.newsletter import NewsletterGroup
from portal.publishing.viewsets.pictures import without_collections
from portal.publishing.viewsets.policies import PolicyGroup

# Before the snippets, which would get a policy of Wagtail's own.
register_permission_policy(MemberPage, OnlyToLookAt(MemberPage))
speak_to_each_person()
without_collections()
for group in (NewsletterGroup, PolicyGroup, KnowledgeGroup, DirectoryGroup):
    register_snippet(group)


@hooks.register("construct_main_menu")
def without_what_is_not_used(request, items) -> None:
    """Pages, reports, help and settings of Wagtail's own: none of them is used here."""
    items[:] = [item for item in items if item.name not in ("explorer", "reports", "help", "settings")]


@hooks.register("register_admin_menu_item")
def what_waits() -> MenuItem:
    return MenuItem(_("Waiting for you"), reverse_lazy("editing:queue"), name="queue", icon_name="tasks", order=1)


@hooks.register("register_admin_search_area")
def search_in_articles() -> SearchArea:
    """What is typed beside the menu is looked for in the first area: in texts, and not in pictures."""
    address = reverse_lazy("wagtailsnippets_publishing_article:list")
    return SearchArea(_("Articles"), address, name="articles", icon_name="doc-full-inverse", order=1)


@hooks.register("insert_global_admin_js")
def names_of_controls() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', staticfiles_storage.url("js/desk-names.js"))


@hooks.register("insert_global_admin_js")
def what_keys_alone_need() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', staticfiles_storage.url("js/desk-keys.js"))


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
    href = reverse_lazy("desk-figure-list")
    return MenuItem(_("Figures to look at"), href, name="figures", icon_name="order", order=150)


@hooks.register("register_admin_menu_item")
def import_from_word() -> MenuItem:
    href = reverse_lazy("desk-article-import")
    return MenuItem(_("Import from Word"), href, name="import", icon_name="upload", order=160)


@hooks.register("insert_global_admin_css")
def style_of_figures() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', staticfiles_storage.url("css/publishing-figures.css"))


@hooks.register("insert_editor_js")
def language_of_tables() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', staticfiles_storage.url("js/table-language.js"))


@hooks.register("insert_editor_js")
def yes_to_saving_over_a_newer_version() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', staticfiles_storage.url("js/desk-saving.js"))


@hooks.register("insert_editor_js")
def what_a_figure_will_say() -> SafeString:
    """Beneath each figure block, what it will say, as soon as it is chosen."""
    return format_html(
        '<script type="module" src="{}" data-address="{}"></script>', staticfiles_storage.url("js/figure-blocks.js"),
        reverse_lazy("desk-figure-preview"),
    )  # fmt: skip


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def found_as_it_is_now(_request: HttpRequest, row: Model) -> None:
    """Search says at once what a saved row says."""
    reindex_row(row)


@hooks.register("register_admin_menu_item")
def links_that_fail() -> MenuItem:
    return MenuItem(_("Links"), reverse_lazy("desk-link-list"), name="links", icon_name="link-external", order=210)


class MenuItemWithRight(MenuItem):
    """Shown to those alone who may open its page."""

    def __init__(self, label: str, url: str, permission: Permission, **kwargs: object) -> None:
        super().__init__(label, url, **kwargs)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return may(request.user, self.permission)


@hooks.register("register_admin_menu_item")
def letters_to_subscribers() -> MenuItem:
    address, right = reverse_lazy("editing:mailing-list"), Permission.PUBLICATION_SEND
    return MenuItemWithRight(_("Letters"), address, right, name="letters", icon_name="mail", order=170)


@hooks.register("register_admin_menu_item")
def subscribers_to_letters() -> MenuItem:
    address, right = reverse_lazy("editing:subscriber-list"), Permission.SUBSCRIBER_EDIT
    return MenuItemWithRight(_("Subscribers"), address, right, name="subscribers", icon_name="group", order=180)
