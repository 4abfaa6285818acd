package analysis

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed data/agencies.txt
var agenciesText string

//go:embed data/months.txt
var monthsText string

var agencies = sync.OnceValue(func() (out []string) {
	for _, f := range rows(agenciesText) {
		out = append(out, f[0])
	}
	return out
})

var months = sync.OnceValue(func() (out []string) {
	for _, f := range rows(monthsText) {
		out = append(out, f[0])
	}
	return out
})

// Dateline is the place, the date and the agency before an article's first sentence («АСТАНА. KAZINFORM – », «Алматы, 3 ноября
// — Tengrinews. »), with the dash and the white space behind it; empty where there is none. It stands at the beginning of the
// first paragraph behind the first line, or of the only one.
func (t *Text) Dateline() Span {
	title := strings.IndexByte(t.Source, '\n') // -1: the first line is the text
	for i := range t.Paragraphs {
		if p := &t.Paragraphs[i]; p.Start > title {
			return t.dateline(p)
		}
	}
	return Span{}
}

// maxDateline bounds how far a dateline reaches.
const (
	maxDateline = 120 // bytes
	maxPlace    = 4   // tokens: Усть-Каменогорск, Нью-Йорк, Нұр-Сұлтан қаласы
)

// dateline reads place, comma or full stop, date and agency in any order but not both left out, dash.
//
// Left alone: «ASEM – Еуропа мен Азия …», «Астана, Алматы – ірі қалалар»: a place and a dash are no dateline without an agency
// or a date.
func (t *Text) dateline(p *Paragraph) Span {
	toks := t.Tokens[p.First:p.Last]
	if len(toks) < 3 {
		return Span{}
	}
	// The place: capitalised words, then a comma, a full stop, a slash or a bracket.
	i := 0
	for i < len(toks) && i < maxPlace && toks[i].Kind == Word && (capital(toks[i].Surface) || i > 0 && short(toks[i])) {
		i++
		if i < len(toks) && strings.ContainsAny(between(t.Source, toks[i-1], toks[i]), ".,/(") {
			break
		}
	}
	if i == 0 || i == len(toks) || !strings.ContainsAny(between(t.Source, toks[i-1], toks[i]), ".,/(") {
		return Span{}
	}
	if short(toks[i]) && i < maxPlace { // «Астана қ., 12 қараша»: the comma behind the abbreviation
		i++
	}
	dated, signed := false, false
	for ; i < len(toks) && toks[i].Start-p.Start < maxDateline; i++ {
		w := toks[i]
		switch {
		case w.Kind == Number || month(w.Form) || dated && yearWord(w.Form):
			dated = true
		case agency(w, signed):
			signed = true
		default:
			return Span{}
		}
		if i+1 == len(toks) {
			return Span{}
		}
		gap := between(t.Source, w, toks[i+1])
		if !dash(gap) {
			continue
		}
		if !signed && dated { // «АЛМАТЫ, 3 ноября — Tengrinews. …»
			k := i + 1
			for k < len(toks) && k < i+4 && agency(toks[k], k > i+1) {
				k++
				if k < len(toks) && strings.ContainsAny(between(t.Source, toks[k-1], toks[k]), ".:–—-,") {
					return t.upTo(p, toks[k])
				}
			}
		}
		if signed || dated {
			return t.upTo(p, toks[i+1])
		}
	}
	return Span{}
}

// upTo is the dateline that ends where the sentence of the next token begins, with its quotation mark.
func (t *Text) upTo(p *Paragraph, next Token) Span {
	end := next.Start
	for end > p.Start {
		r, n := utf8.DecodeLastRuneInString(t.Source[:end])
		if !opening(r) {
			break
		}
		end -= n
	}
	return Span{p.Start, end}
}

func between(src string, a, b Token) string { return src[a.SuffixEnd:b.Start] }

// dash reports whether a gap holds a dash between spaces.
func dash(gap string) bool {
	gap = strings.TrimLeft(gap, ".,/)»\"” \u00a0")
	r, n := utf8.DecodeRuneInString(gap)
	return strings.ContainsRune("–—-−", r) && strings.IndexFunc(gap[n:], unicode.IsSpace) == 0
}

// dashed reports whether a text may hold a dash before a space, as a dateline does.
func dashed(s string) bool {
	for i := range len(s) {
		switch s[i] {
		case '-':
			if i+1 < len(s) && (s[i+1] <= ' ' || s[i+1] >= utf8.RuneSelf) {
				return true
			}
		case 0xE2: // the first byte of – — −
			if strings.HasPrefix(s[i:], "–") || strings.HasPrefix(s[i:], "—") || strings.HasPrefix(s[i:], "−") {
				return true
			}
		}
	}
	return false
}

func capital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return classOf(r)&upper != 0
}

func short(t Token) bool { return t.Form == "қ" || t.Form == "г" || t.Form == "қаласы" }

func month(form string) bool {
	for _, m := range months() {
		if strings.HasPrefix(form, m) && len(form) <= len(m)+10 {
			return true
		}
	}
	return false
}

func yearWord(form string) bool {
	switch form {
	case "г", "года", "год", "жыл", "жылғы", "жылы", "ж":
		return true
	}
	return false
}

// agency reports whether a word may be an agency's: in capitals, in Latin letters, with a capital inside, or by its name;
// behind one that is, any capitalised word.
func agency(t Token, signed bool) bool {
	if !capital(t.Surface) {
		return false
	}
	if signed || abbreviated(t.Surface) && utf8.RuneCountInString(t.Surface) > 2 {
		return true
	}
	for _, a := range agencies() {
		if strings.Contains(t.Form, a) {
			return true
		}
	}
	return false
}
