"""The pages, as `npm run build` in `web/` left them in `static/`: a user needs no Node to see them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

STATIC: Final = Path(__file__).parent / "static"


class Assets(StaticFiles):
    """Files whose names change with their content: a browser never needs to ask for one again."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file, to be kept for a year."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _page(name: str) -> Route:
    async def endpoint(_: object) -> Response:
        return FileResponse(STATIC / name, headers={"Cache-Control": "no-cache"})

    path = "/" if name == "index.html" else f"/{name.removesuffix('.html')}"
    return Route(path, endpoint, include_in_schema=False, name=name)


def routes() -> list[BaseRoute]:
    """The desk at `/`, the API's manual at `/docs`, and what both are made of."""
    icon = Route("/favicon.svg", _icon, include_in_schema=False)
    return [_page("index.html"), _page("docs.html"), icon, Mount("/assets", Assets(directory=STATIC / "assets"))]


async def _icon(_: object) -> Response:
    return FileResponse(STATIC / "favicon.svg", headers={"Cache-Control": "public, max-age=86400"})
