"""The gateway: mentions over HTTP into the river."""

from streams.gateway.backlog import Backlog
from streams.gateway.bodies import Item, split
from streams.gateway.intake import Answer, Intake, Outcome
from streams.gateway.routes import LARGEST_BODY, PATH, routes

__all__ = ["LARGEST_BODY", "PATH", "Answer", "Backlog", "Intake", "Item", "Outcome", "routes", "split"]
