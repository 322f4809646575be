"""A goldenthread.toml, a pack or a folder that this account may not read, or that the disk does not take."""

from adapters.cli.files import file_problem

SAYS = "The file or folder kent/goldenthread.toml cannot be read or written: Permission denied."
FIX = "Give this account the right to it, or name another file or folder."


def provoke():
    return [file_problem(PermissionError(13, "Permission denied", "kent/goldenthread.toml"))]
