package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
)

// reader is one pass over one text.
type reader struct {
	t        *Table
	x        *analysis.Text
	words    []word
	dateline analysis.Span
	nears    map[int]map[string]bool // paragraph → what stands in it; see around
	cover    []int32                 // word → the widest institution that it is in, from 1; see place
	bodies   []Mention
	places   []Mention
}

// Recognize finds the countries and institutions that x names, ordered by start. A country inside an institution's
// name follows the institution. The dateline is no evidence.
func (t *Table) Recognize(x *analysis.Text) []Mention {
	if t.trie == nil || len(x.Tokens) == 0 {
		return nil
	}
	r := &reader{t: t, x: x}
	r.readWords()
	r.readDateline()
	r.readBodies()
	r.readBranches()
	r.readInner()
	r.readCover()
	r.readPlaces()
	out := append(r.bodies, r.places...)
	slices.SortStableFunc(out, func(a, b Mention) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(order(a), order(b)))
	})
	return out
}

func order(m Mention) int {
	if m.Kind == Country {
		return 1
	}
	return 0
}

func (r *reader) readWords() {
	x := r.x
	r.words = make([]word, len(x.Tokens))
	for _, p := range x.Paragraphs {
		sentence := 0
		kazakh := otherScript(p)
		for i := p.First; i < p.Last; i++ {
			w := &x.Tokens[i]
			k := word{Token: w, form: w.Form, text: w.Surface, lang: w.Lang, around: p.Lang, upper: upperFirst(w.Surface), initial: initial(w, x.Source)}
			k.lexeme = r.t.lexeme(w.Form)
			if kazakh && !k.cyrillic && k.Kind == analysis.Word && k.headEN.head == nil {
				k.form = r.t.cyrillicForm(w.Form)
				k.text, k.lang = cased(k.form, w.Surface), analysis.KK
				k.upper = k.upper || p.Script == analysis.Arabic // which has no capitals
				both := *r.t.lexeme(k.form)
				both.ids = append(slices.Clone(both.ids), k.ids...)
				k.lexeme = &both
			}
			k.initial = k.initial || k.exact&r.t.bits["rank"] != 0
			k.gap = broken
			for sentence < len(p.Sentences) && p.Sentences[sentence].End <= w.Start {
				sentence++
			}
			if i > p.First {
				before := &x.Tokens[i-1]
				k.gap = gapOf(x.Source[before.SuffixEnd:w.Start], before)
				if sentence < len(p.Sentences) && p.Sentences[sentence].Start > before.Start && !(k.gap <= near && abbreviation(before)) {
					k.gap = broken
				}
			}
			r.words[i] = k
		}
	}
	r.readBracketed()
}

// readBracketed takes a bracketed adjective as a word of the name around it: «Казанский (Приволжский) федеральный
// университет».
func (r *reader) readBracketed() {
	adjective := func(k int) bool { return r.words[k].cyrillic && r.adjective(r.words[k].form) }
	for k := 1; k+1 < len(r.words); k++ {
		if w := &r.words[k]; w.gap == slash && w.upper && r.words[k+1].gap == slash && adjective(k) && r.words[k-1].upper && adjective(k-1) && adjective(k+1) &&
			r.before(k) == " (" && r.before(k+1) == ") " {
			w.gap, r.words[k+1].gap = near, near
		}
	}
}

// cased gives a word the capitals of another.
func cased(w, like string) string {
	switch {
	case allUpper(like):
		return strings.ToUpper(w)
	case upperFirst(like):
		return upperOne(w)
	}
	return w
}

// readDateline takes the text's dateline where it begins with a city in capitals: «АСТАНА. KAZINFORM –».
func (r *reader) readDateline() {
	d := r.x.Dateline()
	for i := range r.words {
		if w := &r.words[i]; w.Start >= d.Start && w.Start < d.End {
			if allUpper(w.Surface) {
				r.dateline = d
			}
			return
		}
	}
}

// match is a run of words that spellings name.
type match struct {
	first, last int
	of          []*spelling
}

