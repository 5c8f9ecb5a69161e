"""Stores and doors to the outside world: ClickHouse, Redis, webhooks, robots. No broker, no models."""
