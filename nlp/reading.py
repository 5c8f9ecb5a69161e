"""The analyzer that reads mentions: normalise, remember, cut, run, decide, quote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from msgspec.structs import replace

from nlp.cache import Cache
from nlp.decode import Decoded, decode
from nlp.evidence import verbatim
from nlp.insight import Insight, Sentiment
from nlp.models.calibration import Calibration
from nlp.review import Review
from nlp.runner import Runner
from nlp.scores import Scores
from nlp.text import normal_form
from nlp.tokens import Tokens
from nlp.windows import merge

#: How many normal forms are remembered.
REMEMBERED = 20_000


class ReadingAnalyzer:
    """Reads with one encoder and four heads. Thread-safe; the same text gets the same answer whatever is around it."""

    def __init__(
        self,
        model: str,
        precision: str,
        tokens: Tokens,
        runner: Runner,
        calibration: Calibration,
        review: Review | None = None,
        remembered: int = REMEMBERED,
    ) -> None:
        self.model, self.precision = model, precision
        self._tokens, self._runner, self._calibration, self._review = tokens, runner, calibration, review
        self._cache = Cache(remembered)
        self._nothing = Decoded(
            Insight(Sentiment("neutral", {"negative": 0.0, "neutral": 1.0, "positive": 0.0}), model=model), None
        )

    def analyze(self, texts: Sequence[str]) -> list[Insight]:
        """One Insight a text, in order. Texts of one normal form are read once; nothing but space says nothing."""
        forms = [normal_form(text) for text in texts]
        known = {form: found for form in set(forms) if (found := self._recall(form)) is not None}
        fresh = [form for form in dict.fromkeys(forms) if form not in known]
        known |= zip(fresh, self._read(fresh), strict=True)
        return [_quoted(text, known[form]) for text, form in zip(texts, forms, strict=True)]

    def scores(self, forms: Sequence[str]) -> list[Scores]:
        """The bare probabilities for normal forms: what calibration and evaluation look at."""
        windows = self._tokens.windows(forms)
        read = iter(self._runner.read([window for each in windows for window in each]))
        scores = [merge(list(islice(read, len(each)))) for each in windows]
        return scores if self._review is None else self._review(forms, scores)

    def _recall(self, form: str) -> Decoded | None:
        return self._cache.get(form) if form else self._nothing

    def _read(self, forms: Sequence[str]) -> Iterable[Decoded]:
        if not forms:
            return []
        found = [decode(scores, self._calibration, self.model) for scores in self.scores(forms)]
        for form, decoded in zip(forms, found, strict=True):
            self._cache.put(form, decoded)
        return found


def _quoted(text: str, decoded: Decoded) -> Insight:
    if decoded.evidence is None:
        return decoded.insight
    return replace(decoded.insight, evidence=verbatim(text, decoded.evidence))
