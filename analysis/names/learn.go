package names

import (
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"kelisim/analysis"
	"kelisim/analysis/names/border"
)

// Example is a text with the names in it, to learn from.
type Example struct {
	Text    *analysis.Text
	Names   []analysis.Span // every name that is one, bytes of Text.Source
	Maybe   []analysis.Span // names of other bodies: neither right nor wrong
	Offices []analysis.Span // names of ministries, companies and networks
	Told    bool            // Offices are all that there are
	Meant   []Meaning       // what names mean, where that is known
}

// LearnBorders learns the weights of data/borders.tsv from texts whose names are known, and writes them. The same
// examples give the same bytes.
func (t *Table) LearnBorders(examples []Example, out io.Writer) error {
	t.Learn(t.Drills(examples))
	return t.WriteBorders(out)
}

// WriteBorders writes the table's own weights in the form of data/borders.tsv, ReadBorders gives it others.
func (t *Table) WriteBorders(out io.Writer) error { return t.border.Write(out) }

// ReadBorders gives the table the weights that WriteBorders wrote.
func (t *Table) ReadBorders(weights string) error { return t.border.Read(weights) }

// Drills are what a text teaches.
type Drills struct{ all []border.Drill }

// Drills prepares examples for learning, several at a time.
func (t *Table) Drills(examples []Example) []Drills {
	out := make([]Drills, len(examples))
	eachOf(len(examples), func(i int) { out[i] = Drills{t.drills(examples[i])} })
	return out
}

// eachOf does a thing with the numbers below n, several at a time.
func eachOf(n int, do func(i int)) {
	var next atomic.Int64
	var done sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	done.Wait()
}

// Learn fits the table's own weights to drills.
func (t *Table) Learn(all []Drills) {
	var cases []border.Drill
	for _, l := range all {
		cases = append(cases, l.all...)
	}
	t.border.Learn(cases)
}

// drills are what a text teaches: as the table reads it, and as if the table did not know names with heads, so that known names
// teach what unknown ones look like.
func (t *Table) drills(e Example) []border.Drill {
	r := t.reader(e.Text)
	out := r.drills(e, false)
	for n := range r.known {
		if c := &r.known[n]; c.head >= 0 {
			clear(r.at[c.first:c.last])
		}
	}
	r.ev, r.asked = nil, nil
	return append(out, r.drills(e, true)...)
}

func (r *reader) drills(e Example, blind bool) []border.Drill {
	byHead := map[int][][2]int{} // word → names that it is in
	exact, office := map[[2]int]bool{}, map[[2]int]bool{}
	put := func(spans []analysis.Span, exact map[[2]int]bool, names bool) {
		for _, s := range spans {
			first, last := r.wordsIn(s)
			if first == last {
				continue
			}
			exact[[2]int{first, last}] = names || exact[[2]int{first, last}]
			for k := first; k < last; k++ {
				byHead[k] = append(byHead[k], [2]int{first, last})
			}
		}
	}
	put(e.Names, exact, true)
	put(e.Maybe, exact, false)
	inName := make([]bool, len(r.words)) // of a place of learning
	for k := range byHead {
		inName[k] = true
	}
	for _, s := range e.Names {
		if first, last := r.wordsIn(s); first < last && r.hasHead([2]int{first, last}) {
			m := Mention{First: first, Last: last, Surface: e.Text.Source[s.Start:s.End]}
			m.Key = "new:" + r.told(wordRange(first, last)).Key("")
			r.listen(m, wordRange(first, last))
		}
	}
	for _, c := range r.known {
		if c.body != nil {
			r.listen(r.mention(c.body, c.first, c.last, ""), wordRange(c.first, c.last))
		}
	}
	put(e.Offices, exact, false)
	put(e.Offices, office, true)
	var out []border.Drill
	add := func(a anchor) (found [2]int, ok bool) {
		exact := exact
		if a.office() {
			exact = office
		}
		l := border.Drill{}
		s := r.sheet(a)
		l.Candidates = append(l.Candidates, s.none)
		none := true
		l.Right = append(l.Right, false)
		for _, left := range s.left {
			for _, to := range s.right {
				if left.word >= to.word || !r.paired(left.word, to.word) {
					continue
				}
				k := [2]int{left.word, to.word}
				fs := r.cluesOf(a, left, to)
				right := exact[k] || a.office() && !a.bare() && (a.at == k[0] && exact[[2]int{k[0] + 1, k[1]}] || a.at == k[1]-1 && exact[[2]int{k[0], k[1] - 1}])
				l.Candidates = append(l.Candidates, fs)
				l.Right = append(l.Right, right)
				if right {
					none, found, ok = false, k, true
				}
			}
		}
		if none && (a.side == 0 || a.headless()) {
			if a.headless() && inName[a.at] || !a.headless() && len(byHead[a.at]) > 0 {
				return found, ok // another body's name, or one that reaches too far: nothing to learn here
			}
		}
		if none && a.office() && !e.Told {
			return found, ok
		}
		l.Right[0] = none
		out = append(out, l)
		return found, ok
	}
	for i := range r.words {
		a, ok := r.anchorAt(i)
		if !ok {
			continue
		}
		found, named := add(a)
		if a.kind.Plural {
			r.members(a, found, named, add)
		}
	}
	for i := range r.words {
		if slices.ContainsFunc(byHead[i], r.hasHead) {
			continue
		}
		if a, ok := r.headlessAt(i); ok && !blind {
			add(a)
		}
		if a, ok := r.bareAt(i); ok {
			add(a)
		}
	}
	return out
}

// hasHead reports whether a run holds a head.
func (r *reader) hasHead(run [2]int) bool {
	for k := run[0]; k < run[1]; k++ {
		if _, ok := r.anchorAt(k); ok {
			return true
		}
	}
	return false
}

// wordsIn gives the words that lie in a span, none where its edges cut words.
func (r *reader) wordsIn(s analysis.Span) (first, last int) {
	first, _ = slices.BinarySearchFunc(r.words, s.Start, func(w word, at int) int { return w.Start - at })
	last = first
	for last < len(r.words) && r.words[last].End <= s.End {
		last++
	}
	if last > first && (numberSign(r.x.Source, r.words[first].Start)-s.Start > 3 || s.End-r.words[last-1].End > 3) {
		return 0, 0
	}
	return first, last
}
