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

// wordsOf makes a part of each word of a run; what is joined without white space («ғылыми-техникалық») is one part,
// whose words must stand together. Names that we know are also looked for by their key.
func (p *parser) wordsOf(x lexeme, negated bool) []Part {
	toks := p.take(analysis.Split(x.text), x)
	if len(toks) == 0 {
		if p.words <= maxWords {
			p.repaired("note.empty", x)
		}
		return nil
	}
	clusters := cluster(x.text, toks)
	var out []Part
	named := p.named(toks, clusters, negated)
	for i := 0; i < len(clusters); i++ {
		if m, n := named.at(clusters, i); n > 0 {
			out = append(out, p.nameOf(x, toks, clusters[i:i+n], m))
			i += n - 1
			continue
		}
		out = append(out, p.wordOf(x, toks, clusters[i], negated))
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

// wordOf makes a part of one cluster. Initials («Л.Н.Гумилев») say less than the name and are dropped beside it.
func (p *parser) wordOf(x lexeme, toks []analysis.Token, c run, negated bool) Part {
	in := slices.Clone(toks[c.first:c.last])
	if len(in) > 1 {
		long := slices.DeleteFunc(slices.Clone(in), func(t analysis.Token) bool {
			return t.Kind == analysis.Word && utf8.RuneCountInString(t.Form) == 1
		})
		if len(long) > 0 {
			in = long
		}
	}
	part := Part{Start: x.start + toks[c.first].Start, End: x.start + toks[c.last-1].SuffixEnd}
	part.Text = p.q.Text[part.Start:part.End]
	if len(in) > 1 {
		part.Tree = phraseOf(part.Text, in, 0)
		return part
	}
	t := index.AnyTerm{Word: in[0].Surface, Terms: analysis.QueryTerms(in[0])}
	part.Tree = t
	if !negated && analysis.IsStop(in[0].Form) {
		part.Tree = index.Should{Of: t}
	}
	return part
}

// namedRuns are the names found in a run of words.
type namedRuns []names.Match

// named looks up names, unless the reader turned expansion off or excludes the word.
func (p *parser) named(toks []analysis.Token, _ []run, negated bool) namedRuns {
	if p.q.NoExpand || negated || p.s.Names == nil {
		return nil
	}
	return p.s.Names.Lookup(toks)
}

// at finds the name that begins with cluster i and how many clusters it takes; 0 where there is none.
func (n namedRuns) at(clusters []run, i int) (names.Match, int) {
	for _, m := range n {
		if m.First != clusters[i].first && !(m.First > clusters[i].first && m.First < clusters[i].last) {
			continue
		}
		for k := i; k < len(clusters); k++ {
			if clusters[k].last >= m.Last {
				return m, k - i + 1
			}
		}
	}
	return names.Match{}, 0
}

// nameOf makes a part that matches the words of a name as they are, or any mention of what it names.
func (p *parser) nameOf(x lexeme, toks []analysis.Token, cs []run, m names.Match) Part {
	var each []Part
	for _, c := range cs {
		each = append(each, p.wordOf(x, toks, c, false))
	}
	if m.Whole {
		for i := range each {
			each[i].Tree = latinAsWritten(each[i].Tree)
		}
	}
	asWords, _ := p.join(each, false)
	part := Part{Start: each[0].Start, End: each[len(each)-1].End}
	part.Text = p.q.Text[part.Start:part.End]
	alt := index.Or{asWords}
	note := index.Note{Code: "name", Args: []string{part.Text}}
	for _, k := range m.Keys {
		v := index.Value{Facet: string(m.Kind), Key: k}
		alt = append(alt, v)
		note.Values = append(note.Values, v)
	}
	part.Tree = alt
	undo := p.q
	undo.NoExpand, undo.Cursor = true, ""
	note.Undo = &undo
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
