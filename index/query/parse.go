package query

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/index"
)

const (
	maxSlop  = 50 // words: more is no longer a phrase
	maxDepth = 20 // brackets
	maxWords = 64 // words of a query that are looked up; the rest is left out with a note
)

// Understood is what was understood of a query's text.
type Understood struct {
	Query     index.Query     // as it was read: with another text where that was mended
	Tree      index.Tree      // nil where nothing is asked of the words
	Selection index.Selection // the query's own, with what fields in its text add
	Match     string          // "all" where every part is asked for, "most" where whatever has enough counts, else ""
	Words     []Part          // the top level's parts, for saying which of them found nothing
	Notes     []index.Note
}

// Part is one part of a query that must match, and where it stands in the text.
type Part struct {
	Tree       index.Tree
	Text       string
	Start, End int
}

// parser turns lexemes into a tree. Every fault of syntax is mended and told in a note.
type parser struct {
	s      *Searcher
	q      index.Query
	w      index.Weights
	lex    []lexeme
	strict bool // every part is asked for
	i      int
	words  int
	depth  int
	sel    index.Selection
	notes  []index.Note
}

// Understand parses a query and reads its words by those of the index: what was struck on another layout is mended, a word
// that the index lacks is replaced by the one most like it, and others that are like a word stand for a part of it. It never
// fails on a query: what cannot be read is repaired, and a note says so; an error is the engine's.
func (s *Searcher) Understand(ctx context.Context, q index.Query) (Understood, error) {
	var notes []index.Note
	asTyped := q
	if s.Engine != nil && !q.NoRepair {
		var err error
		if q, notes, err = s.retyped(ctx, q); err != nil {
			return Understood{}, fmt.Errorf("read query: %w", err)
		}
	}
	u, err := s.understand(ctx, q, lex(q.Text))
	u.Notes = append(notes, u.Notes...)
	for i, n := range u.Notes {
		if n.Undo != nil && n.Undo.NoRepair && !asTyped.NoRepair {
			undo := *n.Undo
			undo.Text = asTyped.Text
			u.Notes[i].Undo = &undo
		}
	}
	return u, err
}

func (s *Searcher) understand(ctx context.Context, q index.Query, in []lexeme) (Understood, error) {
	p := &parser{s: s, q: q, w: s.weights(), lex: in, sel: q.Selection}
	p.strict = q.Match == "all" || slices.ContainsFunc(p.lex, operates)
	parts := p.sequence(true)
	for p.i < len(p.lex) { // a closing bracket that closes nothing
		p.repaired("note.bracket", p.lex[p.i])
		p.i++
		parts = append(parts, p.sequence(true)...)
	}
	u := Understood{Query: q, Selection: p.sel, Match: q.Match, Words: parts}
	var err error
	if p.strict {
		u.Match, u.Tree = "all", p.all(parts)
	} else {
		p.translate(parts)
		if s.Engine != nil && !q.NoRepair {
			err = p.widen(ctx, parts)
		}
		u.Tree = p.enough(parts)
	}
	u.Notes = p.notes
	return u, err
}

// operates reports whether a lexeme says how the query is to be read: whoever writes so means it. Brackets alone stand in
// plain sentences too, and «&» in names.
func operates(x lexeme) bool {
	switch x.kind {
	case words, open, shut:
		return false
	case and:
		return len(x.text) > len("&&")
	}
	return !x.soft
}

// unquoted reads the phrases of a query as words; ok is false where it has none, or has other operators.
func (s *Searcher) unquoted(ctx context.Context, q index.Query) (u Understood, ok bool, err error) {
	in := lex(q.Text)
	for i, x := range in {
		if operates(x) && (x.kind != quoted || x.slop > 0) {
			return u, false, nil
		}
		if x.kind == quoted {
			in[i].soft, ok = true, true
		}
	}
	if !ok || q.Match == "all" {
		return u, false, nil
	}
	u, err = s.understand(ctx, q, in)
	return u, true, err
}

