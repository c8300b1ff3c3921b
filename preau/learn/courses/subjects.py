"""The subjects a course may belong to, by which the catalogue is filtered."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SUBJECTS: dict[str, Promise] = {
    "arts": _("Arts"),
    "chemistry": _("Chemistry"),
    "computer-science": _("Computer science"),
    "earth-environment": _("Earth and environment"),
    "economics-management": _("Economics and management"),
    "education": _("Education"),
    "engineering": _("Engineering"),
    "health": _("Health"),
    "humanities": _("Humanities"),
    "languages": _("Languages"),
    "law": _("Law"),
    "life-sciences": _("Life sciences"),
    "mathematics": _("Mathematics"),
    "physics": _("Physics"),
    "social-sciences": _("Social sciences"),
    "telecommunications": _("Telecommunications"),
}
