"""Invented reviews of real size, as PDFs with a key: what the extraction is fitted on beside short ones."""
