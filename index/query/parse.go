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

	text string
}

// String is the query's text with its faults mended: it is understood as the same tree and selection, without such notes.
func (u Understood) String() string { return u.text }

// Part is one part of a query that must match, and where it stands in the text.
type Part struct {
	Tree       index.Tree
	Text       string
	Start, End int
}

// parser turns lexemes into a tree.
type parser struct {
	s      *Searcher
	ctx    context.Context
	q      index.Query
	w      index.Weights
	lex    []lexeme
	strict bool // every part is asked for
	title  bool // words are looked for in titles only
	i      int
	sel    index.Selection
	notes  []index.Note
	err    error // the engine's, the first
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
	u, err := s.understand(ctx, q, read(q.Text, s.hasValue))
	u.Notes = append(notes, u.Notes...)
	for i, n := range u.Notes {
		if n.Undo != nil && (n.Undo.NoRepair && !asTyped.NoRepair || len(n.Undo.Keep) > len(asTyped.Keep)) {
			undo := *n.Undo
			undo.Text = asTyped.Text
			u.Notes[i].Undo = &undo
		}
	}
	return u, err
}

func (s *Searcher) understand(ctx context.Context, q index.Query, in reading) (Understood, error) {
	p := &parser{s: s, ctx: ctx, q: q, w: s.weights(), lex: in.lex, sel: q.Selection}
	p.strict = q.Match == "all" || in.strict()
	for _, n := range in.notes {
		undo := q
		undo.Text, undo.Cursor = n.Undo.Text, ""
		n.Undo = &undo
		p.notes = append(p.notes, n)
	}
	var parts []Part
	for p.i < len(p.lex) {
		parts = append(parts, p.sequence(true)...)
		p.i++ // a closing bracket that closes nothing, of a query that has too many faults to mend
	}
	u := Understood{Query: q, Selection: p.sel, Match: q.Match, Words: parts, text: in.String()}
	if !slices.ContainsFunc(in.lex, literal) {
		p.translate(parts)
	}
	if p.strict {
		u.Match, u.Tree = "all", p.all(parts)
	} else {
		if s.Engine != nil && !q.NoRepair && p.err == nil {
			p.err = p.widen(ctx, parts)
		}
		u.Tree = p.enough(parts)
	}
	u.Notes = p.notes
	return u, p.err
}

// unquoted reads the phrases of a query as words; ok is false where it has none, or has other operators.
func (s *Searcher) unquoted(ctx context.Context, q index.Query) (u Understood, ok bool, err error) {
	in := read(q.Text, s.hasValue)
	for i, x := range in.lex {
		if operates(x) && (x.kind != quoted || x.slop > 0) {
			return u, false, nil
		}
		if x.kind == quoted {
			in.lex[i].soft, ok = true, true
		}
	}
	if !ok || q.Match == "all" {
		return u, false, nil
	}
	in.notes = nil
	u, err = s.understand(ctx, q, in)
	return u, true, err
}

// without is the query whose text lacks the bytes from start to end.
func (p *parser) without(start, end int) *index.Query {
	q := p.q
	q.Text, q.Cursor = cut(q.Text, start, end), ""
	return &q
}

// part makes a part of what stands from start to end.
func (p *parser) part(t index.Tree, start, end int) Part {
	end = min(end, len(p.q.Text)) // behind it stands what was added
	return Part{Tree: t, Text: p.q.Text[start:end], Start: start, End: end}
}

// sequence reads parts up to a closing bracket or the end. Operators bind the two parts beside them only, as people expect of
// «a OR b c»: (a or b) and c; and /s binds tighter than OR.
func (p *parser) sequence(top bool) []Part {
	var parts []Part
	for p.i < len(p.lex) && p.lex[p.i].kind != shut {
		x := p.lex[p.i]
		switch x.kind {
		case and:
			p.i++
		case or:
			p.i++
			got := p.beside(p.operand(top))
			if len(parts) > 0 && len(got) > 0 {
				last := &parts[len(parts)-1]
				*last = p.part(alternatives(last.Tree, got[0].Tree), last.Start, max(last.End, got[0].End))
				got = got[1:]
			}
			parts = append(parts, got...)
		default:
			parts = append(parts, p.beside(p.operand(top))...)
		}
	}
	return parts
}

// beside joins the last of parts with what stands behind /s.
func (p *parser) beside(parts []Part) []Part {
	for p.i < len(p.lex) && p.lex[p.i].kind == near && len(parts) > 0 {
		p.i++
		got := p.operand(false)
		if len(got) == 0 {
			continue
		}
		last := &parts[len(parts)-1]
		p.notes = slices.DeleteFunc(p.notes, func(n index.Note) bool { // of a sentence the words are asked for, no mention
			return n.Code == "name" && (n.Args[0] == last.Text || n.Args[0] == got[0].Text)
		})
		t := index.Sentence{Of: append(together(last.Tree), together(got[0].Tree)...)}
		*last = p.part(t, last.Start, max(last.End, got[0].End))
		parts = append(parts, got[1:]...)
	}
	return parts
}

