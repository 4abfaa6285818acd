package lexicon

import (
	"cmp"
	"slices"

	"kelisim/analysis"
)

// Lexicon is words with their translations. It is safe for concurrent use.
type Lexicon struct {
	stems   map[string]int32 // terms with their language, numbered: «kk:келісім»
	terms   []string         // by number
	first   []int32          // the tree of entries' words: first stem → node; 0 for none
	next    map[step]int32   // node and further stem → node
	at      []int32          // by node: the first of the entries that end there, in ends; 0 for none
	ends    []end
	entries []entry
	pairs   []pair
	others  map[form]int32     // words whose stems make them one with the word that an entry bears → entry
	sounds  map[string][]int32 // of Kazakh and Russian stems, numbered
	sources []Source
	model   model
}

// A form is a word as a list has it.
type form struct {
	text string
	lang uint8 // of langs
}

// A step leads from a node of the tree to the next.
type step struct{ node, stem int32 }

// An end is an entry at a node.
type end struct {
	reading
	more int32 // the next at the same node; 0 for none
}

// A reading is an entry, and how sure it is that its words are meant there.
type reading struct {
	entry int32
	sure  float32
}

// An entry is a word or phrase of one language, whatever form it stands in.
type entry struct {
	text        string
	lang        uint8 // of langs
	own         bool  // the name of a country or capital
	words       []word
	first, last int32 // its translations are pairs[first:last], the likeliest of each language first
}

// A word is the numbers of its stems, the likeliest first.
type word []int32

// A pair is an entry's translation.
type pair struct {
	to      int32
	weight  float32
	own     float32 // the share of it that is said of the entry's own text
	sources uint32  // a bit each
}

var langs = [...]analysis.Lang{analysis.KK, analysis.RU, analysis.EN}

// Group is what a run of words may be called otherwise.
type Group struct {
	First, Last  int    // the run: words [First:Last) of what was asked
	Text         string // the run as the lexicon has it
	Name         bool   // a name of a country or a capital: analysis/names knows more of it
	Translations []Translation
}

// Translation is a word or phrase that says the same.
type Translation struct {
	Lang    analysis.Lang
	Text    string     // in dictionary form
	Words   [][]string // the stem terms of each of its words, the likeliest first: [[ru:двойной] [ru:диплом]]
	Weight  float64    // (0,1]: about the probability that a text which says the same says it so
	Sources []string   // codes of Sources
}

// Expand finds the runs of words that the lexicon has, the longest first, and gives their translations: at most Most of a
// language, the likeliest first, none below Least. words are the index terms of each word in turn, as analysis.QueryTerms
// or a token's Terms have them; terms without a language say nothing here, and where the language is known, only its terms
// should be given. A run stands in one group; words that the lexicon lacks, and stop words alone, are in none. A run that only its
// sound leads to («кос диплом», «kvanttyq esepteuler») has the lexicon's own spelling first among its translations. It never
// fails; the result is the caller's.
func (l *Lexicon) Expand(words [][]string) []Group {
	var out []Group
	for i := 0; i < len(words); {
		n, found := l.longest(words[i:], l.as)
		spelled := false
		if more, other := l.longest(words[i:], l.heard); more > max(n, 1) || n == 0 && more == 1 && plain(words[i]) {
			n, found, spelled = more, other, true
		}
		if n == 0 {
			i++
			continue
		}
		if g := l.group(found, formOf(words[i:i+n]), spelled); len(g.Translations) > 0 && !(n == 1 && analysis.IsStop(g.Text)) {
			g.First, g.Last = i, i+n
			out = append(out, g)
		}
		i += n
	}
	return out
}

// longest finds the entries of the longest run that begins with the first word; stems gives those of the lexicon that the first
// of a word's terms may mean.
func (l *Lexicon) longest(words [][]string, stems func(terms []string, out []int32) []int32) (n int, found []reading) {
	paths := []reading{{0, 1}} // of nodes, not of entries
	var room [8]int32
	for i, terms := range words {
		var further []reading
		var ends []reading
		rank := [len(langs)]float32{1, 1, 1}
		for j, t := range terms {
			sure, k, reached := float32(1), langOf(t), false
			if k >= 0 {
				sure = rank[k]
			}
			for _, stem := range stems(terms[j:], room[:0]) {
				for _, p := range paths {
					if to := l.follow(p.entry, stem); to > 0 {
						further, reached = append(further, reading{to, p.sure * sure}), true
					}
				}
			}
			if k >= 0 && reached { // stems that the lexicon lacks take nothing from those behind them
				rank[k] *= l.model.second
			}
		}
		for _, p := range further {
			for i := l.at[p.entry]; i > 0; i = l.ends[i].more {
				ends = append(ends, reading{l.ends[i].entry, l.ends[i].sure * p.sure})
			}
		}
		if len(ends) > 0 {
			n, found = i+1, ends
		}
		if len(further) == 0 {
			break
		}
		paths = further
	}
	return n, found
}

