"""Looking up an API token by the hash of what was shown once."""

from datetime import datetime

from django.db.models import Q

from zhaoyin.apps.accounts.models import ApiToken, Person


def person_of_token(*, token_hash: str, at: datetime) -> tuple[Person, str, frozenset[str]] | None:
    """The person, the slug of the token's zone and its scopes; None when unknown, revoked, expired or inactive."""
    token = (
        ApiToken.objects.select_related("person", "zone")
        .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at), token_hash=token_hash, revoked_at__isnull=True)
        .first()
    )
    if token is None or not token.person.is_active:
        return None
    if token.last_used_at is None or (at - token.last_used_at).total_seconds() > 60:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    return token.person, token.zone.slug, frozenset(token.scopes)
