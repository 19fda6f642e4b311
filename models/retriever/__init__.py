"""Trains the encoder on questions and the passages that answer them."""
