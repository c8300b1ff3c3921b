"""What a page, a visit, a visitor and a robot are; AWStats' definitions unless one says otherwise.

Source: AWStats 7.8 documentation, “Glossary” and the directives NotPageList, ValidHTTPCodes,
DefaultFile and URLQuerySeparators of its configuration. docs/reference/accesslog.md tells where
Préau counts otherwise, and why.
"""

import hashlib
from dataclasses import asdict, dataclass
from enum import IntEnum

VERSION = 1  # of how is counted: what another version counted is counted anew


class Class(IntEnum):
    """What a hit is: just one of these."""

    VIEWED = 0
    AUTOMATIC = 1  # a browser asks for favicon.ico by itself
    WORM = 2  # looks for a hole of another program, and does not find it
    ERROR = 3  # neither 200 nor 304
    ROBOT = 4  # says so, says nothing, or reads robots.txt
    HIDDEN_ROBOT = 5  # behaves like one
    PART = 6  # 206: its bytes were sent to somebody, but it is no hit of its own


IMAGES = (
    "gif", "png", "bmp", "jpg", "jpeg", "ico", "svg", "svgz", "webp", "avif", "heic", "tif", "tiff",
)  # fmt: skip
DOWNLOADS = (
    "txt", "log", "ai", "doc", "docx", "rtf", "pdf", "xls", "xlsx", "ppt", "pptx", "pps", "odf",
    "odg", "odp", "ods", "odt", "csv", "epub", "mobi", "gpx", "kml", "deb", "msi", "pkg", "apk",
    "rpm", "7z", "ace", "bz2", "cab", "gz", "jar", "lzma", "rar", "tar", "tgz", "xz", "z", "zip",
    "zst", "aac", "flac", "mp3", "oga", "ogg", "opus", "wav", "wma", "m4a", "m3u", "asf", "avi",
    "divx", "mp4", "m4v", "mpeg", "mpg", "mkv", "ogv", "ogx", "flv", "wmv", "mov", "webm", "bin",
    "dmg", "iso", "img", "qcow2", "ova", "vmdk",
)  # fmt: skip
NOT_PAGES = (
    "css", "js", "mjs", "map", "wasm", "class", "rss", "xml", "swf", "eot", "woff", "woff2", "ttf",
    "otf",
)  # fmt: skip
WORMS = (
    r"/wp-(login|admin|content|includes)", r"/xmlrpc\.php", r"/\.(env|git|svn|aws|ssh|vscode)\b",
    r"/phpmyadmin", r"/pma/", r"/cgi-bin/(luci|\.%2e)", r"eval-stdin\.php", r"/boaform/", r"/hnap1",
    r"/solr/admin", r"/actuator/", r"/owa/auth", r"/default\.ida", r"root\.exe", r"cmd\.exe",
    r"/_vti_bin/", r"/manager/html", r"/jenkins/", r"/shell\?", r"/setup\.cgi", r"/vendor/phpunit",
)  # fmt: skip


@dataclass(frozen=True)
class Definitions:
    """What may be said otherwise on the command line."""

    visit_gap: int = 3600  # seconds without a page, after which a visit is another one
    visitor: str = "host"  # or "host+agent"
    split_days: bool = False  # a visit ends at midnight
    behaviour: bool = True  # robots that do not say so are looked for
    not_pages: tuple[str, ...] = ()  # endings, in addition to those above
    own_hosts: tuple[str, ...] = ()  # names of the site itself; else found in the log

    @property
    def mark(self) -> str:
        """What differs if anything is counted otherwise."""
        text = f"{VERSION} {sorted(asdict(self).items())}"
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
