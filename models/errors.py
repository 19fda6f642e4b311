"""The base of the errors that a user sees."""


class SpanaError(Exception):
    """`str(error)` is ready to show: one or two Swedish sentences that name the fact and the next step."""
