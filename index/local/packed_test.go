package local

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kelisim/index"
)

func randomList(t *rapid.T) (documents, freqs []uint32, places []uint64) {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	n := rapid.SampledFrom([]int{1, 2, 127, 128, 129, 300, 2000}).Draw(t, "n")
	gap := rapid.SampledFrom([]uint32{1, 2, 50, 1 << 20}).Draw(t, "gap")
	doc := uint32(r.IntN(3))
	for range n {
		documents = append(documents, doc)
		doc += 1 + r.Uint32N(gap)
		f := uint32(1)
		for r.IntN(3) == 0 {
			f *= 2
		}
		freqs = append(freqs, f)
		paragraph, position := r.IntN(3), 0
		for range f {
			if r.IntN(4) == 0 {
				paragraph, position = paragraph+1+r.IntN(5), 0
			}
			position += 1 + r.IntN(50)
			places = append(places, index.Place(paragraph, position))
		}
	}
	return documents, freqs, places
}

func TestListsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		documents, freqs, places := randomList(t)
		data := new(packer).appendList(nil, documents, freqs, places)
		l, size := listAt(append(data, make([]byte, 8)...))
		if size != len(data) {
			t.Fatalf("%d bytes are read as %d", len(data), size)
		}
		if d, f, p := l.everything(nil, nil, nil, new(unpacked)); !slices.Equal(d, documents) || !slices.Equal(f, freqs) || !slices.Equal(p, places) {
			t.Fatalf("all at once: %v %v %v, want %v %v %v", d, f, p, documents, freqs, places)
		}
		spots := &reader{list: l}
		var got []uint64
		for _, doc := range documents {
			i, ok := spots.at(doc)
			if !ok {
				t.Fatalf("%d is not found", doc)
			}
			got = spots.places(i, got)
		}
		if !slices.Equal(got, places) {
			t.Fatalf("places %v, want %v", got, places)
		}
		n := documents[len(documents)-1] + 1
		if n >= 1<<22 {
			return
		}
		// Window by window, each with the documents that are asked for, and some windows again.
		kept := l
		kept.fillKept(make(docs, wordsFor(documents[len(documents)-1]+1)), make([]uint32, l.blocks()*block))
		if !slices.Equal(kept.all, documents) {
			t.Fatalf("kept: %v, want %v", kept.all, documents)
		}
		r := &reader{list: l}
		if rapid.Bool().Draw(t, "kept") {
			r.list = kept
		}
		width := rapid.SampledFrom([]uint32{64, 128, 8192}).Draw(t, "width")
		for begin := uint32(0); begin < n; begin += width {
			for range rapid.IntRange(1, 2).Draw(t, "times") {
				hits := make(docs, width/wordBits)
				for i := range hits {
					hits[i] = rapid.SampledFrom([]uint64{0, 1, 1 << 40, ^uint64(0)}).Draw(t, "hits")
				}
				var got, want []uint32
				r.from = begin
				for d, f, ok := r.part(begin, begin+width, hits); ok; d, f, ok = r.part(begin, begin+width, hits) {
					for i, doc := range d {
						if hits.has(doc - begin) {
							got = append(got, doc, f[i]+1)
						}
					}
				}
				for i, doc := range documents {
					if doc >= begin && doc < begin+width && hits.has(doc-begin) {
						want = append(want, doc, freqs[i])
					}
				}
				if !slices.Equal(got, want) {
					t.Fatalf("from %d got %v, want %v", begin, got, want)
				}
			}
			if width < 8192 && begin > 40*width {
				begin += 8192
			}
		}
		if n < 1<<20 {
			set := make(docs, wordsFor(n))
			var buf [block]uint32
			l.fill(set, &buf)
			if got := slices.Collect(set.all()); !slices.Equal(got, documents) || set.count() != len(documents) {
				t.Fatalf("as a set: %v, want %v", got, documents)
			}
			for range 20 {
				a, b := rapid.Uint32Range(0, n-1).Draw(t, "a"), rapid.Uint32Range(0, n-1).Draw(t, "b")
				a, b = min(a, b), max(a, b)
				if got, want := set.any(a, b), slices.ContainsFunc(documents, func(d uint32) bool { return d >= a && d <= b }); got != want {
					t.Fatalf("any of %d to %d: %v", a, b, got)
				}
			}
		}
	})
}
