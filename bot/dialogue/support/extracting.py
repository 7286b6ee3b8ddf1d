"""The extraction of one fair, made once for each of its snapshots."""

from bot.dialogue.fair import Fair
from bot.support.extraction import Extraction


class Extractions:
    """Keeps the extraction of the newest snapshot."""

    def __init__(self) -> None:
        self._fair: Fair | None = None
        self._extraction = Extraction(())

    def of(self, fair: Fair) -> Extraction:
        """Give the extraction that knows the areas of this fair."""
        if self._fair is not fair:
            self._extraction = Extraction(fair.knowledge.areas.values())
            self._fair = fair
        return self._extraction
