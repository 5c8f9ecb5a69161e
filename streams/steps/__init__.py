"""What each stage of the river decides: pure functions on records, `now` handed in."""
