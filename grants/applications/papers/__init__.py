"""Papers of this room: the dossier of what was sent, the protocol of admission of a call."""

from .admission import ADMISSION, admission_texts
from .dossier import DOSSIER, dossier_texts

__all__ = ["ADMISSION", "DOSSIER", "admission_texts", "dossier_texts"]
