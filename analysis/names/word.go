package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names/echo"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/heads"
)

// word is a token of a text with all that can be told of it alone.
type word struct {
	*analysis.Token
	*lexeme
	form    string        // Form, in Cyrillic letters where Kazakh is written in Latin ones
	text    string        // Surface, likewise
	lang    analysis.Lang // in which it is read
	around  analysis.Lang // of its paragraph
	initial bool          // «Л» of «Л.Н. Гумилев»
	upper   bool          // begins with a capital
	place   bool          // a country or town is named here
	gap     gap           // what lies before it
	number  int32         // of its stem in the text
	class   class         // what it may be inside a name, in its own language
}

// readEchoes notes what the text has of each word's stem.
func (r *reader) readEchoes() {
	r.echo = echo.New()
	for i := range r.words {
		w, before := &r.words[i], int32(-1)
		if i > 0 && w.gap < broken {
			before = r.words[i-1].number
		}
		w.number = r.echo.Add(w.stem(), before)
		switch e := r.echoOf(w); {
		case w.gap > near || w.Kind != analysis.Word || forms.AllUpper(w.Surface):
		case w.upper:
			e.Capital = true
		default:
			e.Small = true
		}
	}
}

// echoOf is what the text has of a word's stem.
func (r *reader) echoOf(w *word) *echo.Stem { return r.echo.Of(w.number) }

func (w *word) stem() string { return w.Terms[0] }

// repeatOf tells whether word k stands with its neighbour elsewhere in the text: before it, or behind.
func (r *reader) repeatOf(k, neighbour int) uint8 {
	a, b := min(k, neighbour), max(k, neighbour)
	if a < 0 || b >= len(r.words) || r.words[b].gap == broken {
		return echo.Once
	}
	return r.echo.Repeat(r.words[a].number, r.words[b].number, r.words[k].number)
}

// gap is what lies between a word and the one before.
type gap uint8

const (
	tight  gap = iota // nothing, or a hyphen
	near              // white space, a full stop after an initial
	quote             // also a quotation mark
	comma             // a comma
	slash             // another mark inside a sentence
	broken            // the end of a sentence or paragraph
	gaps
)

// gapOf reads what lies between two tokens.
func gapOf(s string, before *analysis.Token) gap {
	switch s {
	case "", "-", "‐", "‑":
		return tight
	case " ":
		return near
	}
	g := near
	for _, r := range s {
		switch {
		case r == '\n':
			return broken
		case unicode.IsSpace(r), r == '&', r == '-', r == '‐', r == '‑', r == '\'', r == '’', r == 'ʼ', r == '\u00ad', r == '\u0301', r == '\ufeff', r == '\u200b', r == '\u200d':
		case r == '–', r == '—':
			if strings.TrimSpace(s) != s {
				g = max(g, slash)
			}
		case strings.ContainsRune("«»\"“”„‟", r):
			g = max(g, quote)
		case r == '.':
			if utf8.RuneCountInString(before.Surface) > 3 || !abbreviation(before) {
				g = broken
			}
		case r == ',':
			g = max(g, comma)
		case strings.ContainsRune("!?…;", r):
			return broken
		default:
			g = max(g, slash)
		}
	}
	return g
}

func abbreviation(t *analysis.Token) bool {
	n := utf8.RuneCountInString(t.Surface)
	if n == 1 {
		return true
	}
	switch t.Form {
	case "им", "ат", "г", "акад", "проф", "св", "st", "ss", "co":
		return true
	}
	return n == 2 && forms.UpperFirst(t.Surface) // two-letter initials: «Ю», «Дж», «Сh»
}

// readWords reads the text's tokens.
func (r *reader) readWords() {
	x := r.x
	r.words = make([]word, len(x.Tokens))
	for _, p := range x.Paragraphs {
		sentence := 0
		kazakh := p.Lang == analysis.KK && p.Script != analysis.Cyrillic
		for i := p.First; i < p.Last; i++ {
			w := &x.Tokens[i]
			k := word{Token: w, form: w.Form, text: w.Surface, lang: w.Lang, around: p.Lang, upper: forms.UpperFirst(w.Surface), initial: forms.Initial(w.Surface, x.Source[w.End:])}
			k.lexeme = r.t.lexeme(w.Form)
			if kazakh && !k.cyrillic && k.Kind == analysis.Word && k.Learning[heads.EN].Head == nil {
				k.form = r.t.letters.Cyrillic(w.Form, r.t.knownWord)
				k.text, k.lang = cased(k.form, w.Surface), analysis.KK
				k.upper = k.upper || p.Script == analysis.Arabic // which has no capitals
				k.lexeme = r.t.lexeme(k.form).with(k.lexeme)
			}
			k.initial = k.initial || k.exact&rankList != 0
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
}

// knownWord reports whether a folded Kazakh word is one that the table or news has.
func (t *Table) knownWord(form string) bool {
	l := t.lexeme(form)
	return len(l.ids) > 0 || l.Learning[heads.KK].Head != nil || l.common
}

// cased gives a word the capitals of another.
func cased(w, like string) string {
	switch {
	case forms.AllUpper(like):
		return strings.ToUpper(w)
	case forms.UpperFirst(like):
		return forms.UpperOne(w)
	}
	return w
}

// is reports whether a word is in a list of words.tsv as it stands.
func (r *reader) is(of list, i int) bool { return r.words[i].exact&of != 0 }

// listed reports whether a word is in a list of words.tsv in any of its forms.
func (r *reader) listed(of list, i int) bool { return r.words[i].any&of != 0 }

// before is the text between a word and the one before.
func (r *reader) before(i int) string {
	if i == 0 {
		return ""
	}
	return r.x.Source[r.words[i-1].SuffixEnd:r.words[i].Start]
}

// adjective reports whether a form may be a Russian adjective.
func (r *reader) adjective(form string) bool { return r.t.endings.Ends("ru-adjective", form, 3) }

// headLang is the language in which a head is read. «институты» is Kazakh («its institute») and Russian («institutes»);
// the word before tells, where it can, better than the paragraph.
func (r *reader) headLang(i int) analysis.Lang {
	w := &r.words[i]
	if w.Learning[heads.KK].Head == nil || w.Learning[heads.RU].Head == nil || i == 0 || r.words[i].gap > quote {
		return w.lang
	}
	switch before := &r.words[i-1]; {
	case forms.KazakhOnly(before.form) || before.kk && !before.ru:
		return analysis.KK
	case before.cyrillic && r.adjective(before.form) && !before.kk:
		return analysis.RU
	}
	return w.around
}

func lastRune(s string) (rune, int) { return utf8.DecodeLastRuneInString(s) }

// opener reports whether a word begins a sentence and is a common word or a title.
func (r *reader) opener(i int) bool {
	w := &r.words[i]
	if r.is(openerList, i) && w.gap >= comma || r.listed(titleList, i) {
		return true
	}
	return r.starts(i) && (w.Stop || w.common && !r.words[i].kk)
}
