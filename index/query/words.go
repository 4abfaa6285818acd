package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names"
	"kelisim/index"
)

func isSpace(r rune) bool { return unicode.IsSpace(r) }

// plain reads a run of words outside quotation marks.
func (p *parser) plain(x lexeme) []Part { return p.wordsOf(x, false) }

// soft reads «…»: words that writers put together, a name mostly.
func (p *parser) soft(x lexeme) []Part {
	_, size := utf8.DecodeRuneInString(p.q.Text[x.start:])
	in := lexeme{kind: words, text: x.text, start: x.start + size, end: x.start + size + len(x.text)}
	out := p.wordsOf(in, false)
	return append(out, p.sideBySide(in, analysis.Split(x.text))...)
}

// sideBySide lifts what has words that are joined in the query side by side.
func (p *parser) sideBySide(x lexeme, toks []analysis.Token) []Part {
	if len(toks) < 2 || len(toks) > maxWords {
		return nil
	}
	part := Part{Start: x.start + toks[0].Start, End: x.start + toks[len(toks)-1].SuffixEnd}
	part.Text = p.q.Text[part.Start:part.End]
	part.Tree = index.Should{Of: p.phraseOf(part.Text, toks, 0), Weight: p.w.BesideWeight}
	return []Part{part}
}

// wordsOf makes parts of the words of a run; what is joined without white space («ғылыми-техникалық») is worth more where it
// stands together. Where it is meant exactly only then. Names that we know are also looked for by their key.
func (p *parser) wordsOf(x lexeme, exact bool) []Part {
	toks := analysis.Split(x.text)
	clusters := cluster(x.text, toks)
	var out []Part
	named := p.named(x.text, toks, exact)
	for i := 0; i < len(clusters); i++ {
		if m, n := named.at(clusters, i); n > 0 {
			out = append(out, p.nameOf(x, toks, clusters[i:i+n], m))
			i += n - 1
			continue
		}
		in := told(toks[clusters[i].first:clusters[i].last])
		if exact {
			out = append(out, p.cluster(x, in))
			continue
		}
		for _, t := range in {
			out = append(out, p.wordOf(x, t))
		}
		out = append(out, p.sideBySide(x, in)...)
	}
	return out
}

type run struct{ first, last int } // tokens [first:last)

// cluster groups tokens that no white space parts.
func cluster(s string, toks []analysis.Token) []run {
	var out []run
	for i, t := range toks {
		if i > 0 && !strings.ContainsFunc(s[toks[i-1].SuffixEnd:t.Start], isSpace) {
			out[len(out)-1].last = i + 1
			continue
		}
		out = append(out, run{i, i + 1})
	}
	return out
}

// told are the words of a cluster that say something: initials («Л.Н.Гумилев») are dropped beside a name.
func told(toks []analysis.Token) []analysis.Token {
	if len(toks) == 1 {
		return toks
	}
	long := slices.DeleteFunc(slices.Clone(toks), func(t analysis.Token) bool {
		return t.Kind == analysis.Word && utf8.RuneCountInString(t.Form) == 1
	})
	if len(long) > 0 {
		return long
	}
	return toks
}

// wordOf makes a part of a word.
func (p *parser) wordOf(x lexeme, tok analysis.Token) Part {
	part := Part{Start: x.start + tok.Start, End: x.start + tok.SuffixEnd}
	part.Text = p.q.Text[part.Start:part.End]
	t := index.AnyTerm{Word: tok.Surface, Terms: p.terms(tok)}
	part.Tree = t
	if analysis.IsStop(tok.Form) {
		part.Tree = index.Should{Of: t, Weight: p.w.StopWeight}
	}
	return part
}

// cluster makes a part of a cluster as it stands.
func (p *parser) cluster(x lexeme, toks []analysis.Token) Part {
	start, end := toks[0].Start, toks[len(toks)-1].SuffixEnd
	return p.part(p.exactly(x.text[start:end], toks, 0), x.start+start, x.start+end)
}

// namedRuns are the names found in a run of words.
type namedRuns []names.Match

// named looks up names, unless the reader turned expansion off or means the words exactly.
func (p *parser) named(text string, toks []analysis.Token, exact bool) namedRuns {
	if p.q.NoExpand || exact || p.s.Names == nil {
		return nil
	}
	// A name whose words were taken as typed is none.
	return slices.DeleteFunc(slices.Clone(p.s.namesIn(text, toks)), func(m names.Match) bool {
		return !slices.ContainsFunc(toks[m.First:m.Last], func(t analysis.Token) bool { return !keeps(p.q, t.Form) })
	})
}

// at finds what the name that begins with cluster i may mean and how many clusters it takes; 0 where there is none.
func (n namedRuns) at(clusters []run, i int) ([]names.Match, int) {
	for j, m := range n {
		if m.First != clusters[i].first && !(m.First > clusters[i].first && m.First < clusters[i].last) {
			continue
		}
		for k := i; k < len(clusters); k++ {
			if clusters[k].last >= m.Last {
				same := j + 1
				for same < len(n) && n[same].First == m.First {
					same++
				}
				return n[j:same], k - i + 1
			}
		}
	}
	return nil, 0
}

// nameOf makes a part of the words of a name and mentions of what it names.
func (p *parser) nameOf(x lexeme, toks []analysis.Token, cs []run, ms []names.Match) Part {
	// An agreement is of its parties: a body that only its quote names is none.
	name := index.Name{Weight: p.w.NameWeight, Keyed: p.q.Tab == index.Agreements}
	var stops []index.Tree
	for _, t := range told(toks[cs[0].first:cs[len(cs)-1].last]) {
		tree := p.wordOf(x, t).Tree
		if stop, ok := tree.(index.Should); ok {
			stops = append(stops, stop.Of)
			continue
		}
		if ms[0].Whole {
			tree = latinAsWritten(tree)
		}
		name.Words = append(name.Words, tree)
	}
	if len(name.Words) == 0 {
		name.Words = stops
	}
	part := Part{Start: x.start + toks[cs[0].first].Start, End: x.start + toks[cs[len(cs)-1].last-1].SuffixEnd}
	part.Text = p.q.Text[part.Start:part.End]
	note := index.Note{Code: "name", Args: []string{part.Text}}
	for _, m := range ms {
		for _, k := range m.Keys {
			name.Keys = append(name.Keys, index.Value{Facet: string(m.Kind), Key: k})
		}
	}
	note.Values = name.Keys
	part.Tree = name
	note.Undo = keeping(p.q, part.Text)
	p.notes = append(p.notes, note)
	return part
}

// latinAsWritten keeps of a Latin word's terms those that read it as it is written. A name that we know is not Kazakh in
// Latin letters: AlmaU is a university, not «алма» with a suffix.
func latinAsWritten(t index.Tree) index.Tree {
	a, ok := t.(index.AnyTerm)
	if !ok || len(a.Terms) == 0 || strings.ContainsFunc(a.Terms[0], func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
		return t
	}
	a.Terms = slices.DeleteFunc(slices.Clone(a.Terms[1:]), func(k string) bool { return !strings.HasPrefix(k, "en:") })
	a.Terms = append([]string{t.(index.AnyTerm).Terms[0]}, a.Terms...)
	return a
}
