"""`srtminer --show-completion [SHELL]` and `--install-completion [SHELL]`.

Why not typer's own: it takes no shell where it can find out which one runs, so that `--show-completion zsh`
prints what the running one needs, or nothing, and ends as if all were well.
"""

from collections.abc import Sequence

from srtminer.cli.output import emit, say
from srtminer.errors import SrtminerError

SHOW, INSTALL = "--show-completion", "--install-completion"
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
VARIABLE = "_SRTMINER_COMPLETE"
"""Says, by its presence, that a shell asks what can follow."""

ADVICE = "install it anew: `srtminer --install-completion`"


class CompletionFailed(SrtminerError):
    """There is no completion for the shell."""


def complete(arguments: Sequence[str]) -> None:
    """Show or install the completion of a shell: the one that is named, else the one that runs.

    Raises `CompletionFailed` for a shell that has none, or that cannot be found out.
    """
    from typer._completion_shared import get_completion_script, install

    option, *named = arguments
    shell = named[0].lower() if named else _running()
    if shell not in SHELLS:
        which = f"no completion for {shell!r}" if shell else "the shell cannot be found out"
        raise CompletionFailed(f"{which}; name one: `srtminer {option} {SHELLS[0]}` ({', '.join(SHELLS)})")
    if option == SHOW:
        script = get_completion_script(prog_name="srtminer", complete_var=VARIABLE, shell=shell)
        emit(f"{script}\n")
    else:
        _, path = install(shell=shell, prog_name="srtminer", complete_var=VARIABLE)
        say(f"note: wrote {path}; completion works in the next terminal")


def _running() -> str:
    import shellingham

    try:
        return str(shellingham.detect_shell()[0])
    except shellingham.ShellDetectionFailure:
        return ""
