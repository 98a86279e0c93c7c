"""The command line: few verbs, plain words, JSON where asked.

Nothing is imported before it is known what is asked, so that ``skypact --help`` answers at once.
"""

from __future__ import annotations


def main() -> None:
    """Run the command line: exit status 0 done, 1 an internal error, 2 bad input or a failed write.

    It is 130 after Ctrl-C, and 0 where the reader of the output leaves early, as ``head`` does.
    """
    try:
        from skypact.cli.stopping import stoppable

        with stoppable():
            from skypact.cli.leaving import leave

            status = leave()
    except KeyboardInterrupt:  # before or after that
        from skypact.cli.stopping import end

        end()
    raise SystemExit(status)
