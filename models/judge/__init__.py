"""Whether a passage answers a question, judged by layers of the encoder that read both together."""
