"""Files become reviews; the only place that knows PDF libraries."""
