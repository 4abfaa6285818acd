package query

import (
	"strings"

	"kelisim/index"
)

const dateField = "date"

// field reads «name:value». At the top level it is a choice in a facet, as if it had been clicked, so that a kind and
// an institution must hold in one agreement, and a count beside a value is what choosing it would give; a note says so, and
// its undo takes it out of the text. Inside brackets, beside OR, or where AND joins two values of one facet it is a part like
// any other: a selection has no words for that. A date is always a choice.
func (p *parser) field(x lexeme, top bool) []Part {
	value := strings.TrimPrefix(x.text, "-")
	minus := value != x.text
	if x.name == dateField {
		p.dateField(x, value, minus)
		return nil
	}
	keys := p.s.valuesOf(x.name, value)
	if len(keys) == 0 {
		return nil
	}
	var alt index.Or
	note := index.Note{Code: "filter", Args: []string{p.typed(x)}, Undo: p.without(x.start, x.end)}
	for _, k := range keys {
		if top {
			p.sel = p.sel.With(x.name, signed(k, minus))
		}
		v := index.Value{Facet: x.name, Key: k}
		alt, note.Values = append(alt, v), append(note.Values, v)
	}
	if top {
		p.notes = append(p.notes, note)
		return nil
	}
	part := p.part(alt, x.start, x.end)
	if len(alt) == 1 {
		part.Tree = alt[0]
	}
	if minus {
		part.Tree = index.Not{Of: part.Tree}
	}
	return []Part{part}
}

// joined reports whether the field at i stands beside OR, or beside AND with another of its facet.
func (p *parser) joined(i int) bool {
	before, behind := lexeme{}, lexeme{}
	first := i
	for first > 0 && p.lex[first-1].kind == not {
		first--
	}
	if first > 0 {
		before = p.lex[first-1]
	}
	if i+1 < len(p.lex) {
		behind = p.lex[i+1]
	}
	if before.kind == or || behind.kind == or {
		return true
	}
	same := 0
	for _, x := range p.lex {
		if x.kind == field && x.name == p.lex[i].name {
			same++
		}
	}
	return same > 1 && (before.kind == and || behind.kind == and)
}

// dateField reads a day, a month, a year, two of them joined by «..», or «undated». A second one is another that will do.
// What is excluded is one of them, but no range: a selection has no word for that.
func (p *parser) dateField(x lexeme, value string, minus bool) {
	note := index.Note{Code: "filter.date", Args: []string{p.typed(x)}, Undo: p.without(x.start, x.end)}
	from, to, isRange := rangeOf(value)
	if isRange && minus {
		note.Code = "field"
	}
	if !isRange {
		keys := p.s.valuesOf(dateField, value)
		if len(keys) == 0 {
			return
		}
		value = keys[0]
		from, _ = index.ParseDate(value)
		to = from
	}
	ranged := !p.sel.From.IsZero() || !p.sel.To.IsZero()
	switch {
	case note.Code == "field":
	case isRange && ranged:
		note.Code = "field" // two ranges are more than a selection can say
	case isRange, !minus && value != index.UndatedKey && !ranged && len(p.sel.Include[dateField]) == 0:
		p.sel = p.sel.WithRange(from, to)
	default:
		p.sel = p.sel.With(dateField, signed(value, minus))
	}
	p.notes = append(p.notes, note)
}

// typed is what stands in the text at a lexeme.
func (p *parser) typed(x lexeme) string { return p.q.Text[x.start:min(x.end, len(p.q.Text))] }

// signed is a value as Selection.With takes it.
func signed(value string, minus bool) string {
	if minus {
		return "-" + value
	}
	return value
}
