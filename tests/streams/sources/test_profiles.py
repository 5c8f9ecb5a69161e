from __future__ import annotations

import pytest

from streams.sources import Malformed
from streams.sources.profiles import claims, read
from tests.streams.sources import sample_rows as samples


def test_the_reason_says_which_files_to_take() -> None:
    with pytest.raises(Malformed, match="a creator's profile, not a mention: take the contents, comments or dynamics"):
        read(samples.rows("profile_creator_v1")[0])
    with pytest.raises(Malformed, match="who follows whom"):
        read(samples.rows("profile_contact_v1")[0])


def test_other_rows_are_not_persons() -> None:
    assert not claims({"name": "x"})
