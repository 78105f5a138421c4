"""Commands that need the database: they set Django up and hand over to the management command of the same name."""

import os
import sys


def run(arguments: list[str]) -> int:
    """`arguments[0]` is the command; `manage X` is any management command X."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhaoyin.config.settings")
    if any(argument.partition("=")[0] == "--tls-cert" for argument in arguments):
        os.environ["ZHAOYIN_HTTPS"] = "true"
    from django.core.management import execute_from_command_line

    rest = arguments[1:] if arguments[0] == "manage" else arguments
    execute_from_command_line(["zhaoyin", *rest])
    return 0


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
