package analysis

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Read analyses a text. prior is the language that the article states, "" where it states none.
func Read(source string, prior Lang) *Text {
	// About eight bytes a word in Cyrillic with its space; a wrong guess costs one more allocation.
	x := &Text{Source: source, Tokens: make([]Token, 0, tokensIn(len(source)))}
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

// tokensIn is about how many tokens so many bytes of a text have: to grow a list of them step by step would take twice the memory
// that a page's other parts take.
func tokensIn(bytes int) int { return bytes/12 + 8 }

// Outline tells a text's paragraphs without reading them: none has tokens or sentences. Fill reads those that are wanted. A page
// shows a few sentences of a text: to read all of it costs many times as much.
func Outline(source string) *Text {
	x := &Text{Source: source}
	for start := 0; start <= len(source); {
		end := len(source)
		if k := strings.IndexByte(source[start:], '\n'); k >= 0 {
			end = start + k
		}
		if skipSpace(source, start, end) < end {
			x.Paragraphs = append(x.Paragraphs, Paragraph{Span: Span{start, end}})
		}
		start = end + 1
	}
	return x
}

// longestFilled bounds what is read of a paragraph for a page: some run on for megabytes.
const longestFilled = 32 << 10 // bytes

// Fill reads paragraphs of an outline, each once, and of enormous ones the beginning: their sentences and where their tokens
// stand, as Read tells them, but not what the words are. prior is that of Read.
func (t *Text) Fill(prior Lang, paragraphs ...int) {
	room := 0
	for _, n := range paragraphs {
		room += tokensIn(min(t.Paragraphs[n].End-t.Paragraphs[n].Start, longestFilled))
	}
	t.Tokens = slices.Grow(t.Tokens, room)
	for _, n := range paragraphs {
		p := &t.Paragraphs[n]
		if p.Last > 0 || p.Sentences != nil {
			continue
		}
		end := p.End
		if end-p.Start > longestFilled {
			end = p.Start + max(1, strings.LastIndexByte(t.Source[p.Start:p.Start+longestFilled], ' '))
			for end < p.End && !utf8.RuneStart(t.Source[end]) {
				end++
			}
		}
		t.place(n, end, prior)
	}
	t.skipDateline()
}

// place reads sentences and places of a paragraph. What is in Latin letters may be Kazakh, whose apostrophes belong to words: then its
// language has to be told. A dateline is told by the forms of the first words of a body.
func (t *Text) place(n, end int, prior Lang) {
	p := &t.Paragraphs[n]
	first := len(t.Tokens)
	t.Tokens = scan(t.Source, p.Start, end, t.Tokens)
	toks := t.Tokens[first:]
	title := strings.IndexByte(t.Source, '\n')
	begins := p.Start > title && (n == 0 || t.Paragraphs[n-1].Start <= title)
	if slices.ContainsFunc(toks, func(t Token) bool { return scriptOf(t.Surface) == latin }) {
		if of := scripts(t.Source, toks); begins || of.latin > of.cyrillic && of.arabic <= of.cyrillic+of.latin {
			t.Tokens = t.Tokens[:first]
			t.fill(n, end, prior)
			return
		}
	}
	if begins && dashed(t.Source[p.Start:min(end, p.Start+3*maxDateline)]) {
		for i := range toks {
			if toks[i].Start > p.Start+2*maxDateline {
				break
			}
			toks[i].Form = formOf(&toks[i])
		}
	}
	p.First, p.Last = first, len(t.Tokens)
	p.Sentences = sentences(t.Source, p.Start, end, nil)
}

// formOf is the form of a token that nothing else is known of.
func formOf(t *Token) string {
	if t.Kind == Number {
		return formOfNumber(t.Surface)
	}
	return fold(t.Surface)
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
	t.Paragraphs = append(t.Paragraphs, Paragraph{Span: Span{start, end}})
	t.fill(len(t.Paragraphs)-1, end, prior)
}

// fill reads a paragraph up to end.
func (t *Text) fill(n, end int, prior Lang) {
	p := &t.Paragraphs[n]
	start := p.Start
	p.First = len(t.Tokens)
	t.Tokens = scan(t.Source, start, end, t.Tokens)
	p.Last = len(t.Tokens)
	toks := t.Tokens[p.First:p.Last]
	recognise(t.Source, p, toks, prior)
	if p.Script == Latin && p.Lang == KK {
		apostrophes(t.Source[:end], toks)
	}
	for i := range toks {
		finish(&toks[i], p.Lang)
	}
	p.Sentences = sentences(t.Source, start, end, nil)
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
	t.Form, t.Terms, t.Stop, t.known = e.form, e.terms, e.stop, e
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
