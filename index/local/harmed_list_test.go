package local

import (
	"errors"
	"testing"
)

// TestHarmedLists: a list whose bytes were changed under its memory map is told to be damaged, and neither takes all memory nor goes on
// for ever.
func TestHarmedLists(t *testing.T) {
	var documents, freqs []uint32
	var places []uint64
	for doc := range uint32(300) {
		documents, freqs, places = append(documents, 2*doc), append(freqs, 2), append(places, 1, 2)
	}
	data := append(new(packer).appendList(nil, documents, freqs, places), make([]byte, 8)...)
	read := func(harm func(l *list)) (err error) {
		defer guarded(&err)()
		l, _ := listAt(append([]byte{}, data...))
		harm(&l)
		l.everything(nil, nil, nil, new(unpacked))
		return nil
	}
	if err := read(func(*list) {}); err != nil {
		t.Fatal(err)
	}
	for name, harm := range map[string]func(*list){
		"documents are missing":    func(l *list) { clear(l.set[len(l.set)/2:]) },
		"frequencies are enormous": func(l *list) { copy(l.data[l.begin(0):], []byte{32, 255, 255, 255, 255, 255, 255, 255, 255}) },
	} {
		if err := read(harm); !errors.Is(err, errPanic) {
			t.Errorf("%s: %v, want that it cannot be read", name, err)
		}
	}
}
