"""The trained tagger of names: corpora, training, export and use."""
