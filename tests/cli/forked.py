"""The program, started once and forked for each run, so that a run costs what it does and not what it loads.

A run is a process of its own as a user's is: its arguments, folder, variables, streams and exit status.  What a start
itself does (loading, compiling, a closed stream) is tested by starts (`test_anywhere`, `test_stopping`).
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

START = "from tests.cli.forked import serve; serve()"
ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path, cwd: str | Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run skypact with arguments in a folder; its output is text.

    Examples
    --------
    >>> run("--version").returncode
    0
    """
    command = [str(one) for one in arguments]
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        asked = {"arguments": command, "folder": str(cwd or Path.cwd()), "variables": dict(os.environ)}
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(asked | {"out": str(out), "err": str(err)}) + "\n")
        server.stdin.flush()
        status = int(server.stdout.readline())
        texts = (one.read_text(encoding="utf-8") for one in (out, err))
        return subprocess.CompletedProcess(command, status, *texts)


@cache
def _server() -> subprocess.Popen[str]:
    """The process that is forked; one for each that tests."""
    server = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
    )

    def end() -> None:
        server.communicate()

    atexit.register(end)
    return server


def serve() -> None:
    """Load the program, then fork it for each line asked; answer with the exit status."""
    import skypact.app.server
    import skypact.evidence
    import skypact.library
    import skypact.report
    import skypact.sweeps

    skypact.compare("hranitne-2021-10-26", central=True, replications=2)  # loads the compiled code
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            _become(asked)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _become(asked: dict[str, str]) -> None:
    """Run the program in this process, and end it."""
    from skypact.cli import main

    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["variables"])
    for stream, name in ((0, os.devnull), (1, asked["out"]), (2, asked["err"])):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT), stream)
    sys.argv = ["skypact", *asked["arguments"]]
    status = 1
    try:
        main()
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
