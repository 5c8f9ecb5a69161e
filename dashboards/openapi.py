"""The API's description at `/openapi.json`, with the routes that the gateway brings and the errors all share."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute, Route


def describe(app: FastAPI, extra: Sequence[BaseRoute], *, keyed: bool) -> dict[str, Any]:
    """All of it. A plain route is described by the docstring of its endpoint."""
    schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    for route in extra:
        if isinstance(route, Route):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                schema["paths"].setdefault(route.path, {})[method.lower()] = _operation(route)
    schema["components"] = schema.get("components", {})
    if keyed:
        schema["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        schema["security"] = [{"key": []}]
    return schema


def _operation(route: Route) -> dict[str, Any]:
    summary, _, rest = (inspect.getdoc(route.endpoint) or route.name).partition("\n")
    return {
        "summary": summary,
        "description": rest.strip(),
        "tags": ["gateway"],
        "responses": {"200": {"description": "see the description"}},
    }
