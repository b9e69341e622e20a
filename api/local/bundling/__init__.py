"""One file with all that an installation needs, made where there is internet for a bank that has none.

    BUNDLE        facts, `name=value` a line: format, version, commit, os, arch, python
    SHA256SUMS    of every other file
    SIGNATURE     of SHA256SUMS, where somebody signed it
    debs/         system packages with all they depend on, and the index by which apt reads a folder
    wheels/       the Python packages that production needs, and requirements.lock of them alone
    pages/        desk and phone, built
    source/       the source tree

`api/local/bundle.sh` takes it in.
"""

FORMAT = 1
SYSTEM_PACKAGES = (
    "python3",
    "python3-venv",
    "ca-certificates",
    "tzdata",
    "postgresql",
    "postgresql-postgis",
    "redis-server",
    "nginx-light",
)
"""What `./yunge up` would install, and a front proxy for whoever wants that one (it is not installed by itself)."""
