package agreements

import (
	"slices"
	"strings"
)

// readKind finds the document and what it is about between two tokens.
func (c *clause) readKind(first, last int) {
	s := c.s
	type found struct {
		at   int
		kind string
	}
	var kinds []found
	var documents []int
	kindsAt := map[int]string{}
	for i := first; i < last; i++ {
		if s.at[i] >= 0 && !s.sides[s.at[i]].stands() {
			continue
		}
		if h, ok := s.w.documents.find(s, i, last); ok {
			if h.value[0] != "-" {
				documents = append(documents, i)
				kindsAt[i] = h.value[0]
			}
			if c.document == "" || c.document == "-" && h.value[0] != "-" || c.q.lang == "kk" && h.value[0] != "-" {
				c.document, c.docAt = h.value[0], i
			}
		}
		if h, ok := s.w.kinds.find(s, i, last); ok && h.value[0] == "-" {
			i = h.last - 1
		} else if ok {
			k := found{i, h.value[0]}
			if len(h.value) > 1 {
				k.kind += "?" // a word that has this kind only where nothing else has
			}
			kinds = append(kinds, k)
			kindsAt[i] = k.kind
		}
	}
	if len(documents) > 1 {
		c.also = c.series(documents, kindsAt, first, last)
	}
	best := ""
	for _, k := range kinds {
		if c.document != "" && c.status != "in-force" {
			// What stands on the wrong side of the document is no topic of it: «филиалда меморандумға қол қойылды».
			if c.q.lang == "ru" && k.at < c.docAt-1 && c.docAt >= 0 && k.at > first && (s.forms[k.at-1] == "в" || s.forms[k.at-1] == "во" || s.forms[k.at-1] == "на") {
				continue
			}
		}
		if rank(k.kind) > rank(best) {
			best = k.kind
		}
	}
	c.kind = strings.TrimSuffix(best, "?")
}

// series gives the kinds of documents that stand in a row: each has the best kind of its own words, behind it in Russian
// and English, before it in Kazakh. nil where they are no row, or of one kind.
func (c *clause) series(documents []int, kindAt map[int]string, first, last int) []string {
	s := c.s
	var out []string
	for n, d := range documents {
		from, to := d, last
		if c.q.lang == "kk" {
			from, to = first, d+1
			if n > 0 {
				from = documents[n-1] + 1
			}
		} else if n+1 < len(documents) {
			to = documents[n+1]
		}
		if n > 0 && !s.rowed(documents[n-1], d, c.q.lang) {
			return nil
		}
		best := kindAt[d]
		for i := from; i < to; i++ {
			if k := kindAt[i]; i != d && rank(k) > rank(best) {
				best = k
			}
		}
		if best = strings.TrimSuffix(best, "?"); !slices.Contains(out, best) {
			out = append(out, best)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// rowed reports that document b goes on with the row that a begins.
func (s *scene) rowed(a, b int, lang string) bool {
	if s.names(a, b) {
		return false
	}
	joint := func(i int) bool {
		return conjunction(s.forms[i]) || strings.Contains(s.between[i-1], ",")
	}
	if lang == "kk" {
		return a+1 < b && joint(a+1) || a+1 == b && strings.Contains(s.between[a], ",")
	}
	for i := b; i > max(a, b-3); i-- {
		if conjunction(s.forms[i]) || strings.Contains(s.between[i-1], ",") {
			return true
		}
	}
	return false
}

// rank orders kinds that one clause names: the more specific wins; of equals the first.
func rank(kind string) int {
	switch kind {
	case "intergovernmental":
		return 9
	case "alliance":
		return 8
	case "branch", "double-degree":
		return 7
	case "joint-program":
		return 6
	case "joint-lab", "joint-center":
		return 5
	case "exchange":
		return 4
	case "joint-program?":
		return 3
	case "other":
		return 2
	}
	return 0
}
