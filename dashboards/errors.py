"""Every error of the API in one form: `{"error": {"code": …, "message": …}}`."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from sinks.errors import Rejected, Unavailable

logger = logging.getLogger(__name__)


class ErrorDetail(BaseModel):
    """A word for programs, a sentence for people."""

    code: str
    message: str


class ErrorBody(BaseModel):
    """What every answer that is not 2xx holds."""

    error: ErrorDetail


def refusal(status: int, code: str, message: str) -> JSONResponse:
    """An error as the API words it."""
    return JSONResponse({"error": {"code": code, "message": message}}, status)


async def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    answer = refusal(error.status_code, phrase.lower().replace(" ", "_"), str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part != "query")
    return refusal(422, "invalid", f"{place}: {first['msg']}")


async def _unavailable(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Unavailable)
    answer = refusal(503, "unavailable", error.reason)
    answer.headers["Retry-After"] = str(max(1, round(error.retry_after or 1)))
    return answer


async def _rejected(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Rejected)
    return refusal(500, "rejected_by_store", error.reason)


async def _bug(_: Request, error: Exception) -> JSONResponse:
    return refusal(500, "internal", f"{type(error).__name__}; the log of the server says more")


def install(app: FastAPI) -> None:
    """Word every error of `app` so."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Unavailable, _unavailable)
    app.add_exception_handler(Rejected, _rejected)
    app.add_exception_handler(Exception, _bug)
