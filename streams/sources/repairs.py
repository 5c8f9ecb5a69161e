"""The repairs that sources make, by the name under which they are counted and shown."""

from __future__ import annotations

from typing import Final

AUTHOR_UNREADABLE: Final = "author_unreadable"
COUNT_ROUNDED: Final = "count_rounded"
COUNT_MISSING: Final = "count_missing"
COUNT_UNREADABLE: Final = "count_unreadable"
HTML_REMOVED: Final = "html_removed"
ID_FROM_CONTENT: Final = "id_from_content"
LINK_REMOVED: Final = "link_removed"
TEXT_CUT: Final = "text_cut"
TIME_8H: Final = "time_8h"
TIME_FROM_CRAWL: Final = "time_from_crawl"
TIME_LOCAL: Final = "time_local"
TOKEN_REMOVED: Final = "token_removed"

REPAIRS: Final[dict[str, str]] = {
    AUTHOR_UNREADABLE: "the author's hash was not one: the mention is kept without an author",
    COUNT_ROUNDED: "a count such as 1.2万 or 10万+ was written out",
    COUNT_MISSING: 'a count was the word "None": taken as not told',
    COUNT_UNREADABLE: "a count was no number: taken as not told",
    HTML_REMOVED: "HTML tags or entities were turned into text",
    ID_FROM_CONTENT: "no id was given: made from author, time and text",
    LINK_REMOVED: "a link that is not http(s) was left out",
    TEXT_CUT: "a text or name longer than its limit was cut",
    TIME_8H: "a Weibo time was 8 hours off: corrected by its date",
    TIME_FROM_CRAWL: "no time was given: the time of collection was taken",
    TIME_LOCAL: "a time without a zone was read as Beijing time",
    TOKEN_REMOVED: "an access token was cut from a link",
}
