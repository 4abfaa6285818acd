package query

import (
	"fmt"
	"strconv"
	"strings"

	"kelisim/analysis"
	"kelisim/index"
)

const (
	leastPrefix = 3   // letters of мемор*: fewer begin too many words
	mostBegun   = 200 // words that a prefix stands for
	saidBegun   = 5   // of them that a note names
)

// prefix reads «мемор*»: any word of the index that begins so, the most frequent first. A note says how many there are.
// What is joined to it («ғылыми-техн*») must stand beside it.
func (p *parser) prefix(x lexeme) []Part {
	toks := analysis.Split(x.text)
	if len(toks) == 0 {
		return nil
	}
	last := len(toks) - 1
	begun := toks[last].Form
	terms := []string{begun}
	if p.s.Engine != nil && p.err == nil {
		found, total, err := p.s.Engine.Words(p.ctx, p.q.Tab, begun, mostBegun)
		if err != nil {
			p.err = fmt.Errorf("look up words that begin with %q: %w", begun, err)
			return nil
		}
		terms = nil
		var said []string
		for _, w := range found {
			terms = append(terms, w.Form)
			if len(said) < saidBegun {
				said = append(said, w.Form)
			}
		}
		n := index.Note{Code: "prefix", Args: []string{p.typed(x), strconv.Itoa(total), strings.Join(said, ", ")}}
		switch {
		case total == 0:
			n.Code = ""
		case total > len(found):
			n.Code = "prefix.most"
			n.Args = []string{p.typed(x), strconv.Itoa(total), strings.Join(said, ", "), strconv.Itoa(len(found))}
		}
		if n.Code != "" {
			n.Undo = p.without(x.end-1, x.end) // the star alone
			p.notes = append(p.notes, n)
		}
	}
	if last == 0 {
		return []Part{p.part(index.AnyTerm{Word: p.typed(x), Terms: terms, Title: p.title}, x.start, x.end)}
	}
	t := p.phraseOf(x.text, toks, 0)
	t.Slots[last], t.Title, t.Text = terms, p.title, t.Text+"*"
	return []Part{p.part(t, x.start, x.end)}
}
