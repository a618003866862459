"""Files become reviews; the only place that knows PDF, Word and HTML libraries."""
