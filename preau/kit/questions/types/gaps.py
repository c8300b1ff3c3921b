"""Words for the gaps of a text: select missing words, drag words into text."""

import re
from dataclasses import dataclass
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
        found = [] if self.gaps else ["The text has no gap; write one as [[1]]."]
        count = len(self.words)
        found += [
            f"The gap [[{number}]] has no word: there are {count}."
            for number in sorted({it for it in self.gaps if it > count})
        ]
        if any(not word.text.strip() for word in self.words):
            found.append("A word is empty.")
        used = [number for number in self.gaps if number <= count]
        for number in sorted({it for it in used if used.count(it) > 1}):
            if self.drag and not self.words[number - 1].unlimited:
                found.append(f"The word {number} belongs in several gaps, but may be used once.")
        return found

    def choices(self, gap: int) -> list[int]:
        """The numbers of the words that may go into the gap, counted from 1 in the text."""
        right = self.gaps[gap - 1]
        if right > len(self.words):
            return []
        group = self.words[right - 1].group
        return [number for number, it in enumerate(self.words, 1) if it.group == group]

    def fields(self) -> dict[str, frozenset[str] | None]:
        """A field for each gap."""
        return {
            f"gap-{gap}": frozenset(str(number) for number in self.choices(gap))
            for gap in range(1, len(self.gaps) + 1)
        }

    def mark(self, answer: Answer) -> Marked:
        """The part of the gaps that have a right word: words that read the same are the same."""
        right = {}
        for (field, allowed), wanted in zip(self.fields().items(), self.gaps, strict=True):
            chosen = one(answer, field)
            if chosen in (allowed or ()):
                same = self.words[int(chosen) - 1].text == self.words[wanted - 1].text
                right[field] = float(same)
        return Marked(sum(right.values()) / max(1, len(self.gaps)), right)
