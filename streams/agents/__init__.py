"""What moves: thin loops that fetch, call a step, send, and let the batch be acknowledged."""
