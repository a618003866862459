"""Results become strings: JSON, CSV, Markdown or a table for the terminal. Nothing is printed here."""
