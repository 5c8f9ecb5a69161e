"""Text in, meaning out. Knows strings and tensors; no broker, no store, no environment."""
