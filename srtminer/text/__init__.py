"""What every part does with words: tokens, stems, sentences, slugs, suggestions, months; one of each."""