// without is the query whose text lacks the bytes from start to end.
func (p *parser) without(start, end int) *index.Query {
	q := p.q
	q.Text = strings.Join(strings.Fields(q.Text[:start]+" "+q.Text[end:]), " ")
	q.Cursor = ""
	return &q
}

func (p *parser) repaired(code string, x lexeme) {
	p.notes = append(p.notes, index.Note{
		Code: strings.TrimPrefix(code, "note."), Args: []string{p.q.Text[x.start:x.end]}, Undo: p.without(x.start, x.end),
	})
}

// sequence reads parts up to a closing bracket or the end: alternatives joined by OR bind tighter than juxtaposition
// only between their two neighbours, as people expect of «a OR b c»: (a or b) and c.
func (p *parser) sequence(top bool) []Part {
	var parts []Part
	pendingOr := -1 // the lexeme OR that waits for its right side
	for p.i < len(p.lex) {
		x := p.lex[p.i]
		switch x.kind {
		case shut:
			if pendingOr >= 0 {
				p.repaired("note.operator", p.lex[pendingOr])
			}
			return parts
		case and:
			p.i++
		case or:
			if len(parts) == 0 || pendingOr >= 0 {
				p.repaired("note.operator", x)
			} else {
				pendingOr = p.i
			}
			p.i++
		default:
			got := p.operand(top)
			if len(got) == 0 {
				continue
			}
			if pendingOr >= 0 {
				last := &parts[len(parts)-1]
				right := got[0]
				last.Tree = alternatives(last.Tree, right.Tree)
				last.Text, last.End = p.q.Text[last.Start:right.End], right.End
				got = got[1:]
				pendingOr = -1
			}
			parts = append(parts, got...)
		}
	}
	if pendingOr >= 0 {
		p.repaired("note.operator", p.lex[pendingOr])
	}
	return parts
}

func alternatives(a, b index.Tree) index.Tree {
	if o, ok := a.(index.Or); ok {
		return append(o[:len(o):len(o)], b)
	}
	return index.Or{a, b}
}

// operand reads one thing that can be asked for; a run of words gives several.
func (p *parser) operand(top bool) []Part {
	x := p.lex[p.i]
	p.i++
	switch x.kind {
	case words:
		return p.plain(x)
	case quoted:
		if x.unclosed {
			p.repaired("note.quote", lexeme{start: x.start, end: x.start + len(p.q.Text[x.start:x.end]) - len(x.text)})
		}
		if x.soft {
			return p.soft(x)
		}
		return p.phrase(x)
	case field:
		return p.field(x, top)
	case not:
		return p.negated(x)
	case open:
		return p.group(x)
	}
	return nil
}

func (p *parser) negated(minus lexeme) []Part {
	if p.i >= len(p.lex) || p.lex[p.i].kind == or || p.lex[p.i].kind == shut || p.lex[p.i].kind == and {
		p.repaired("note.operator", minus)
		return nil
	}
	if next := &p.lex[p.i]; next.kind == words {
		// The minus binds to the first word of the run only.
		if end := strings.IndexFunc(next.text, isSpace); end > 0 {
			first := lexeme{kind: words, text: next.text[:end], start: next.start, end: next.start + end}
			rest := strings.TrimLeftFunc(next.text[end:], isSpace)
			next.start, next.text = next.end-len(rest), rest
			return p.negate(minus, p.wordsOf(first, true))
		}
	}
	if p.lex[p.i].kind == field {
		x := p.lex[p.i]
		p.i++
		x.text = "-" + strings.TrimPrefix(x.text, "-")
		return p.field(x, true)
	}
	if p.lex[p.i].kind == words {
		x := p.lex[p.i]
		p.i++
		return p.negate(minus, p.wordsOf(x, true))
	}
	p.lex[p.i].soft = false
	return p.negate(minus, p.operand(false))
}

