package names

import (
	"cmp"
	"slices"

	"kelisim/analysis"
	"kelisim/analysis/names/echo"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/short"
	"kelisim/analysis/names/world"
)

// reader is one pass over one text.
type reader struct {
	t        *Table
	x        *analysis.Text
	words    []word
	dateline analysis.Span
	known    []claim         // runs that the table knows
	at       []int32         // word → the known run that it is in, from 1
	heard    map[string]bool // sounds of the words with capitals
	echo     *echo.Text
	ev       *world.Evidence
	asked    map[string][]world.Choice // names that were looked up, with what was found
	said     map[[2]int]world.Told     // what runs of words say
	fuller   []fuller                  // names that others of the text may shorten
	shorts   short.Fuller              // of them
	listened map[[2]string]bool        // keys of them, with a surface, and alone
	cover    []int32                   // word → the widest institution that it is in, from 1; see place
	peoples  map[int]int               // word inside a list of peoples → where that ends; see behindPeoples
	bodies   []Mention
	places   []Mention
	found    short.Bodies // of bodies
	spelt    short.Spellings
	gathered int // bodies that spelt has
	page     sheet
	list     []scored
	parts    []world.Part
	key      []byte
	compared int             // names with one another; see package short
	doubtful []name          // offices that are not told; see doubts
	defined  map[string]bool // abbreviations that are no body's; see readDefined
}

// Recognize finds the countries and institutions that x names, ordered by start. A country inside an institution's
// name follows the institution. The dateline is no evidence.
func (t *Table) Recognize(x *analysis.Text) []Mention {
	return Told(t.Surmise(x))
}

// Surmise is Recognize, and gives behind its mentions, with their Doubt, the runs of words that may name offices and are not sure enough
// to be told: what a sentence says of them may decide. They cross no institution and no other of them, and are ordered by start.
func (t *Table) Surmise(x *analysis.Text) []Mention {
	if t.trie == nil || len(x.Tokens) == 0 {
		return nil
	}
	r := t.reader(x)
	defer r.leave()
	r.readBodies()
	r.readCover()
	r.readPlaces()
	doubtful := r.doubts()
	out := append(r.bodies, r.places...)
	slices.SortStableFunc(out, func(a, b Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(order(a), order(b)))
	})
	return append(nested(out), doubtful...)
}

// Told are those of Surmise's mentions that Recognize gives.
func Told(ms []Mention) []Mention {
	n := slices.IndexFunc(ms, func(m Mention) bool { return m.Doubt > 0 })
	if n < 0 {
		return ms
	}
	return ms[:n:n]
}

// nested leaves out, of sorted mentions, those that cross one before.
func nested(ms []Mention) []Mention {
	kept, open := ms[:0], []int{} // open: ends of mentions that hold the place at hand, the innermost last
	for _, m := range ms {
		for len(open) > 0 && open[len(open)-1] <= m.Start {
			open = open[:len(open)-1]
		}
		if len(open) == 0 || m.End <= open[len(open)-1] {
			kept, open = append(kept, m), append(open, m.End)
		}
	}
	return kept
}

// leave gives back what other texts can use.
func (r *reader) leave() {
	r.echo.Leave()
	r.echo = nil
}

// put takes in a body.
func (r *reader) put(m Mention) {
	r.found.Put(len(r.bodies), m.Key, m.First, m.Last)
	r.bodies = append(r.bodies, m)
}

// reader reads a text's words and the runs that the table knows.
func (t *Table) reader(x *analysis.Text) *reader {
	r := &reader{t: t, x: x}
	r.readWords()
	r.readDateline()
	r.readEchoes()
	for i := 0; i < len(r.words); i++ {
		if m := r.longest(i, Country, r.names); m != nil && r.country(m) != nil {
			for k := m.first; k < m.last; k++ {
				r.words[k].place = true
			}
			i = m.last - 1
		}
	}
	for i := range r.words {
		r.words[i].class = r.classOf(i)
	}
	r.readDefined()
	r.readKnown()
	return r
}

func order(m Mention) int {
	if m.Kind == Country {
		return 1
	}
	return 0
}

// readDateline takes the text's dateline where it begins with a city in capitals: «АСТАНА. KAZINFORM –».
func (r *reader) readDateline() {
	d := r.x.Dateline()
	for i := range r.words {
		if w := &r.words[i]; w.Start >= d.Start && w.Start < d.End {
			if forms.AllUpper(w.Surface) {
				r.dateline = d
			}
			return
		}
	}
}
