"""How uvicorn serves this web."""

from __future__ import annotations

from fastapi import FastAPI

from dashboards import server


def test_the_options_that_the_hub_relies_on_are_set_and_others_can_be_given() -> None:
    chosen = server.config(FastAPI(), host="127.0.0.1", port=0, log_level="error")

    assert chosen.ws == "websockets-sansio"
    assert not chosen.ws_per_message_deflate
    assert chosen.ws_max_size == 65_536
    assert chosen.log_level == "error"
