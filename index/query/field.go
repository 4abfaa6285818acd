package query

import (
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/names"
	"kelisim/index"
)

// field reads «name:value». At the top level it is a choice in a facet, as if it had been clicked, so that a kind and
// an institution must hold in one agreement; inside brackets it is a part like any other.
func (p *parser) field(x lexeme, top bool) []Part {
	value := strings.TrimPrefix(x.text, "-")
	minus := value != x.text
	if value == "" {
		p.repaired("note.field", x)
		return nil
	}
	if x.name == "date" {
		return p.dateField(x, value, minus)
	}
	keys := p.keys(x.name, value)
	if len(keys) == 0 {
		p.repaired("note.field", x)
		return nil
	}
	if top {
		for _, k := range keys {
			p.sel = p.sel.With(x.name, signed(k, minus))
		}
		return nil
	}
	var alt index.Or
	for _, k := range keys {
		alt = append(alt, index.Value{Facet: x.name, Key: k})
	}
	part := Part{Text: p.q.Text[x.start:x.end], Start: x.start, End: x.end, Tree: alt}
	if len(alt) == 1 {
		part.Tree = alt[0]
	}
	if minus {
		part.Tree = index.Not{Of: part.Tree}
	}
	return []Part{part}
}

// dateField reads a day, a month, a year, two of them joined by «..», or «undated». What is excluded is one of them, but
// no range: a selection has no word for that.
func (p *parser) dateField(x lexeme, value string, minus bool) []Part {
	if value == index.UndatedKey {
		p.sel = p.sel.With(x.name, signed(value, minus))
		return nil
	}
	from, to, isRange := strings.Cut(value, "..")
	if !isRange {
		to = from
	}
	a, err := index.ParseDate(from)
	b, err2 := index.ParseDate(to)
	if err != nil || err2 != nil || a.IsZero() && b.IsZero() {
		p.repaired("note.field", x)
		return nil
	}
	switch {
	case !minus:
		p.sel = p.sel.WithRange(a, b)
	case isRange:
		p.repaired("note.field", x)
	default:
		p.sel = p.sel.With(x.name, signed(value, minus))
	}
	return nil
}

// signed is a value as Selection.With takes it.
func signed(value string, minus bool) string {
	if minus {
		return "-" + value
	}
	return value
}

// keys are the values of a facet that a typed value may mean: a name in any language, or the key itself.
func (p *parser) keys(facet, value string) []string {
	if p.s.Names != nil && (facet == string(names.Country) || facet == string(names.Institution)) {
		toks := analysis.Split(value)
		for _, m := range p.s.Names.Lookup(toks) {
			if string(m.Kind) == facet && m.First == 0 && m.Last == len(toks) {
				return m.Keys
			}
		}
		if facet == string(names.Country) {
			return []string{strings.ToUpper(value)}
		}
	}
	return []string{value}
}
