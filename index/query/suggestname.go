package query

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names"
	"kelisim/index"
)

// namebook is what the names of the index's countries and institutions begin with. It is made when it is first asked for, and
// follows the index: names never change, so that only new ones are read.
type namebook struct {
	seq    uint64
	filled bool
	all    []named
	known  map[index.Value]int
	starts []start // by sound
}

// named is a country or an institution with the articles that mention it.
type named struct {
	index.Value
	count int
	names [][]string // the sounds of each name's words
}

// start is a word of a name.
type start struct {
	sound string
	of    int // in namebook.all
}

// namesOf are the names of a value, in any language.
func (s *Searcher) namesOf(v index.Value) []string {
	if e, ok := s.Names.Entry(v.Facet, v.Key); ok {
		return slices.Concat([]string{e.KK, e.RU, e.EN}, e.Aliases)
	}
	var out []string
	for _, lang := range []string{"kk", "ru", "en"} {
		out = append(out, s.Names.Label(v.Facet, v.Key, lang))
	}
	return out
}

func soundsOf(name string) []string {
	var out []string
	for _, t := range analysis.Split(name) {
		out = append(out, analysis.Sound(t.Form))
	}
	return out
}

// book gives the namebook of the index as it is now. The caller holds s.suggesting while it reads it.
func (s *Searcher) book(ctx context.Context) (*namebook, error) {
	b := &s.names
	now, err := s.Engine.Search(ctx, index.Request{Tree: index.AnyTerm{}, Tab: index.Articles, Sort: index.Newest}) // finds nothing, but its number
	if err != nil || b.filled && b.seq == now.Seq {
		return b, err
	}
	res, err := s.Engine.Search(ctx, index.Request{Tab: index.Articles, Sort: index.Newest, Counts: true, MinConfidence: index.Shown})
	if err != nil {
		return nil, err
	}
	home, err := s.Engine.Search(ctx, index.Request{Tab: index.Articles, Sort: index.Newest, Selection: index.Selection{}.With("country", names.Home)})
	if err != nil {
		return nil, err
	}
	if b.known == nil {
		b.known = map[index.Value]int{}
	}
	for i := range b.all {
		b.all[i].count = 0
	}
	grown := false
	put := func(v index.Value, count int) {
		i, ok := b.known[v]
		if !ok {
			i, grown = len(b.all), true
			b.known[v] = i
			n := named{Value: v}
			for _, name := range s.namesOf(v) {
				if sounds := soundsOf(name); len(sounds) > 0 {
					n.names = append(n.names, sounds)
					for _, w := range sounds {
						b.starts = append(b.starts, start{w, i})
					}
				}
			}
			b.all = append(b.all, n)
		}
		b.all[i].count = count
	}
	put(index.Value{Facet: "country", Key: names.Home}, home.Total)
	for _, facet := range []string{"country", "institution"} {
		for _, c := range res.Counts[facet] {
			put(index.Value{Facet: facet, Key: c.Key}, c.Count)
		}
	}
	if grown {
		slices.SortFunc(b.starts, func(x, y start) int { return cmp.Or(strings.Compare(x.sound, y.sound), cmp.Compare(x.of, y.of)) })
		b.starts = slices.Compact(b.starts)
	}
	b.seq, b.filled = res.Seq, true
	return b, nil
}

// namesBegun gives values with a name that has all the typed words, the last of them unfinished: by the most of the last words
// that fit one, those that begin with them first.
func (s *Searcher) namesBegun(ctx context.Context, t tail, typed []string, lang string, most int) ([]index.Suggestion, error) {
	if s.Names == nil {
		return nil, nil
	}
	s.suggesting.Lock()
	defer s.suggesting.Unlock()
	b, err := s.book(ctx)
	if err != nil {
		return nil, err
	}
	for from := range typed {
		if t.field != "" && from > 0 {
			break // the whole value is being typed
		}
		want := soundsOf(strings.Join(typed[from:], " "))
		if len(want) == 0 || utf8.RuneCountInString(typed[len(typed)-1]) < leastBegun && len(want) == 1 {
			continue
		}
		found := b.having(want, t.field)
		if len(found) == 0 {
			continue
		}
		var out []index.Suggestion
		head := strings.TrimSpace(t.head + " " + strings.Join(typed[:from], " "))
		for _, n := range found[:min(len(found), most)] {
			out = append(out, index.Suggestion{
				Facet: n.Facet, Key: n.Key, Text: s.Names.Label(n.Facet, n.Key, lang), Count: n.count,
				Query: index.Query{Text: head, Selection: index.Selection{}.With(n.Facet, n.Key)},
			})
		}
		return out, nil
	}
	return nil, nil
}

// having are the values with a name that has all the words, the last one begun, the best first.
func (b *namebook) having(want []string, facet string) []named {
	last := want[len(want)-1]
	at, _ := slices.BinarySearchFunc(b.starts, last, func(x start, sound string) int { return strings.Compare(x.sound, sound) })
	type hit struct {
		named
		begins bool
	}
	var hits []hit
	seen := map[int]bool{}
	for ; at < len(b.starts) && strings.HasPrefix(b.starts[at].sound, last); at++ {
		n := b.all[b.starts[at].of]
		if seen[b.starts[at].of] || n.count == 0 || facet != "" && n.Facet != facet {
			continue
		}
		seen[b.starts[at].of] = true
		fits, begins := false, false
		for _, name := range n.names {
			if has(name, want) {
				fits = true
				begins = begins || strings.HasPrefix(strings.Join(name, " "), strings.Join(want, " "))
			}
		}
		if fits {
			hits = append(hits, hit{n, begins})
		}
	}
	slices.SortStableFunc(hits, func(x, y hit) int {
		if x.begins != y.begins {
			if x.begins {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(y.count, x.count), strings.Compare(x.Key, y.Key))
	})
	out := make([]named, len(hits))
	for i, h := range hits {
		out[i] = h.named
	}
	return out
}

// has reports whether a name has all words, in any order, the last of them begun.
func has(name, want []string) bool {
	for i, w := range want {
		last := i == len(want)-1
		if !slices.ContainsFunc(name, func(n string) bool { return n == w || last && strings.HasPrefix(n, w) }) {
			return false
		}
	}
	return true
}
