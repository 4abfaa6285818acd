package query

import (
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/index"
)

// terms are those of a typed word. One in Arabic script is read as Kazakh, a note tells as which word, and its undo asks
// for it as it is written.
func (p *parser) terms(t analysis.Token) []string {
	all := p.s.terms(t)
	if !analysis.IsArabic(t.Form) {
		return all
	}
	spelled := analysis.Spellings(t.Form)[1:]
	if len(spelled) == 0 {
		return all
	}
	if p.q.NoRepair || keeps(p.q, t.Surface) {
		return all[:1]
	}
	meant := spelled[0]
	if p.s.Engine != nil && p.err == nil {
		// The likeliest that the index has; else the likeliest.
		words := make([][]string, len(spelled))
		for i, w := range spelled {
			words[i] = p.s.terms(analysis.Split(w)[0])
		}
		n, err := p.s.Engine.Frequencies(p.ctx, index.Articles, index.Any, words)
		if err != nil {
			p.err = err
		} else if i := slices.IndexFunc(n, func(n int) bool { return n > 0 }); i >= 0 {
			meant = spelled[i]
		}
	}
	p.tell(t.Surface, meant)
	return all
}

// scriptCode is that of the note on words in Arabic script: there is one for all.
const scriptCode = "script"

func (p *parser) tell(typed, meant string) {
	i := slices.IndexFunc(p.notes, func(n index.Note) bool { return n.Code == scriptCode })
	if i < 0 {
		p.notes = append(p.notes, index.Note{Code: scriptCode, Args: []string{typed, meant}, Undo: keeping(p.q, typed)})
		return
	}
	if args := p.notes[i].Args; !slices.Contains(strings.Fields(args[0]), typed) {
		args[0], args[1] = args[0]+" "+typed, args[1]+" "+meant
		p.notes[i].Undo = keeping(*p.notes[i].Undo, typed)
	}
}
