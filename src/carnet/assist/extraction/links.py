"""Web addresses: which one is the site of a person or a company, and which are networks, schedulers or trackers."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from tldextract import TLDExtract

_URL = re.compile(r"https?://[^\s<>\"'|\\^`{}\[\]]{3,1000}", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![@\w.\-/+:])((?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,5}[^\W\d_]{2,24})(?::\d{2,5})?(?![\w@-])(/[^\s<>|\"]{0,300})?"
)
_PROFILE = re.compile(r"linkedin\.com/(?:mwlite/)?(?:in|pub)/([^/?#\s\"'<>,;|)]{2,120})", re.IGNORECASE)
_SHORT_PROFILE = re.compile(r"(?<![\w/.])/?in/([\w%-]{3,100})/?(?![\w.])")
_END = ".,;:!?)]}>»\"'*"
_RESERVED: Final = frozenset({"example", "test", "invalid", "localhost"})
_FILES: Final = frozenset(
    "zip mov md py rs sh pl ps doc docx pdf png jpg jpeg gif htm html php asp aspx js css csv txt xls xlsx vcf "
    "ics".split()
)
_SOCIAL: Final = frozenset(
    "linkedin lnkd facebook fb twitter x instagram youtube youtu tiktok github gitlab xing viadeo threads mastodon "
    "bsky pinterest vimeo behance dribbble whatsapp wa t telegram skype line wechat orcid researchgate snapchat tumblr "
    "flickr reddit discord twitch medium soundcloud spotify kununu glassdoor yelp tripadvisor trustpilot malt "
    "stackoverflow slack".split()
)
_SERVICES: Final = frozenset(
    "calendly cal doodle hubspot doctolib zoom meet koalendar youcanbook acuityscheduling savvycal tidycal zcal "
    "chilipiper google goo gle microsoft office outlook live apple dropbox wetransfer sharepoint onedrive docusign bit "
    "bitly tinyurl ow buff linktr linktree mailchi list-manage mailchimp sendgrid hubspotlinks mandrillapp sendinblue "
    "brevo mailjet mimecast proofpoint urldefense awstrack gravatar cloudfront amazonaws wisestamp exclaimer codetwo "
    "mailsig letsignit signitic newoldstamp hubspotemail eventbrite surveymonkey typeform openstreetmap waze "
    "what3words paypal stripe airtable notion teams whereby webex gotomeeting trustedshops legifrance vcita setmore "
    "simplybook bookings w3 schema adobe".split()
)
_TRACKING_HOST = re.compile(
    r"^(?:track(?:ing|er)?|trk|click|clicks|links?|email|e|t|go|r|url\d*|mailtrack|open|pixel|img|images|cdn|static|"
    r"unsubscribe|ct)\.",
    re.IGNORECASE,
)
_SIDE_PATH = re.compile(
    r"unsubscribe|desinscri|désinscri|abmelde|privacy|confidential|datenschutz|mentions-legales|legal|impressum|rgpd|"
    r"gdpr|cookies|disclaimer|/30min|/15min|rendez-vous|booking|\.(?:png|jpe?g|gif|svg|pdf|vcf|ics)$",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"[?&](?:url|u|target|redirect|redirect_url|dest|destination|q|to|link)=(https?(?::|%3A)[^&\s]{3,1000})",
    re.IGNORECASE,
)
_GENERIC_SUFFIXES: Final = frozenset("io co ai me tv cc ly gg fm to sh st so vc la ws nu in".split())

_REGIONAL_SUFFIXES: Final = {
    **dict.fromkeys(("gov", "edu", "mil"), "US"),
    **dict.fromkeys(("wales", "scot", "london"), "GB"),
    **dict.fromkeys(("paris", "bzh"), "FR"),
    **dict.fromkeys(("berlin", "hamburg", "bayern", "koeln"), "DE"),
    **dict.fromkeys(("tirol", "wien"), "AT"),
    "quebec": "CA",
    "swiss": "CH",
    "cat": "ES",
    "brussels": "BE",
}


class Address(NamedTuple):
    """A host taken apart: what was registered, and below which suffix."""

    host: str
    registered: str
    suffix: str

    @property
    def domain(self) -> str:
        return f"{self.registered}.{self.suffix}"


@cache
def _splitter() -> TLDExtract:
    from tldextract import TLDExtract  # noqa: PLC0415  - its list takes a moment to read

    # No address and no cache: the list is the one that came with the library, and the network is never asked.
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False)


def address(host: str) -> Address | None:
    """The parts of a host name, or None where its end is no known suffix."""
    host = host.strip(".").casefold()
    labels = host.split(".")
    if len(labels) < 2 or len(host) > 253 or not all(labels):
        return None
    if labels[-1] in _RESERVED:
        return Address(host, labels[-2], labels[-1])
    if labels[-1].isascii() and not labels[-1].isalpha():
        return None
    parts = _splitter()(host)
    return Address(host, parts.domain, parts.suffix) if parts.suffix and parts.domain else None


def unwrapped(url: str) -> str:
    """The address within one that a mail filter or a tracker wrapped around it."""
    for _ in range(3):
        if match := re.match(r"https?://urldefense\.com/v3/__(.{3,1000}?)__;", url):
            url = match[1]
        elif match := re.match(r"https?://urldefense\.proofpoint\.com/v\d/url\?u=([^&\s]{3,1000})", url):
            url = unquote(match[1].replace("-", "%").replace("_", "/"))
        elif match := _INNER.search(url):
            url = unquote(match[1])
        else:
            break
    return url


def profile(text: str) -> str | None:
    """The personal LinkedIn profile that a text names, as a whole address."""
    if match := _PROFILE.search(text):
        return f"https://www.linkedin.com/in/{match[1].rstrip(_END)}"
    return None


def host_of(url: str) -> str:
    """The host of an address, without `www.`."""
    return re.split(r"[/?#:]", re.sub(r"^[a-z]+://", "", url.strip(), flags=re.IGNORECASE), maxsplit=1)[0].removeprefix(
        "www."
    )


def is_site(url: str) -> bool:
    """Whether an address may be the site of a person or a company."""
    parts = address(host_of(url).casefold())
    if parts is None or parts.registered in _SOCIAL or parts.registered in _SERVICES:
        return False
    return not _TRACKING_HOST.match(parts.host) and not _SIDE_PATH.search(re.sub(r"^(?:[a-z]+://)?[^/?#]*", "", url))


def written(url: str) -> str:
    """The address as it was written, without what only counts visits."""
    return re.split(r"[?#]", url.strip(), maxsplit=1)[0].rstrip(_END)


class Found(NamedTuple):
    """A web address in a line."""

    start: int
    end: int
    url: str
    is_bare: bool


def find(line: str) -> list[Found]:
    """The web addresses of a line, in their order. Bare ones need a known suffix and the look of a host."""
    found = [
        Found(match.start(), match.start() + len(url), url, is_bare=False)
        for match in _URL.finditer(line)
        if (url := match[0].rstrip(_END))
    ]
    taken = [(one.start, one.end) for one in found]
    for match in _BARE.finditer(line):
        if not any(start <= match.start() < end for start, end in taken) and _looks_like_host(match[1]):
            whole = match[0].rstrip(_END)
            found.append(Found(match.start(), match.start() + len(whole), whole, is_bare=True))
    for match in _SHORT_PROFILE.finditer(line):
        if not any(start <= match.start() < one_end for start, one_end, *_ in found):
            found.append(Found(match.start(), match.end(), f"linkedin.com/in/{match[1]}", is_bare=True))
    return sorted(found)


def _looks_like_host(host: str) -> bool:
    labels = host.split(".")
    if labels[0].casefold() == "www":
        return len(labels) > 2
    suffix = labels[-1]
    if suffix.casefold() in _FILES or not (suffix.islower() or host.isupper()) or len(labels[-2]) < 2:
        return False
    if any(label[:1].isupper() for label in labels[1:]) and not host.isupper():
        return False
    return not labels[-2].isdigit() and address(host) is not None


def country_of(host: str) -> str | None:
    """The country of a host's suffix as a region code, unless the suffix is used everywhere."""
    ending = host.casefold().rsplit(".", 1)[-1]
    if len(ending) != 2 or ending in _GENERIC_SUFFIXES or not ending.isascii():
        return _REGIONAL_SUFFIXES.get(ending)
    return {"uk": "GB", "eu": None}.get(ending, ending.upper())
