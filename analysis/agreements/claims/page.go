package claims

import (
	"embed"
	"strings"
	"sync"

	"kelisim/analysis"
	"kelisim/analysis/agreements/numbers"
	"kelisim/analysis/agreements/words"
)

//go:embed data
var data embed.FS

// vocabulary is data/words.txt, and how Latin Kazakh finds its words.
var vocabulary = sync.OnceValues(func() (words.List, *words.Latin) {
	l := words.Must(words.Read(data, "words.txt"))
	return l, words.NewLatin(numbers.Words(), l)
})

// page is a text as claims are read.
type page struct {
	*words.Line
	x     *analysis.Text
	items []item         // by token
	times map[string]int // how often the text has a form: see repeated
}

// item is what begins at a token: words of words.txt, or the token.
type item struct {
	class string // of words.txt, "" for none
	word  string // class or stem
	last  int
}

func newPage(x *analysis.Text) *page {
	list, latin := vocabulary()
	p := &page{Line: words.NewLine(x, latin), x: x, items: make([]item, len(x.Tokens))}
	for i, t := range x.Tokens {
		it := item{word: t.Form, last: i + 1}
		switch h, ok := list.Find(p.Line, i, len(x.Tokens)); {
		case ok:
			it = item{h.Value[0], h.Value[0], h.Last}
		case t.Kind == analysis.Number:
			it.word = "#"
		case words.Month(t.Form) > 0:
			it.class, it.word = "other", "month"
		case len(t.Terms) > 0:
			_, it.word, _ = strings.Cut(t.Terms[0], ":")
		}
		p.items[i] = it
	}
	return p
}

// repeated reports whether the text has a token's form several times. It is counted when it is first asked for: of most texts never.
func (p *page) repeated(i int) bool {
	if p.times == nil {
		p.times = make(map[string]int, len(p.Forms))
		for _, f := range p.Forms {
			p.times[f]++
		}
	}
	return p.times[p.Forms[i]] > 1
}

// sentence is the tokens [first, last) of a sentence.
type sentence struct {
	first, last int
	title       bool
	lang        analysis.Lang
}

// candidate is a number with what it counts and what speaks for it.
type candidate struct {
	numbers.Number
	analysis.Span // of the number and what it counts
	features      []string
}

const (
	// longest keeps a page without full stops from costing more than it tells: no sentence of news has so many words.
	longest = 1500 // tokens
	// smallest is the least number that can be a claim: «один из них» counts nothing.
	smallest = 2
)

// candidates are the numbers of a text.
func (p *page) candidates() (out []candidate) {
	before := sentence{}
	for n, par := range p.x.Paragraphs {
		i := par.First
		for _, span := range par.Sentences {
			for i < par.Last && p.x.Tokens[i].Start < span.Start {
				i++
			}
			s := sentence{i, i, n == 0 && par.Start == 0, par.Lang}
			for i < par.Last && p.x.Tokens[i].Start < span.End {
				i++
			}
			if s.last = i; s.last-s.first > longest {
				continue
			}
			for _, q := range numbers.Read(p.x.Tokens, p.Line, s.first, s.last, par.Lang) {
				if q.Value >= smallest {
					c := candidate{Number: q}
					p.describe(s, before, &c)
					out = append(out, c)
				}
			}
			before = s
		}
	}
	return out
}
