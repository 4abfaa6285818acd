package local

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"sync"

	"kelisim/index"
)

// A vocabulary is two thirds of the work of laying out a segment, and only queries of words that need others beside them ask for it:
// so a view is shown first, and its vocabularies are made behind it.

// vocabulary finds the stem terms of a segment that are like a word: by the runs of letters that their sounds share. Its
// words never change.
type vocabulary struct {
	words    []vocable              // by number
	runs     map[index.Run][]uint32 // the words that have a run
	counters sync.Pool              // of *[]uint8, a number for each word, all 0
}

// vocable is a sound with the terms that have it.
type vocable struct {
	terms []string
	runs  uint8  // different ones
	start string // its first letters, "" where it has no more
}

const (
	mostNear = 30 // words that stand for one
	readings = 4  // of a typed word that are looked for
)

func newVocabulary(l *lists) *vocabulary {
	v := &vocabulary{runs: map[index.Run][]uint32{}}
	number := map[string]uint32{}
	for _, field := range fieldsOfWords {
		for term := range l.from(field, "") {
			sound := index.SoundOf(string(term))
			if sound == "" {
				continue
			}
			n, known := number[sound]
			if !known {
				n = uint32(len(v.words))
				number[sound] = n
				runs := index.Runs(sound)
				v.words = append(v.words, vocable{runs: uint8(len(runs)), start: index.SoundStart(sound)})
				for _, g := range runs {
					v.runs[g] = append(v.runs[g], n)
				}
			}
			if w := &v.words[n]; !slices.Contains(w.terms, string(term)) {
				w.terms = append(w.terms, string(term))
			}
		}
	}
	return v
}

// like adds to out the terms that are like a sound, each with the greatest weight it had yet.
func (v *vocabulary) like(sound string, w *index.Weights, out map[string]index.Near) {
	counters, _ := v.counters.Get().(*[]uint8)
	if counters == nil {
		n := make([]uint8, len(v.words))
		counters = &n
	}
	defer v.counters.Put(counters)
	shared := *counters
	var found []uint32
	runs := index.Runs(sound)
	for _, g := range runs {
		for _, n := range v.runs[g] {
			if shared[n] == 0 {
				found = append(found, n)
			}
			shared[n]++
		}
	}
	first := index.SoundStart(sound)
	for _, n := range found {
		word, common := &v.words[n], shared[n]
		shared[n] = 0
		dice := 2 * float64(common) / float64(len(runs)+int(word.runs))
		weight := 0.0
		if dice >= w.LikeLeast {
			weight = w.LikeWeight * math.Pow(dice, w.LikePower)
		}
		if first != "" && word.start == first {
			weight = max(weight, w.StartWeight)
		}
		if weight == 0 {
			continue
		}
		for _, t := range word.terms {
			if weight > out[t].Weight {
				out[t] = index.Near{Term: t, Weight: weight, Likeness: dice}
			}
		}
	}
}

// similar gives for each word, whose readings are terms, the stem terms of the index that are like one of them.
func (v *view) similar(ctx context.Context, words [][]string, w *index.Weights) (out [][]index.Near, err error) {
	defer guarded(&err)()
	for _, terms := range words {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		key := strings.Join(terms, "\x00")
		if near, ok := v.likes.get(&v.mu, key); ok {
			out = append(out, near)
			continue
		}
		var sounds []string
		for _, t := range terms {
			if s := index.SoundOf(t); s != "" && !slices.Contains(sounds, s) && len(sounds) < readings {
				sounds = append(sounds, s)
			}
		}
		found := map[string]index.Near{}
		for _, s := range v.segs {
			for _, sound := range sounds {
				s.vocabulary().like(sound, w, found)
			}
		}
		var near []index.Near
		for t, n := range found {
			if !slices.Contains(terms, t) {
				near = append(near, n)
			}
		}
		slices.SortFunc(near, func(a, b index.Near) int {
			return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Term, b.Term))
		})
		near = slices.Clone(near[:min(len(near), mostNear)])
		v.likes.put(&v.mu, key, near, mostLikes)
		out = append(out, near)
	}
	return out, nil
}

// mostLikes bounds the words that a view remembers what is like them, some 2 kB each. They are shared: nobody changes them.
const mostLikes = 1024
