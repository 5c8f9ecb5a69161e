"""The river: what flows, what is decided about it, and who carries it. The only room that knows Faust."""
