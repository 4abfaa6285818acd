package russian

// Known reports whether the dictionary has a folded word as it stands, so that nothing of it is guessed.
func Known(word string) bool {
	var buf [longest]byte
	w, ok := spell(word, &buf)
	if !ok {
		return false
	}
	_, ok = theData().words.find(w)
	return ok
}
