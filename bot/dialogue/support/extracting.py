"""The extraction of one fair, looked up once for each of its snapshots."""

from bot.dialogue.fair import Fair
from bot.support.extraction import Extraction, extraction_knowing


class Extractions:
    """Keeps the extraction of the newest snapshot."""

    def __init__(self) -> None:
        self._newest: tuple[Fair, Extraction] | None = None

    def of(self, fair: Fair) -> Extraction:
        """Give the extraction that knows the areas of this fair."""
        if self._newest is None or self._newest[0] is not fair:
            self._newest = fair, extraction_knowing(tuple(fair.knowledge.areas.values()))
        return self._newest[1]
