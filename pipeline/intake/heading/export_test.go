package heading

// Synonyms and Fold are shown to the tests.
func Synonyms() map[string][]string { return synonyms }

// Fold is fold.
func Fold(s string) string { return fold(s) }