// follow gives the node behind a node, 0 for none. The tree's root is 0, which most steps begin at.
func (l *Lexicon) follow(node, stem int32) int32 {
	if node == 0 {
		return l.first[stem]
	}
	return l.next[step{node, stem}]
}

func langOf(term string) int {
	if len(term) > 3 && term[2] == ':' {
		for i, l := range langs {
			if term[:2] == string(l) {
				return i
			}
		}
	}
	return -1
}

// group gathers the translations of entries, each of which may be meant; spelled where they were not typed as they are spelled.
func (l *Lexicon) group(found []reading, form string, spelled bool) Group {
	slices.SortStableFunc(found, func(a, b reading) int { return cmp.Or(cmp.Compare(a.entry, b.entry), cmp.Compare(b.sure, a.sure)) })
	found = slices.CompactFunc(found, func(a, b reading) bool { return a.entry == b.entry })
	l.prefer(found, form)
	slices.SortStableFunc(found, func(a, b reading) int { return cmp.Compare(b.sure, a.sure) })
	var all [len(langs)]float32 // the readings of each language share what is sure
	for _, r := range found {
		all[l.entries[r.entry].lang] += r.sure
	}
	g := Group{Text: l.entries[found[0].entry].text}
	var sum []pair
	for _, r := range found {
		e := &l.entries[r.entry]
		g.Name = g.Name || e.own
		if spelled {
			own := pair{to: r.entry, weight: r.sure / max(1, all[e.lang])}
			for _, p := range l.pairs[e.first:e.last] {
				own.sources |= p.sources
			}
			sum = append(sum, own)
		}
		for _, p := range l.translations(r.entry, form) {
			p.weight *= r.sure / max(1, all[e.lang])
			if i := slices.IndexFunc(sum, func(q pair) bool { return q.to == p.to }); i >= 0 {
				sum[i].weight = max(sum[i].weight, p.weight)
				sum[i].sources |= p.sources
			} else {
				sum = append(sum, p)
			}
		}
	}
	slices.SortFunc(sum, likelier)
	var n [len(langs)]int
	for _, p := range sum {
		e := &l.entries[p.to]
		if p.weight < l.model.least || n[e.lang] == l.model.most || !spelled && slices.ContainsFunc(found, func(r reading) bool { return r.entry == p.to }) {
			continue
		}
		n[e.lang]++
		t := Translation{Lang: langs[e.lang], Text: e.text, Weight: float64(p.weight), Words: make([][]string, len(e.words))}
		for i, w := range e.words {
			for _, s := range w {
				t.Words[i] = append(t.Words[i], l.terms[s])
			}
		}
		for i, s := range l.sources {
			if p.sources&(1<<i) != 0 {
				t.Sources = append(t.Sources, s.Code)
			}
		}
		g.Translations = append(g.Translations, t)
	}
	return g
}

// translations are an entry's pairs. A language in which it has none is reached through the third: no list has Russian with
// English but beside Kazakh.
func (l *Lexicon) translations(of int32, form string) []pair {
	e := &l.entries[of]
	direct := l.of(of, form)
	var has [len(langs)]bool
	has[e.lang] = true
	for _, p := range direct {
		has[l.entries[p.to].lang] = true
	}
	out := slices.Clip(direct)
	for _, p := range direct {
		over := &l.entries[p.to]
		if over.lang == e.lang {
			continue
		}
		for _, q := range l.pairs[over.first:over.last] {
			if has[l.entries[q.to].lang] || l.entries[q.to].lang == over.lang || p.weight*q.weight < l.model.least {
				continue
			}
			add := pair{to: q.to, weight: p.weight * q.weight, sources: p.sources | q.sources}
			if i := slices.IndexFunc(out[len(direct):], func(x pair) bool { return x.to == add.to }); i >= 0 {
				out[len(direct)+i].weight += add.weight
				out[len(direct)+i].sources |= add.sources
			} else {
				out = append(out, add)
			}
		}
	}
	return out
}

// likelier orders pairs, the likelier first.
func likelier(a, b pair) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.to, b.to)) }
