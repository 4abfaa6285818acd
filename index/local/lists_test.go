package local

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kelisim/index"
)

// plainLists are lists as a map: term → document → places.
type plainLists [listKinds]map[string]map[uint32][]uint64

func randomLists(r *rand.Rand, docs int) (p plainLists) {
	for field := range p {
		p[field] = map[string]map[uint32][]uint64{}
		for doc := range docs {
			place := uint64(0)
			for range r.IntN(6) {
				term := fmt.Sprintf("w%d", r.IntN(1+r.IntN(300)))
				if p[field][term] == nil {
					p[field][term] = map[uint32][]uint64{}
				}
				place += index.Place(r.IntN(2), 1+r.IntN(9))
				p[field][term][uint32(doc)] = append(p[field][term][uint32(doc)], place)
			}
		}
	}
	return p
}

func packed(t *rapid.T, p plainLists) *lists {
	var out bytes.Buffer
	w, err := newListsWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	for field, of := range p {
		for _, term := range slices.Sorted(maps.Keys(of)) {
			var documents, freqs []uint32
			var places []uint64
			for _, doc := range slices.Sorted(maps.Keys(of[term])) {
				at := of[term][doc]
				documents, freqs, places = append(documents, doc), append(freqs, uint32(len(at))), append(places, at...)
			}
			if err := w.add(field, []byte(term), documents, freqs, places); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.end(); err != nil {
		t.Fatal(err)
	}
	l, err := readLists(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Merged lists have what those that were merged have, under new numbers, and nothing of documents that were left out.
func TestListsAreMerged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		var of []*lists
		var numbers [][]uint64
		var want plainLists
		for field := range want {
			want[field] = map[string]map[uint32][]uint64{}
		}
		next := uint64(0)
		for range 1 + r.IntN(4) {
			docs := r.IntN(200)
			p := randomLists(r, docs)
			to := make([]uint64, docs)
			for i := range to {
				if to[i] = next; r.IntN(3) == 0 {
					to[i] = dropped
					continue
				}
				next++
			}
			of, numbers = append(of, packed(t, p)), append(numbers, to)
			for field, terms := range p {
				for term, at := range terms {
					for doc, places := range at {
						if to[doc] == dropped {
							continue
						}
						if want[field][term] == nil {
							want[field][term] = map[uint32][]uint64{}
						}
						want[field][term][uint32(to[doc])] = places
					}
				}
			}
		}
		var out bytes.Buffer
		w, err := newListsWriter(&out)
		if err != nil {
			t.Fatal(err)
		}
		if err := mergeLists(w, of, numbers, nil); err != nil {
			t.Fatal(err)
		}
		if err := w.end(); err != nil {
			t.Fatal(err)
		}
		same := packed(t, want)
		if !bytes.Equal(out.Bytes()[:len(same.data)], same.data) {
			t.Fatal("merged lists are not those of what was merged")
		}
		got, err := readLists(out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		for field, terms := range want {
			all := slices.Sorted(maps.Keys(terms))
			for _, first := range append([]string{"", "w1", "w2", "x"}, all...) {
				from, _ := slices.BinarySearch(all, first)
				var found []string
				for term, n := range got.from(field, first) {
					if found = append(found, string(term)); n != len(terms[string(term)]) {
						t.Fatalf("%s has %d documents, want %d", term, n, len(terms[string(term)]))
					}
				}
				if !slices.Equal(found, all[from:]) {
					t.Fatalf("from %q: %v, want %v", first, found, all[from:])
				}
			}
			for term, at := range terms {
				l, ok := got.find(field, term)
				if !ok || l.n != len(at) {
					t.Fatalf("%q of %d is found: %v", term, field, ok)
				}
			}
			if _, ok := got.find(field, "no such word"); ok {
				t.Fatal("a word is found that is not there")
			}
		}
	})
}
