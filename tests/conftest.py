"""What all tests need: the shell's own settings must not reach them, nor they the analyst's store."""

import os

for name in ("SRTMINER_STORE", "SRTMINER_TERMS"):
    os.environ.pop(name, None)
