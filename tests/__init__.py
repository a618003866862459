"""Tests, and what they share: PDFs made on the fly, the invented examples, benchmarks."""
