"""Components of forms: fields with their help and errors, and buttons."""

from zlib import crc32

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, Form, RadioSelect

register = template.Library()


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", help: str = "", **attrs: str) -> dict[str, object]:
    """A form's field with label, help and errors tied to the control. Further keywords become attributes of the
    control (`inputmode="decimal"`; underscores are written as hyphens)."""
    widget = bound.field.widget
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    is_check = isinstance(widget, CheckboxInput)
    extra = {name.replace("_", "-"): value for name, value in attrs.items()}
    if help and not bound.help_text:
        bound.help_text = help
    if not is_group and not is_check and not isinstance(widget, FileInput):
        extra["class"] = f"{widget.attrs.get('class', '')} in".strip()
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=extra),
        "label": label or bound.label,
        "is_group": is_group,
        "is_check": is_check,
        "is_file": isinstance(widget, FileInput),
        "help": bound.help_text,
        "must": bound.field.required and not is_check,
    }


@register.inclusion_tag("components/fields.html")
def fields(form: Form) -> dict[str, object]:
    """All fields of a form, hidden ones included."""
    return {"form": form}


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: Form) -> dict[str, object]:
    """What keeps a form from being accepted, above it, each line leading to its field."""
    return {"form": form, "errors": [bound for bound in form if bound.errors]}


@register.inclusion_tag("components/button.html")
def button(
    label: str, kind: str = "", name: str = "", value: str = "", why: str = "", described_by: str = ""
) -> dict[str, object]:
    """A submit button. `kind` is "" (one to a screen), "line" or "cin"; with `why` (or `described_by`, an id) it is
    closed, stays reachable and says why."""
    reason = described_by or f"why-{crc32((label + why).encode())}"
    is_closed = bool(why or described_by)
    return {
        "label": label,
        "kind": kind,
        "name": name,
        "value": value,
        "why": why,
        "reason": reason,
        "is_closed": is_closed,
    }


@register.inclusion_tag("components/link_button.html")
def link_button(label: str, href: str, kind: str = "") -> dict[str, object]:
    return {"label": label, "href": href, "kind": kind}


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(
    context: template.Context, label: str, action: str, kind: str = "line", name: str = "", value: str = ""
) -> dict[str, object]:
    """An act of one press: a form of its own, posted with the token. Only for pages of signed-in people."""
    return {
        "label": label,
        "action": action,
        "kind": kind,
        "name": name,
        "value": value,
        "csrf_token": context.get("csrf_token"),
    }
