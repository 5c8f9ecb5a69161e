"""Tensors: the encoder, its heads, and the ways of running them."""
