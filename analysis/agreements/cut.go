package agreements

import (
	"slices"
	"strings"
)

// cuts are the tokens at which new clauses begin.
func (s *scene) cuts(q *sentence, finite []predicate) []int {
	var out []int
	if q.lang == "kk" {
		// «Былтыр B-мен келісім жасасқан A биыл C-мен …»: a participle before a name divides too.
		for j := q.first + 1; j < q.last; j++ {
			if s.at[j] >= 0 && s.at[j] != s.at[j-1] && !s.breaks(j-1) && s.participle(j-1, q) {
				out = append(out, j)
			}
		}
		// A Kazakh clause ends with its predicate.
		for i, p := range finite {
			if i == len(finite)-1 {
				break
			}
			out = append(out, p.last)
		}
		for j := q.first; j < q.last-1; j++ {
			if strings.ContainsAny(s.between[j], ";") || strings.Contains(s.between[j], ",") && (s.forms[j+1] == "ал" || s.forms[j+1] == "бірақ" || s.forms[j+1] == "алайда") {
				out = append(out, j+1)
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	for j := q.first; j < q.last-1; j++ {
		if strings.ContainsAny(s.between[j], ";") {
			out = append(out, j+1)
		}
	}
	if len(finite) > 0 {
		for j := q.first + 1; j < finite[0].first; j++ {
			// «A и B, которые подписали …» tells of A and B beside the news.
			if s.isRelative(j) && strings.Contains(s.between[j-1], ",") {
				out = append(out, j)
			}
		}
	}
	for i := 1; i < len(finite); i++ {
		if c := s.cut(q, finite[i-1].last, finite[i].first); c > 0 {
			out = append(out, c)
			// «…, который предусматривает обмен, и договорились открыть …» goes back to the first subject.
			if to := finite[i].first; s.isRelative(min(c, to)) && (s.forms[to-1] == "и" || s.forms[to-1] == "and") && to-1 > c {
				out = append(out, to-1)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// participle reports that a Kazakh verb of signing in -ған ends at token i: «келісім жасасқан», «қол қойған».
func (s *scene) participle(i int, q *sentence) bool {
	for j := max(q.first, i-3); j <= i; j++ {
		if h, ok := s.w.verbs.find(s, j, q.last); ok && h.last == i+1 && mood(h.verb) == "perfect" && (h.value[0] == "sign" || h.value[0] == "renew") {
			return true
		}
	}
	return false
}

// cut finds where a new clause begins between two predicates of a Russian or English sentence: at a strong
// conjunction, at a comma or «и» right before the second, or at the last comma; 0 where nothing divides them.
func (s *scene) cut(q *sentence, from, to int) int {
	strong, comma, and, relative := 0, 0, 0, 0
	for j := max(from, 1); j <= to; j++ {
		gap, w := s.between[j-1], s.forms[j]
		inSide := s.at[j] >= 0 && s.at[j] == s.at[j-1]
		if inSide || slices.ContainsFunc(q.groups, func(g *group) bool { return g.first < j && j < g.last }) {
			continue // a list of sides is not divided
		}
		isComma := strings.ContainsAny(gap, ",;:—–") && !s.paren[j]
		switch {
		case s.isRelative(j) && j < to:
			relative = j
			if j > from+1 && s.at[j-1] < 0 && strings.Contains(s.between[j-2], ",") && len(s.forms[j-1]) <= 4 {
				relative = j - 1 // «, в котором», «, по которому»
			}
		case isComma && (w == "а" && (j+1 > to || s.forms[j+1] != "также") || w == "но" || w == "однако" || w == "хотя" || w == "тогда" || w == "пока" || w == "but" || w == "while" || w == "though" || w == "although" || w == "whereas"):
			strong = j
		case strings.ContainsAny(gap, ":—–;"):
			strong = j
		case isComma:
			comma = j
		case w == "и" || w == "and":
			and = j
		}
	}
	switch {
	case relative > strong:
		return relative
	case strong > 0:
		return strong
	case and > 0 && to-and <= 3:
		return and
	case comma > 0:
		return comma
	case and > 0 && s.at[and-1] < 0:
		return and
	}
	return 0
}

// shareOut divides an enumeration under one predicate: «A мен B арасындағы меморандум, C мен D арасындағы келісім
// қабылданды», «между A и B, а также между C и D». The members share the predicate.
func (s *scene) shareOut(q *sentence, cs []*clause) []*clause {
	var out []*clause
	for _, c := range cs {
		var starts []int
		var before *group
		for _, g := range q.groups {
			if g.first < c.first || g.first >= c.last {
				continue
			}
			if before != nil && g.role == before.role && (g.role == between || g.role == of && len(g.sides) > 1 || g.role == with && s.documentBetween(before, g, c)) {
				if at := s.comma(before.last, g.first); at > 0 {
					starts = append(starts, at)
				}
			}
			if g.role == subject && len(g.sides) <= 2 && (s.gapped(g.sides[len(g.sides)-1]) || s.topicked(g.sides[len(g.sides)-1], q)) && g.first > c.first && s.names(c.first, g.first) {
				starts = append(starts, g.first)
				before = nil
				continue
			}
			if g.role == between || g.role == with || g.role == of && len(g.sides) > 1 {
				before = g
			}
		}
		if len(starts) == 0 {
			out = append(out, c)
			continue
		}
		first := c.first
		whole := *c
		for _, at := range append(starts, c.last) {
			part := whole
			part.first, part.last = first, at
			part.document, part.kind, part.docAt, part.also = "", "", -1, nil
			part.readKind(first, at)
			if part.document == "" && part.kind == "" {
				part.document, part.kind = whole.document, whole.kind
			} else if part.document == "" {
				part.document = "-"
			}
			part.inherited = first != c.first
			out = append(out, &part)
			first = at
		}
	}
	return out
}

func (s *scene) documentBetween(a, b *group, c *clause) bool {
	for i := a.last; i < b.first; i++ {
		if h, ok := s.w.documents.find(s, i, b.first); ok && h.value[0] != "" {
			return true
		}
		if h, ok := s.w.kinds.find(s, i, b.first); ok && c.q.lang == "kk" && h.value[0] != "-" && len(h.value) == 1 {
			return true // «A-мен қос диплом туралы, B-мен студент алмасу туралы келісімдер»
		}
	}
	return false
}

// comma is the token after the last comma, semicolon or conjunction between two tokens.
func (s *scene) comma(from, to int) int {
	for j := to; j >= from && j > 0; j-- {
		if strings.ContainsAny(s.between[j-1], ",;") || conjunction(s.forms[j]) {
			return j
		}
	}
	return 0
}

// isRelative reports words that begin a clause about what stands before them.
func (s *scene) isRelative(i int) bool {
	switch w := s.forms[i]; w {
	case "which", "who", "that", "whose", "чей", "чья", "чье", "чьи":
		return true
	default:
		return strings.HasPrefix(w, "котор")
	}
}
