"""Who may use pictures and files of the desk: by appointment, like all else; the desk's own groups are not used."""

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy


class ByAppointment(ModelPermissionPolicy):
    """The rights that `members.access` gives, in every collection."""

    def collections_user_has_any_permission_for(self, user, actions):
        may = self.user_has_any_permission(user, actions)
        return Collection.objects.all() if may else Collection.objects.none()

    def collections_user_has_permission_for(self, user, action):
        return self.collections_user_has_any_permission_for(user, [action])


class OnlyToLookAt(ModelPermissionPolicy):
    """A firm's words are the firm's: the desk looks at them."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, "change")

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


def register() -> None:
    for model in (get_image_model(), get_document_model()):
        register_permission_policy(model, ByAppointment(model))
