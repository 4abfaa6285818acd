package analysis

import (
	"slices"
	"strings"
)

// Read analyses a text. prior is the language that the article states, "" where it states none.
func Read(source string, prior Lang) *Text {
	// About eight bytes a word in Cyrillic with its space; a wrong guess costs one more allocation.
	x := &Text{Source: source, Tokens: make([]Token, 0, len(source)/12+8)}
	for start := 0; start <= len(source); {
		end := len(source)
		if k := strings.IndexByte(source[start:], '\n'); k >= 0 {
			end = start + k
		}
		x.paragraph(start, end, prior)
		start = end + 1
	}
	most := 0
	for _, l := range [...]Lang{KK, RU, EN, ""} {
		if n := x.wordsIn(l); n > most {
			most, x.Lang = n, l
		}
	}
	x.skipDateline()
	return x
}

// wordsIn counts the tokens of a language's paragraphs; of unknown ones, only where a word is.
func (t *Text) wordsIn(l Lang) (n int) {
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		toks := t.Tokens[p.First:p.Last]
		if p.Lang == l && (l != "" || slices.ContainsFunc(toks, func(t Token) bool { return t.Kind == Word })) {
			n += len(toks)
		}
	}
	return n
}

// paragraph reads one line; an empty one is none.
func (t *Text) paragraph(start, end int, prior Lang) {
	if skipSpace(t.Source, start, end) == end {
		return
	}
	p := Paragraph{Span: Span{start, end}, First: len(t.Tokens)}
	t.Tokens = scan(t.Source, start, end, t.Tokens)
	p.Last = len(t.Tokens)
	toks := t.Tokens[p.First:p.Last]
	recognise(t.Source, &p, toks, prior)
	if p.Script == Latin && p.Lang == KK {
		apostrophes(t.Source[:end], toks)
	}
	for i := range toks {
		finish(&toks[i], p.Lang)
	}
	p.Sentences = sentences(t.Source, start, end, nil)
	t.Paragraphs = append(t.Paragraphs, p)
}

// finish gives a token its form and terms.
func finish(t *Token, paragraph Lang) {
	if t.Kind == Number {
		t.Form = formOfNumber(t.Surface)
		if paragraph == EN {
			t.Form = thousands(t.Surface, t.Form)
		}
		t.Terms = []string{t.Form}
		return
	}
	e := analysed(t.Surface, t.Lang)
	t.Form, t.Terms, t.Stop = e.form, e.terms, e.stop
}

// thousands reads the English «1,453» as 1453; elsewhere the comma begins a fraction.
func thousands(surface, form string) string {
	if whole, rest, ok := strings.Cut(surface, ","); ok && len(rest) == 3 && len(whole) <= 3 {
		return whole + rest
	}
	return form
}

// apostrophes gives the words of the 2017 alphabet what the scanner took for quotation marks and possessives: «ken'»,
// «tu's».
func apostrophes(src string, toks []Token) {
	for i := range toks {
		t := &toks[i]
		if t.Kind != Word || scriptOf(t.Surface) != latin {
			continue
		}
		if t.Suffix == "s" {
			t.End, t.Suffix = t.SuffixEnd, ""
			t.Surface = clean(src[t.Start:t.End])
		}
		if rest := src[t.End:]; t.Suffix == "" && rest != "" && strings.ContainsRune("'’ʼ", firstRune(rest)) &&
			strings.ContainsAny(t.Surface[len(t.Surface)-1:], "aouginscyAOUGINSCY") && !quotedBefore(src[:t.Start]) {
			t.End += len(string(firstRune(rest)))
			t.SuffixEnd = t.End
			t.Surface = src[t.Start:t.End]
		}
	}
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func quotedBefore(s string) bool {
	return strings.HasSuffix(s, "'") || strings.HasSuffix(s, "‘") || strings.HasSuffix(s, "’")
}

// skipDateline lets the first sentence begin behind the dateline.
func (t *Text) skipDateline() {
	d := t.Dateline()
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		if d.End == 0 || p.Start != d.Start {
			continue
		}
		for len(p.Sentences) > 1 && p.Sentences[0].End <= d.End {
			p.Sentences = p.Sentences[1:]
		}
		if s := &p.Sentences[0]; s.Start < d.End && d.End < s.End {
			s.Start = d.End
		}
	}
}
