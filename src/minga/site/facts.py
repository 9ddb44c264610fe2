"""What happens on the site's own screens."""

from dataclasses import dataclass

from minga.kernel.facts import Fact
from minga.kernel.text import N_


@dataclass(frozen=True, kw_only=True)
class OpinionErased(Fact, name="site.opinion.erased"):
    """A steward removed the text of an opinion about a page (the subject), because it named somebody or did harm."""

    title = N_("Se borró el texto de una opinión")
