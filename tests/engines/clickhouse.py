"""ClickHouse for the tests: chDB, opened once a session."""