// longest finds the longest run from word i that spellings of a kind accept, nil for none.
func (r *reader) longest(i int, kind Kind, fits func(s *spelling, first, last int) bool) *match {
	var best *match
	var walk func(node int32, at int)
	walk = func(node int32, at int) {
		for _, id := range r.words[at].ids {
			to, ok := r.t.trie.next[edge{node, id}]
			if !ok {
				continue
			}
			if ends := r.t.trie.ends[to]; len(ends) > 0 {
				var of []*spelling
				for _, s := range ends {
					if s.kind == kind && fits(s, i, at+1) {
						of = append(of, s)
					}
				}
				switch {
				case len(of) == 0:
				case best == nil || at+1 > best.last:
					best = &match{i, at + 1, of}
				case at+1 == best.last:
					for _, s := range of {
						if !slices.ContainsFunc(best.of, func(o *spelling) bool { return o.body == s.body && o.place == s.place }) {
							best.of = append(best.of, s)
						}
					}
				}
			}
			next := at + 1
			for next < len(r.words) && r.words[next].initial && r.words[next].gap <= quote {
				next++ // «имени Л.Н. Гумилева»: names are kept without initials
			}
			if next < len(r.words) && r.words[next].gap <= quote {
				walk(to, next)
			}
		}
	}
	walk(0, i)
	return best
}

// written reports whether a run of words has the capitals that a spelling must have.
func (r *reader) written(s *spelling, first, last int) bool {
	if s.upper != "" {
		w := r.words[first].Surface
		if s.words == 1 && (allUpper(w) || capitals(w) != "" && utf8.RuneCountInString(s.upper) > 3) {
			return beginsWith(&r.words[first], s) // «КАЗНУ», «КазГЮУ» beside «КАЗГЮУ»
		}
		return strings.HasPrefix(w, s.upper)
	}
	if s.kind == Institution && !s.proper {
		return r.words[first].upper
	}
	for i := first; i < last; i++ {
		if !r.words[i].upper {
			continue
		}
		if s.kind != Institution {
			return true
		}
		if w := &r.words[i]; w.headKK.head == nil && w.headRU.head == nil && w.headEN.head == nil && !w.initial {
			return true
		}
	}
	return false
}

// beginsWith reports whether a word is an abbreviation with no more than a case ending: КазНАИУ is not КазНАИ, whose у
// would be an ending in small letters.
func beginsWith(w *word, s *spelling) bool {
	rest, ok := strings.CutPrefix(w.form, fold(s.upper))
	if !ok || rest == "" {
		return ok || w.form != fold(w.Surface) // letters that only look alike
	}
	if allUpper(w.Surface) {
		return utf8.RuneCountInString(rest) > 1
	}
	end, _ := utf8.DecodeLastRuneInString(w.Surface)
	return unicode.IsLower(end)
}

// withInitials takes the initials before a name in: «Л.Н.» of «Л.Н. Гумилев атындағы …». A title is one of them only
// before a person: «академик Е. Бөкетов», not «профессор Университета …».
func (r *reader) withInitials(first int) int {
	for first > 0 && r.words[first].gap <= quote && r.words[first-1].initial && !(r.is("rank", first-1) && r.words[first].head(r.words[first].lang).head != nil) {
		first--
	}
	return first
}

func (r *reader) mention(b *body, first, last int, how string) Mention {
	start, end := r.span(first, last)
	return Mention{Kind: Institution, Key: b.Key, Name: cmp.Or(b.EN, b.RU, b.KK), Country: b.Country, Body: b.Kind, Start: start, End: end,
		First: first, Last: last, Surface: r.x.Source[start:end], Known: true, How: how}
}

// span gives the bytes of a run of words. A quotation mark whose other half is inside belongs to it: «МИФИ».
func (r *reader) span(first, last int) (start, end int) {
	start, end = r.words[first].Start, r.words[last-1].End
	src := r.x.Source
	open, shut := 0, 0
	for _, q := range src[start:end] {
		switch q {
		case '«', '“', '„':
			open++
		case '»', '”':
			if open > shut {
				shut++
			} else if s, size := utf8.DecodeLastRuneInString(src[:start]); strings.ContainsRune("«“„", s) {
				start -= size
			}
		}
	}
	if strings.Count(src[start:end], "\"")%2 == 1 {
		if strings.HasPrefix(src[end:], "\"") {
			end++
		} else if strings.HasSuffix(src[:start], "\"") {
			start--
		}
	}
	if open > shut {
		if s, size := utf8.DecodeRuneInString(src[end:]); strings.ContainsRune("»”“", s) {
			end += size
		}
	}
	return start, end
}
