"""What the editing desk has on its menu, and who may use what there."""

from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from portal.publishing.desk.directories import DirectoryGroup
from portal.publishing.desk.knowledge import KnowledgeGroup
from portal.publishing.desk.newsletter import NewsletterGroup
from portal.publishing.desk.policies import PolicyGroup
from portal.publishing.permissions import ByAppointment

for model in (get_image_model(), get_document_model()):
    register_permission_policy(model, ByAppointment(model))
for group in (NewsletterGroup, PolicyGroup, KnowledgeGroup, DirectoryGroup):
    register_snippet(group)


@hooks.register("construct_main_menu")
def without_what_is_not_used(request, items) -> None:
    """Pages, reports, help and settings of the desk's own: none of them is used here."""
    items[:] = [item for item in items if item.name not in ("explorer", "reports", "help", "settings")]
