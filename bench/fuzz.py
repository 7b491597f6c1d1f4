"""Throws what each OpenAPI document allows, and what it doesn't, at a served Carnet: `python -m bench.fuzz [--seconds N]`.

Schemathesis makes the cases. Nothing may end in a 5xx, or be answered with a status, a media type or a body that the
document doesn't declare; and after it all the notebook must be sound.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

_CARNET = (sys.executable, "-c", "from carnet.cli import main; main()")
_FUZZ = Path(sys.executable).absolute().parents[1] / ".fuzz" / "bin" / "schemathesis"
_CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
_DOCUMENTS = ("api/openapi.json", "monica/api/openapi.json", "v1/openapi.json")
_PATIENCE = 20.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=120, help="for each of the three documents")
    parser.add_argument("--port", type=int, default=8765)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="carnet-fuzz-") as folder:
        place = ("--data", folder)
        _run("demo", "--contacts", "30", "--tasks", "40", *place)
        made = json.loads(_run("token", "create", "--name", "fuzz", "--json", *place))
        server = subprocess.Popen([*_CARNET, "serve", "--port", str(options.port), *place])
        try:
            address = f"http://127.0.0.1:{options.port}"
            _wait(f"{address}/health/ready")
            failed = [each for each in _DOCUMENTS if _thrown(f"{address}/{each}", made, options.seconds, folder)]
        finally:
            server.terminate()
            server.wait(_PATIENCE)
        told = _run("check", *place)
    print(told.strip())
    return 1 if failed or "sound" not in told else 0


def _thrown(document: str, made: dict[str, str], seconds: int, folder: str) -> int:
    """The exit code of throwing at one document; 0 where nothing was found."""
    headers = {
        "Authorization": f"Bearer {made['token']}",
        "x-ysuite-access-key": made["accessKey"],
        "x-ysuite-secret-key": made["secretKey"],
    }
    sent = [option for name, value in headers.items() for option in ("-H", f"{name}: {value}")]
    how = ("--phases", "coverage,fuzzing", "-c", _CHECKS, "--continue-on-failure", "--warnings", "off")
    command = [str(_FUZZ), "run", document, *sent, *how, "--max-time", str(seconds)]
    return subprocess.run(command, check=False, cwd=folder).returncode


def _wait(address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.05)
    sys.exit("carnet didn't become ready")


def _run(*arguments: str) -> str:
    done = subprocess.run([*_CARNET, *arguments], capture_output=True, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
