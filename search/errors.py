"""What can go wrong for a user: each error is one or two Swedish sentences that name the fact and the next step."""

from models.errors import SpanaError as SpanaError


class NotFoundError(SpanaError):
    """No report, passage or entity of that name is in the archive."""


class UsageError(SpanaError):
    """A filter, a query or a setting that cannot be understood."""


class ModelMismatchError(SpanaError):
    """The index was built with other models than those in use."""


class ModelError(SpanaError):
    """A model that is set cannot be loaded."""


class HomeLockedError(SpanaError):
    """Another process owns the archive's folder."""


class StorageError(SpanaError):
    """The catalogue or the vectors cannot be opened, read or written."""
