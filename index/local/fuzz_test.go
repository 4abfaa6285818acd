package local

import (
	"bytes"
	"testing"

	"kelisim/index"
)

// FuzzStored: whatever bytes stand with a document, they are read or refused; what was read is written and read as the same.
func FuzzStored(f *testing.F) {
	s := stored{Values: map[string][]string{"lang": {"kk"}}, Told: []told{{"a", map[string][]string{"kind": {"memorandum"}}}}, Sum: 7, Mentions: map[string][]int{"country:CN": {1, 5}}}
	b, err := s.append(nil)
	if err != nil {
		f.Fatal(err)
	}
	s.Agreement = &index.Agreement{ID: "g", Parties: []index.Party{{Key: "k"}}, Evidence: []index.Evidence{{Article: "a", Why: []string{"w"}, Read: &index.AsRead{Kind: "branch"}}}}
	deal, err := s.append(nil)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][]byte{b, deal, b[:len(b)/2], nil, {0}, []byte("{}"), {255, 255, 255, 255, 255, 255, 255, 255, 255, 1}} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := readStored(string(data), true)
		if err != nil {
			return
		}
		once, err := s.append(nil)
		if err != nil {
			return
		}
		again, err := readStored(string(once), true)
		if err != nil {
			t.Fatalf("%x is written %x: %v", data, once, err)
		}
		if twice, err := again.append(nil); err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%x, %x, %v", once, twice, err)
		}
	})
}
