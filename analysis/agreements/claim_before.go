package agreements

import "kelisim/analysis"

// countedBefore finds what a bare number counts before it: «келісімдердің саны 9-ға жеткен», «число партнёров превысило сто»,
// «Прямых договоров между вузами уже 45».
func (s *sum) countedBefore(n quantity) (thing, bool) {
	reach := n.whole.last > n.last // «жетпістен асты»
	if !reach && !s.closed(n.last-1) {
		class, _ := s.class(n.last)
		if reach = class == "reach"; !reach {
			return thing{}, false
		}
	}
	comma := false
	for j := n.whole.first - 1; j >= max(s.first, n.whole.first-14); j-- {
		if comma = comma || s.breaks(j); comma && s.tokens[j].Kind == analysis.Number {
			break // it has taken what stands before it
		}
		class, last := s.class(j)
		switch {
		case class == "count":
			return s.numbered(j, last, n)
		case !isThing(class) || class == "programme" || class == "double":
		case s.lang == analysis.KK && reach && last >= n.whole.first-1,
			s.lang == analysis.RU && ends(s.forms[last-1], s.w.many) != "" && (s.opens(j) || s.bare(last, n.whole.first)):
			return s.owned(s.chained(thing{kind: class, first: j, last: last, head: last - 1})), true
		}
	}
	return thing{}, false
}

// chained goes from the owner back to what it owns: «филиалов зарубежных вузов – 33».
func (s *sum) chained(t thing) thing {
	for k := t.first - 1; k >= s.first && s.lang == analysis.RU && t.kind == "university" && !s.breaks(k); k-- {
		if class, last := s.class(k); isThing(class) && ends(s.forms[k], s.w.many) != "" {
			return thing{kind: class, first: k, last: last, head: k}
		}
		if !s.modifies(k, 5) {
			break
		}
	}
	return t
}

// numbered finds what a count noun at [j, last) counts: «филиалдар саны» before it, «число партнёров» behind it; «олардың саны»
// and «их число» count what was named last, at most 40 words ago.
func (s *sum) numbered(j, last int, n quantity) (thing, bool) {
	step := func(k int) (thing, bool) {
		class, end := s.class(k)
		return thing{kind: class, first: k, last: end, head: end - 1}, isThing(class) && class != "programme" && class != "double"
	}
	if j > s.first && s.w.small[s.forms[j-1]] == "they" {
		for k := j - 2; k >= max(0, s.first-40); k-- {
			if t, ok := step(k); ok {
				return thing{kind: t.kind, first: j - 1, last: last, head: last - 1, they: true}, true
			}
		}
		return thing{}, false
	}
	if s.lang == analysis.KK {
		for k := j; k >= max(s.first, j-3); k-- {
			if t, ok := step(k); ok {
				return t, true
			}
		}
		return thing{}, false
	}
	for k := last; k < min(last+4, n.whole.first); k++ {
		if t, ok := step(k); ok {
			return s.owned(t), true
		}
		if !s.modifies(k, 5) {
			break
		}
	}
	return thing{}, false
}

// bare reports that nothing but «уже», «заключено», «стало» or a dash stands between a thing and its number.
func (s *sum) bare(i, end int) bool {
	for ; i < end; i++ {
		switch class, _ := s.class(i); class {
		case "modifier", "works", "sign", "reach":
		default:
			return false
		}
	}
	return true
}

// opens reports that nothing but adjectives stands before a noun in its clause.
func (s *sum) opens(j int) bool {
	for k := j - 1; k >= s.first && !s.breaks(k); k-- {
		if class, _ := s.class(k); class != "modifier" && !s.modifies(k, 5) {
			return false
		}
	}
	return true
}
