package english

// Stems gives the stems of a folded word (lower case, NFC, ё as е), the likeliest first: one, or two where it is
// close. It returns word itself where nothing is known of it, and is never empty.
func Stems(word string) []string { return []string{word} }
