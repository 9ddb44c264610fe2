"""The way to say whether a page helped: an address that only a page which was really shown can carry."""

from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from minga.kernel.errors import NotFound
from minga.ui.addresses import address_of

_signer = Signer(salt="minga.opinion")


def opinion_url(path: str) -> str:
    """Where to give an opinion about the page at `path`, which is signed into the address."""
    return f"{address_of('site:opinion')}?{urlencode({'pagina': _signer.sign(path)})}"


def page_judged(signed: str) -> str:
    """The path that `opinion_url` signed; NotFound for anything that no page of ours offered."""
    try:
        return _signer.unsign(signed)
    except BadSignature:
        raise NotFound(
            _("No sabemos de qué página opina. Vuelva a ella y elija «Sí» o «No» al final.")
        ) from None
