"""Whether a passage answers a question, judged from the word pieces of both."""
