"""Errors that carry what the user must be told; the words are chosen in one place, `apps.ui.messages`."""

from collections.abc import Mapping


class DomainError(Exception):
    """A rule of the field was broken.

    `code` names the rule (kebab-case, stable, documented in docs/reference/errors.md); `params` are the values the
    message needs: the row, the field, the value as given. Nothing has been changed when this is raised.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, object] = params

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in self.params.items())
        return f"{self.code}({shown})"


class InvalidValue(DomainError):
    """A value given by a user cannot be what its field needs: `params` has `field` and `value`."""


class StaleWrite(DomainError):
    """Somebody changed the subject since the writer read it (HTTP 409)."""


class NotAllowed(DomainError):
    """The person may see the subject but not do this (HTTP 403)."""


class NotVisible(DomainError):
    """The subject does not exist for this person (HTTP 404)."""