// together are the phrases and words that a part asks of one sentence.
func together(t index.Tree) []index.Phrase {
	switch t := t.(type) {
	case index.AnyTerm:
		return []index.Phrase{{Text: t.Word, Slots: [][]string{t.Terms}}}
	case index.Phrase:
		return []index.Phrase{t}
	case index.Sentence:
		return t.Of
	case index.Should:
		return together(t.Of)
	case index.Name:
		var out []index.Phrase
		for _, w := range t.Words {
			out = append(out, together(w)...)
		}
		return out
	case index.Or:
		one := index.Phrase{Slots: [][]string{nil}}
		for _, c := range t {
			for _, ph := range together(c) {
				one.Text = strings.TrimSpace(one.Text + " " + ph.Text)
				one.Slots[0] = append(one.Slots[0], ph.Slots[0]...)
			}
		}
		return []index.Phrase{one}
	}
	return nil
}

func alternatives(a, b index.Tree) index.Tree {
	if o, ok := a.(index.Or); ok {
		return append(o[:len(o):len(o)], b)
	}
	return index.Or{a, b}
}

// operand reads one thing that can be asked for; a run of words gives several.
func (p *parser) operand(top bool) []Part {
	if p.i >= len(p.lex) {
		return nil
	}
	x := p.lex[p.i]
	if x.kind == shut {
		return nil
	}
	p.i++
	switch x.kind {
	case words:
		if p.title {
			return p.wordsOf(x, true)
		}
		return p.plain(x)
	case quoted:
		if x.soft && !p.title && !(p.i < len(p.lex) && p.lex[p.i].kind == near) && !(p.i > 1 && p.lex[p.i-2].kind == near) {
			return p.soft(x)
		}
		return p.phrase(x)
	case prefix:
		return p.prefix(x)
	case field:
		return p.field(x, top && !p.joined(p.i-1))
	case not:
		return p.unary(x, func() []Part {
			if p.i < len(p.lex) && p.lex[p.i].kind == field {
				f := p.lex[p.i]
				p.i++
				f.text, f.start = "-"+strings.TrimPrefix(f.text, "-"), x.start
				return p.field(f, top && !p.joined(p.i-1))
			}
			if p.i < len(p.lex) && p.lex[p.i].kind == words {
				w := p.lex[p.i]
				p.i++
				return p.negate(x, p.wordsOf(w, true))
			}
			if p.i < len(p.lex) {
				p.lex[p.i].soft = false
			}
			return p.negate(x, p.operand(false))
		})
	case scope:
		return p.unary(x, func() []Part {
			outer := p.title
			p.title = true
			got := p.operand(false)
			p.title = outer
			if len(got) == 0 {
				return nil
			}
			end := got[len(got)-1].End
			if len(got) == 1 {
				return []Part{p.part(got[0].Tree, x.start, end)}
			}
			return []Part{p.part(p.all(got), x.start, end)}
		})
	case open:
		return p.group(x)
	}
	return nil
}

// unary lets a minus or a field hold for what stands behind it: of a run of words for the first.
func (p *parser) unary(x lexeme, do func() []Part) []Part {
	if p.i < len(p.lex) && p.lex[p.i].kind == words {
		next := p.lex[p.i]
		if end := strings.IndexFunc(next.text, isSpace); end > 0 {
			first, rest := next, next
			first.text, first.end = next.text[:end], next.start+end
			rest.text = strings.TrimLeftFunc(next.text[end:], isSpace)
			rest.start = next.end - len(rest.text)
			p.lex = slices.Concat(p.lex[:p.i:p.i], []lexeme{first, rest}, p.lex[p.i+1:])
		}
	}
	return do()
}

func (p *parser) negate(minus lexeme, of []Part) []Part {
	if len(of) == 0 {
		return nil
	}
	return []Part{p.part(index.Not{Of: p.all(of)}, minus.start, of[len(of)-1].End)}
}

func (p *parser) group(opening lexeme) []Part {
	parts := p.sequence(false)
	end := len(p.q.Text)
	if p.i < len(p.lex) {
		end = p.lex[p.i].end
		p.i++ // the closing bracket
	}
	if len(parts) == 0 {
		return nil
	}
	if !p.strict {
		return parts
	}
	return []Part{p.part(p.all(parts), opening.start, end)}
}

// phrase reads what stands between quotation marks: every word is asked for, stop words too.
func (p *parser) phrase(x lexeme) []Part {
	toks := analysis.Split(x.text)
	if len(toks) == 0 {
		return nil
	}
	return []Part{p.part(p.exactly(x.text, toks, x.slop), x.start, x.end)}
}

// exactly asks for words as they stand side by side.
func (p *parser) exactly(text string, toks []analysis.Token, slop int) index.Tree {
	if len(toks) == 1 {
		return index.AnyTerm{Word: toks[0].Surface, Terms: p.terms(toks[0]), Title: p.title}
	}
	t := p.phraseOf(text, toks, slop)
	t.Title = p.title
	return t
}

func (p *parser) phraseOf(text string, toks []analysis.Token, slop int) index.Phrase {
	slots := make([][]string, len(toks))
	for i, t := range toks {
		slots[i] = p.terms(t)
	}
	return index.Phrase{Text: strings.Join(strings.Fields(text), " "), Slots: slots, Slop: slop}
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
	// Of a sentence hardly an article has all words, and one that does is not always what was meant. Agreements are counted.
	mixed := float64(len(must)) > p.w.FullFirst && p.q.Tab != index.Agreements
	return index.Enough{Share: p.w.Share, Of: append(must, rest...), Loose: p.q.Match == "most", Mixed: mixed}
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
