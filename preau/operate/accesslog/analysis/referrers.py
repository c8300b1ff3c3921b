"""Where people come from: nowhere, a search engine, another site, or the site itself.

Search engines are known by their names; most no longer say what was searched for.
"""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs, urlsplit

DIRECT, SEARCH, SITE, INTERNAL, SOCIAL = "direct", "search", "site", "internal", "social"
# A search engine: what its hosts look like, and the parameters that have the words.
_ENGINES = {
    "Google": (r"((www|images|news|scholar)\.)?google\.[a-z.]{2,6}", ("q", "as_q")),
    "Bing": (r"(.+\.)?bing\.com", ("q",)),
    "DuckDuckGo": (r"(.+\.)?duckduckgo\.com", ("q",)),
    "Yahoo": (r"(.+\.)?search\.yahoo\.(com|co\.jp)", ("p", "q")),
    "Qwant": (r"(.+\.)?qwant\.com", ("q",)),
    "Ecosia": (r"(.+\.)?ecosia\.org", ("q",)),
    "Startpage": (r"(.+\.)?startpage\.com", ("query",)),
    "Brave": (r"search\.brave\.com", ("q",)),
    "Yandex": (r"(.+\.)?(yandex\.[a-z.]{2,6}|ya\.ru)", ("text",)),
    "Baidu": (r"(.+\.)?baidu\.com", ("wd", "word", "kw")),
    "Lilo": (r"search\.lilo\.org", ("q",)),
    "Mojeek": (r"(.+\.)?mojeek\.com", ("q",)),
    "Swisscows": (r"(.+\.)?swisscows\.com", ("query",)),
    "Orange": (r"(.+\.)?lemoteur\.orange\.fr", ("kw",)),
    "AOL": (r"search\.aol\.[a-z.]{2,6}", ("q", "query")),
    "Ask": (r"(.+\.)?ask\.com", ("q",)),
    "Naver": (r"search\.naver\.com", ("query",)),
    "Seznam": (r"search\.seznam\.cz", ("q",)),
    "Sogou": (r"(.+\.)?sogou\.com", ("query",)),
    "Perplexity": (r"(.+\.)?perplexity\.ai", ("q",)),
    "Kagi": (r"(.+\.)?kagi\.com", ("q",)),
}
_MOST = 2000  # characters of a referrer that are looked at


@dataclass(frozen=True)
class Referrer:
    """``name`` is the engine's or the site's; ``page`` the address without its parameters."""

    origin: str
    name: str = ""
    page: str = ""
    phrase: str = ""


def referrer_of(text: str | None, own_hosts: frozenset[str]) -> Referrer:
    """What a referrer says."""
    if not text:
        return Referrer(DIRECT)
    try:
        parts = urlsplit(text[:_MOST])
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return Referrer(SITE, text[:80], text[:200])
    if not host:
        return Referrer(SITE, parts.scheme or text[:80], text[:200])
    page = f"{parts.scheme}://{parts.netloc}{parts.path}"
    if host in own_hosts:
        return Referrer(INTERNAL, host, page)
    for name, (pattern, parameters) in _patterns().items():
        if pattern.fullmatch(parts.hostname or ""):
            said = parse_qs(parts.query, max_num_fields=100) if _is_short(parts.query) else {}
            phrase = next((said[it][0] for it in parameters if said.get(it)), "")
            return Referrer(SEARCH, name, page, " ".join(phrase.lower().split())[:200])
    return Referrer(SITE, host, page)


def _is_short(query: str) -> bool:
    return query.count("&") < 100


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], tuple[str, ...]]]:
    return {
        name: (re.compile(pattern), parameters) for name, (pattern, parameters) in _ENGINES.items()
    }


def host_of(text: str) -> str:
    """The host of an address, without www.; nothing if it has none."""
    try:
        return (urlsplit(text[:_MOST]).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
