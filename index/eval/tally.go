package eval

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// binding are the statuses of what holds now.
var binding = setOf("signed", "in-force", "agreed")

// tally scores docs; a document without a prediction counts as an empty one.
func tally(name string, docs []*doc, predictions map[string]Prediction) *Score {
	s := newScore(name)
	s.Docs = len(docs)
	for _, d := range docs {
		t := scorer{s, d}
		p := predictions[d.ID]
		t.names(p)
		t.agreements(p)
		t.ror(p)
	}
	return s
}

type scorer struct {
	*Score
	doc *doc
}

func (s scorer) fault(kind string, text ...string) {
	s.faults(kind, strings.Join(append([]string{s.doc.ID}, text...), " | "))
}

func (s scorer) check(figure string, right bool, text ...string) {
	f := Figure{Told: 1}
	if right {
		f.Right = 1
	} else {
		s.fault(figure+" wrong", text...)
	}
	s.count(figure, f)
}

func (s scorer) sets(figure string, told, wanted, neither set, show func(string) string) {
	f := Figure{Wanted: len(wanted)}
	for _, x := range sortedKeys(told) {
		switch {
		case wanted[x]:
			f.Told, f.Right, f.Found = f.Told+1, f.Right+1, f.Found+1
		case !neither[x]:
			f.Told++
			s.fault(figure+" wrong", show(x))
		}
	}
	for _, x := range sortedKeys(wanted) {
		if !told[x] {
			s.fault(figure+" missed", show(x))
		}
	}
	s.count(figure, f)
}

func plain(s string) string { return s }

// names scores countries, institutions, links, surfaces of names outside the table, mentions.
func (s scorer) names(pred Prediction) {
	d := s.doc
	countries, wanted := set{}, setOf(d.Countries...)
	for _, c := range pred.Countries {
		countries[c.ISO2] = true
	}
	delete(wanted, "KZ")
	s.sets("countries", countries, wanted, setOf(append([]string{"KZ"}, d.CountriesOptional...)...), plain)
	type one struct {
		InstitutionFound
		body *body
		key  string
	}
	var told []one
	for _, p := range pred.Institutions {
		t := one{p, d.find(p), d.table.key(p)}
		if t.body != nil && (t.body.other || t.body.Optional) || t.body == nil && (otherKinds[p.Kind] || otherKinds[d.table.kind[t.key]]) {
			continue
		}
		told = append(told, t)
	}
	hits, lost := set{}, 0
	for _, t := range told {
		text := describe(t.Name, t.key, "no key", t.Surfaces)
		if t.body == nil {
			lost++
			s.fault("institutions wrong", text)
		} else {
			hits[t.body.Name] = true
		}
		if t.key != "" {
			s.check("linking", t.body != nil, append([]string{text}, d.expected(t.Surfaces)...)...)
		}
	}
	s.count("institutions", Figure{Told: len(hits) + lost, Right: len(hits)})
	var bodies []*body
	for _, b := range d.bodies {
		if !b.other && !b.Optional {
			bodies = append(bodies, b)
		}
	}
	for _, b := range bodies {
		s.institution(b, bodies, hits)
	}
	s.unknown(bodies, func(add func(surface string)) {
		for _, t := range told {
			if t.body != nil && len(t.body.keys) == 0 || t.body == nil && t.key == "" {
				for _, x := range t.Surfaces {
					add(x)
				}
			}
		}
	})
	var spans [][2]int
	for _, t := range told {
		spans = append(spans, t.Spans...)
	}
	s.mentions(bodies, spans)
}

func describe(name, key, otherwise string, surfaces []string) string {
	if key == "" {
		key = otherwise
	}
	return fmt.Sprintf("%s [%s] %s", name, key, strings.Join(surfaces, "; "))
}

func (b *body) String() string {
	return describe(b.Name, strings.Join(sortedKeys(b.keys), " "), "not in the table", b.Surfaces)
}

// expected are the bodies that gold knows by one of the surfaces.
func (d *doc) expected(surfaces []string) []string {
	var out []string
	for _, b := range d.bodies {
		if setOf(b.Surfaces...).meets(setOf(surfaces...)) {
			out = append(out, "expected "+b.String())
		}
	}
	return out
}

// institution looks for one body among the hits; of a name inside the longer name of another body, either will do.
func (s scorer) institution(b *body, bodies []*body, hits set) {
	free := len(b.spans) == 0
	for _, h := range b.spans {
		free = free || h == ""
	}
	if !free {
		return
	}
	found := false
	for _, x := range bodies {
		found = found || hits[x.Name] && (x == b || b.keys.meets(x.hosts()))
	}
	f := Figure{Wanted: 1}
	if found {
		f.Found = 1
	} else {
		s.fault("institutions missed", b.String())
	}
	s.count("institutions", f)
}

// hosts are the keys of the longer names that b stands in.
func (b *body) hosts() set {
	out := set{}
	for _, h := range b.spans {
		out[h] = true
	}
	return out
}

func (s scorer) unknown(bodies []*body, each func(func(string))) {
	told, wanted, neither := set{}, set{}, set{}
	each(func(x string) { told[clean(x)] = true })
	for _, b := range bodies {
		if len(b.keys) == 0 {
			for _, x := range b.Surfaces {
				wanted[clean(x)] = true
			}
		}
	}
	for _, b := range s.doc.bodies {
		for _, x := range b.Surfaces {
			neither[clean(x)] = true
		}
	}
	s.sets("unknown names", told, wanted, neither, plain)
}

// mentions compares spans. Where there is no title, Text may begin with the line break: a byte more, or none.
func (s scorer) mentions(bodies []*body, told [][2]int) {
	gold := map[[2]int]string{}
	for _, b := range bodies {
		for p, host := range b.spans {
			gold[p] = host
		}
	}
	if len(gold) == 0 {
		return
	}
	shifts := []int{0}
	if s.doc.Title == "" {
		shifts = []int{0, 1}
	}
	var spans map[[2]int]bool
	most := -1
	for _, n := range shifts {
		shifted, hit := map[[2]int]bool{}, 0
		for _, p := range told {
			p = [2]int{p[0] - n, p[1] - n}
			if _, ok := gold[p]; ok && !shifted[p] {
				hit++
			}
			shifted[p] = true
		}
		if hit > most {
			spans, most = shifted, hit
		}
	}
	f := Figure{Told: len(spans), Right: most}
	for p, host := range gold {
		if host != "" {
			continue
		}
		f.Wanted++
		found := spans[p]
		for t := range spans {
			found = found || gold[t] != "" && t[0] < p[1] && p[0] < t[1]
		}
		if found {
			f.Found++
		} else {
			s.fault("mentions missed", fmt.Sprintf("bytes %d-%d", p[0], p[1]))
		}
	}
	s.count("mentions", f)
}

// align pairs told and gold one to one, the best fit first; no fit is nil.
func align(told, gold int, fit func(i, j int) []float64) [][2]int {
	type cand struct {
		fit  []float64
		i, j int
	}
	var all []cand
	for i := range told {
		for j := range gold {
			if f := fit(i, j); f != nil {
				all = append(all, cand{f, i, j})
			}
		}
	}
	sort.SliceStable(all, func(x, y int) bool { return slices.Compare(all[x].fit, all[y].fit) > 0 })
	var out [][2]int
	usedI, usedJ := map[int]bool{}, map[int]bool{}
	for _, c := range all {
		if !usedI[c.i] && !usedJ[c.j] {
			usedI[c.i], usedJ[c.j] = true, true
			out = append(out, [2]int{c.i, c.j})
		}
	}
	return out
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func length(s string) int { return utf8.RuneCountInString(s) }