func (p *parser) negate(minus lexeme, of []Part) []Part {
	if len(of) == 0 {
		return nil
	}
	end := of[len(of)-1].End
	return []Part{{Tree: index.Not{Of: p.all(of)}, Text: p.q.Text[minus.start:end], Start: minus.start, End: end}}
}

func (p *parser) group(opening lexeme) []Part {
	if p.depth++; p.depth > maxDepth {
		p.depth--
		p.repaired("note.bracket", opening)
		return nil
	}
	parts := p.sequence(false)
	p.depth--
	if p.i < len(p.lex) {
		p.i++ // the closing bracket
	} else {
		p.repaired("note.bracket", opening)
	}
	if len(parts) == 0 {
		return nil
	}
	if !p.strict {
		return parts
	}
	end := parts[len(parts)-1].End
	return []Part{{Tree: p.all(parts), Text: p.q.Text[opening.start:end], Start: opening.start, End: end}}
}

// phrase reads what stands between quotation marks: every word is asked for, stop words too.
func (p *parser) phrase(x lexeme) []Part {
	toks := p.take(analysis.Split(x.text), x)
	if len(toks) == 0 {
		p.repaired("note.empty", x)
		return nil
	}
	var t index.Tree
	if len(toks) == 1 {
		t = index.AnyTerm{Word: toks[0].Surface, Terms: analysis.QueryTerms(toks[0])}
	} else {
		t = phraseOf(x.text, toks, x.slop)
	}
	return []Part{{Tree: t, Text: p.q.Text[x.start:x.end], Start: x.start, End: x.end}}
}

func phraseOf(text string, toks []analysis.Token, slop int) index.Phrase {
	slots := make([][]string, len(toks))
	for i, t := range toks {
		slots[i] = analysis.QueryTerms(t)
	}
	return index.Phrase{Text: strings.Join(strings.Fields(text), " "), Slots: slots, Slop: slop}
}

// take cuts tokens at the limit of a query and says so once.
func (p *parser) take(toks []analysis.Token, x lexeme) []analysis.Token {
	room := maxWords - p.words
	if len(toks) > room {
		if room > 0 || p.words == maxWords {
			cut := max(room, 0)
			p.notes = append(p.notes, index.Note{Code: "long", Args: []string{toks[cut].Surface}})
			p.words = maxWords + 1
		}
		return toks[:max(room, 0)]
	}
	p.words += len(toks)
	return toks
}

// all makes a tree that asks for every part. Stop words are optional unless nothing else is asked for.
func (p *parser) all(parts []Part) index.Tree {
	must, rest := demanded(parts)
	out := append(must, rest...)
	switch len(out) {
	case 0:
		return nil
	case 1:
		return out[0]
	}
	return index.And(out)
}

// enough makes a tree that asks for a share of the parts.
func (p *parser) enough(parts []Part) index.Tree {
	must, rest := demanded(parts)
	if len(must) == 0 {
		return p.all(parts)
	}
	if w, ok := must[0].(index.AnyTerm); ok && len(parts) == 1 && len(w.Near) == 0 {
		return w
	}
	return index.Enough{Share: p.w.Share, Of: append(must, rest...), Loose: p.q.Match == "most"}
}

// demanded parts what has to be there from what lifts or excludes. Stop words have to where nothing else does.
func demanded(parts []Part) (must, rest []index.Tree) {
	var stops, lifts []index.Tree
	for _, x := range parts {
		switch t := x.Tree.(type) {
		case index.Should:
			if _, ok := t.Of.(index.AnyTerm); ok {
				stops = append(stops, t.Of)
			}
			lifts = append(lifts, t)
		case index.Not:
			rest = append(rest, t)
		default:
			must = append(must, t)
		}
	}
	if len(must) == 0 {
		return stops, rest
	}
	return must, append(rest, lifts...)
}
