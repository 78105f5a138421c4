"""`zhaoyin serve` with a certificate: cookies are for TLS only, browsers are told to stay on it."""

import os
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def certificate(folder: Path) -> tuple[Path, Path]:
    pair = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*command, "-out", str(pair[0]), "-keyout", str(pair[1])], check=True, capture_output=True)
    return pair


def test_a_certificate_makes_cookies_secure(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ZHAOYIN_", "DJANGO_"))}
    environment["ZHAOYIN_HOME"] = str(tmp_path / "home")
    command = [sys.executable, "-m", "zhaoyin.cli.main", "serve", "--port", str(port), "--no-background"]
    server = subprocess.Popen([*command, "--tls-cert", str(cert), "--tls-key", str(key)], env=environment)
    trusting = ssl.create_default_context(cafile=str(cert))
    try:
        for _attempt in range(120):
            try:
                answer = urllib.request.urlopen(
                    f"https://localhost:{port}/accounts/login/", context=trusting, timeout=10
                )
                break
            except OSError:
                time.sleep(0.5)
        else:
            raise AssertionError("the server did not answer")
        assert "Secure" in answer.headers["Set-Cookie"]
        assert answer.headers["Strict-Transport-Security"]
    finally:
        server.terminate()
        server.wait(20)
