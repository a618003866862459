"""A batch of invented documents that is read once, scored, and never mended: see `README.md`."""
