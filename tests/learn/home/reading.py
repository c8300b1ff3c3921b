"""Reads what a catalogue page shows."""

from django.test import Client
from django.utils.http import urlencode

from tests.learn.theme.html import Element, read_page
from tests.people import signed_in

FILTERS = {"Subject": "subject", "Language": "language", "Dates": "when", "Pace": "pace"}


def catalogue(browser: Client | None = None, **query: object) -> Element:
    """The catalogue's page for an address's query."""
    browser = browser or signed_in(None)
    return read_page(browser.get(f"/courses/?{urlencode(query, doseq=True)}"))


def shown(page: Element) -> list[str]:
    """The keys of the courses on the page, in order."""
    cards = page.all("article", "course-card")
    return [card.one("a")["href"].split("/")[2] for card in cards]


def counted(page: Element) -> int:
    """The number in the title of the results: „3 courses“."""
    return int(page.one("h2", "results-count").text.split()[0])


def choices(page: Element) -> dict[str, list[Element]]:
    """For each filter on the page, the links of its values."""
    facets = page.all("section", "facet")
    return {FILTERS[it.one("h2").text]: it.all("a") for it in facets}


def counts(page: Element) -> dict[str, dict[str, int]]:
    """For each filter, the label of each value and its count."""
    return {
        name: {it.all("span")[0].text: int(it.one("span", "count").text) for it in links}
        for name, links in choices(page).items()
    }
