"""What every part does with words: tokens, stems, sentences, names, numerals, the thesaurus; one of each."""
