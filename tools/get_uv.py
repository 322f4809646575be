"""Put the pinned uv into .uv/bin, on a machine that has nothing but Python.

Tries `venv` and `pip` first, because they know of a mirror if the house has one; where either is missing, fetches
the wheel named in `pylock.uv.toml` itself. Both ways the file must have the SHA-256 written there.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this very check is for Pythons that pyproject.toml excludes
    found = ".".join(str(part) for part in sys.version_info[:2])
    sys.exit(f"goldenthread needs Python 3.11 or newer; python3 here is {found}. Try: make PYTHON=python3.12")

import hashlib
import io
import os
import platform
import ssl
import subprocess
import tempfile
import tomllib
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".uv"
UV = HOME / "bin" / "uv"


def main() -> None:
    """Leave alone a uv of the right version; otherwise get one, or say what was tried."""
    lock = tomllib.loads((ROOT / "tools" / "pylock.uv.toml").read_text(encoding="utf-8"))["packages"][0]
    if version() == lock["version"]:
        return
    if not (by_pip(lock) and version() == lock["version"]):
        by_hand(lock)
    if version() != lock["version"]:
        sys.exit(f"uv {lock['version']} was unpacked to {UV} but does not run on this machine.")


def version() -> str:
    """The version of the uv in place, or nothing."""
    try:
        said = subprocess.run([UV, "--version"], capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return ""
    return said[1] if len(said) > 1 else ""


def by_pip(lock: dict) -> bool:
    """Install uv into an environment of its own; False where venv, ensurepip or the index is missing."""
    hashes = [f"--hash=sha256:{wheel['hashes']['sha256']}" for wheel in lock["wheels"]]
    try:
        import venv

        venv.create(HOME, clear=True, with_pip=True)
        with tempfile.TemporaryDirectory() as folder:
            wanted = Path(folder, "uv.txt")
            wanted.write_text(" ".join([f"uv=={lock['version']}", *hashes]), encoding="utf-8")
            pip = [HOME / "bin" / "python", "-m", "pip", "install", "--quiet", "--only-binary=:all:"]
            subprocess.run([*pip, "--require-hashes", "-r", wanted], check=True)
    except (ImportError, OSError, subprocess.CalledProcessError):
        return False
    return True


def by_hand(lock: dict) -> None:
    """Fetch the wheel for this machine, check its SHA-256 and unpack the one program."""
    wheel = next((w for w in lock["wheels"] if fits(w["url"])), None)
    if wheel is None:
        sys.exit(
            f"There is no ready-made uv for {platform.system()} on {platform.machine()}: install uv yourself."
        )
    print(f"fetching {wheel['url']}")
    try:
        content = fetch(wheel["url"])
    except OSError as problem:
        sys.exit(f"uv could not be fetched from {wheel['url']}: {problem}")
    if hashlib.sha256(content).hexdigest() != wheel["hashes"]["sha256"]:
        sys.exit(f"{wheel['url']} is not the file that tools/pylock.uv.toml names; nothing was installed.")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        name = next(n for n in archive.namelist() if n.endswith(("/scripts/uv", "/scripts/uv.exe")))
        program = archive.read(name)
    UV.parent.mkdir(parents=True, exist_ok=True)
    part = UV.with_suffix(".part")
    part.write_bytes(program)
    part.chmod(0o755)
    os.replace(part, UV)


def fetch(url: str) -> bytes:
    """The bytes at a URL. A machine without certificates is no obstacle: what is trusted is the SHA-256, not the line."""
    try:
        with urllib.request.urlopen(url, timeout=120) as answer:
            return answer.read()
    except urllib.error.URLError as problem:
        if not isinstance(problem.reason, ssl.SSLCertVerificationError):
            raise
    with urllib.request.urlopen(url, timeout=120, context=ssl._create_unverified_context()) as answer:
        return answer.read()


def fits(url: str) -> bool:
    """Whether a wheel's file name names this system, machine and C library."""
    tag = url.rsplit("/", 1)[1]
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    if platform.system() == "Darwin":
        return "macosx" in tag and tag.endswith("_arm64.whl" if machine == "aarch64" else "_x86_64.whl")
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    return platform.system() == "Linux" and libc in tag and machine in tag


if __name__ == "__main__":
    main()
