"""A batch that the kill tests start and stop: `python -m tests.batch STORE FOLDER JOBS [FILE_BYTES]`.

Prints a line when it begins and another when it is done. FILE_BYTES limits what a file may grow to, as a disk
does that fills up. A module with a main guard, because a worker process imports it again.
"""

import signal
import sys
from pathlib import Path

from srtminer.errors import SrtminerError
from srtminer.ingestion import IngestOptions, ingest
from srtminer.store import Store
from tests.hazards import thorough

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    path, folder, jobs, *file_bytes = arguments
    try:
        with Store.open(Path(path), create=True) as store:
            if file_bytes:
                _limit_files(int(file_bytes[0]))
            print("begins", flush=True)
            result = ingest([Path(folder)], store, IngestOptions(jobs=int(jobs)), work=thorough)
            print(f"{len(result.reviews)} reviews, {len(result.skipped)} skipped", flush=True)
    except KeyboardInterrupt:
        return INTERRUPTED
    except SrtminerError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _limit_files(size: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


if __name__ == "__main__":
    # Why: what a shell starts in the background inherits that Ctrl-C is ignored
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
