import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from streams.errors import StartError
from streams.listen import open_socket
from streams.serving import served


async def test_the_web_answers_on_the_socket_that_was_opened_and_ends_with_its_context() -> None:
    web = Starlette(routes=[Route("/", lambda request: PlainTextResponse("here"))])
    with open_socket("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        async with (
            served(uvicorn.Config(web, log_config=None), listening),
            httpx.AsyncClient(trust_env=False) as client,
        ):
            assert (await client.get(address)).text == "here"
        async with httpx.AsyncClient(trust_env=False) as client:
            with pytest.raises(httpx.TransportError):
                await client.get(address)


async def test_a_web_that_does_not_start_is_an_error_and_not_a_silence() -> None:
    async def broken(scope: object, receive: object, send: object) -> None:
        raise LookupError("no store")

    with open_socket("127.0.0.1", 0) as listening, pytest.raises(StartError):
        async with served(uvicorn.Config(broken, log_config=None, lifespan="on"), listening):
            raise AssertionError("it must not get here")
