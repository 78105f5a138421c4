"""Settings of the tests: another home, a fast password hash, and the switch that lets test flushes past the guards."""

import os
import tempfile

os.environ.setdefault("ZHAOYIN_HOME", tempfile.mkdtemp(prefix="zhaoyin-test-"))
os.environ.setdefault("ZHAOYIN_SECRET_KEY", "only-for-tests")

from zhaoyin.config.settings import *  # noqa: F403 - the settings under test, with the few changes below
from zhaoyin.config.settings import STORAGES

GUARDS_MAY_BE_SUSPENDED = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WHITENOISE_AUTOREFRESH = True
