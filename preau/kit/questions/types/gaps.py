"""Words for the gaps of a text: select missing words, drag words into text."""

import re
from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import ClassVar

from preau.kit.questions.types.body import Answer, Body, Marked, one

GAP = re.compile(r"\[\[([1-9][0-9]{0,2})\]\]")  # in the stem: the number of the right word


@dataclass(frozen=True)
class Word:
    """A word (plain text) for the gaps of its group; ``unlimited``: for several of them."""

    text: str
    group: int = 1
    unlimited: bool = False


@dataclass(frozen=True)
class Gaps(Body):
    """Each gap ``[[n]]`` of ``text`` (HTML) takes a word of the group of word n, counted from 1.

    With ``drag`` the words lie beside the text, each to be used once unless it is unlimited;
    without, each gap has a list. The answer's field ``gap-1`` has the number of the word that was
    put into the first gap of the text.
    """

    TYPE: ClassVar[str] = "gaps"

    text: str
    words: tuple[Word, ...]
    drag: bool = False
    shuffle: bool = True

    @property
    def gaps(self) -> list[int]:
        """The number of the right word of each gap, in the order of the text."""
        return [int(number) for number in GAP.findall(self.text)]

    def problems(self) -> list[str]:
        """Every gap has a right word, and something to confuse it with."""
        gaps, count = self.gaps, len(self.words)
        found = [] if gaps else ["The text has no gap; write one as [[1]]."]
        found += [
            f"The gap [[{number}]] has no word: there are {count}."
            for number in sorted({it for it in gaps if it > count})
        ]
        if any(not word.text.strip() for word in self.words):
            found.append("A word is empty.")
        used = Counter(number for number in gaps if number <= count)
        for number in sorted(number for number, times in used.items() if times > 1):
            if self.drag and not self.words[number - 1].unlimited:
                found.append(f"The word {number} belongs in several gaps, but may be used once.")
        return found

    def choices(self, gap: int) -> list[int]:
        """The numbers of the words that may go into the gap, counted from 1 in the text."""
        return self.choices_of_gaps()[gap - 1]

    def choices_of_gaps(self) -> list[list[int]]:
        """The numbers of the words that may go into each gap; for gaps of one group, one list."""
        groups = self._groups()
        return [groups[group] if group is not None else [] for group in self._groups_of_gaps()]

    def fields(self) -> dict[str, frozenset[str] | None]:
        """A field for each gap."""
        allowed = {group: frozenset(map(str, of)) for group, of in self._groups().items()}
        return {
            f"gap-{gap}": allowed[group] if group is not None else frozenset()
            for gap, group in enumerate(self._groups_of_gaps(), 1)
        }

    def _groups(self) -> dict[int, list[int]]:
        """The numbers of the words of each group."""
        groups: dict[int, list[int]] = {}
        for number, word in enumerate(self.words, 1):
            groups.setdefault(word.group, []).append(number)
        return groups

    def _groups_of_gaps(self) -> list[int | None]:
        """The group of each gap; None where it has no word."""
        count = len(self.words)
        return [self.words[it - 1].group if it <= count else None for it in self.gaps]

    def mark(self, answer: Answer) -> Marked:
        """The part of the gaps that have a right word: words that read the same are the same."""
        gaps = self.gaps
        right = {
            f"gap-{gap}": float(word == self.words[gaps[gap - 1] - 1].text)
            for gap, word in self._filled(answer).items()
        }
        return Marked(sum(right.values()) / max(1, len(gaps)), right)

    def solution(self) -> Answer:
        """Each word where it belongs."""
        count = len(self.words)
        return {f"gap-{gap}": [str(it)] for gap, it in enumerate(self.gaps, 1) if it <= count}

    def summary(self, answer: Answer) -> str:
        """The number of each gap that was filled, and the word."""
        return "; ".join(
            f"{gap}: {' '.join(word.split())}" for gap, word in self._filled(answer).items()
        )

    def guess(self) -> float | None:
        """For each gap any word of its group; the mean over the gaps."""
        groups = self._groups()
        alike = Counter((word.group, word.text) for word in self.words)
        chances = [
            alike[group, self.words[wanted - 1].text] / len(groups[group])
            if group is not None
            else 0.0
            for wanted, group in zip(self.gaps, self._groups_of_gaps(), strict=True)
        ]
        return fmean(chances) if chances else None

    def _filled(self, answer: Answer) -> dict[int, str]:
        """The word in each gap that has one."""
        filled = {}
        for gap, allowed in enumerate(self.fields().values(), 1):
            chosen = one(answer, f"gap-{gap}")
            if chosen in (allowed or ()):
                filled[gap] = self.words[int(chosen) - 1].text
        return filled
