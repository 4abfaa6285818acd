package eval

import (
	"regexp"
	"slices"
	"strings"
)

// Whether a body is who we say it is. The reference scorer has no such figures:
//
//   - ror: of the bodies in gold that ROR knows, those that are linked to their id; ror other: to another one;
//   - one key: of the bodies that gold names in two languages, in whatever articles, those that are told in two and got
//     one key everywhere.
var identityFigures = []string{"ror", "ror other", "one key"}

// about gives for each body that gold demands the predictions that speak of it: matched with it, or standing where the
// text names it. What matches nothing in gold may stand there with its borders wrong.
func (d *doc) about(pred Prediction) map[*body][]InstitutionFound {
	out := map[*body][]InstitutionFound{}
	for _, p := range pred.Institutions {
		m := d.match(p)
		for _, b := range d.wanted() {
			if b == m || d.standsAt(p, b, m == nil) {
				out[b] = append(out[b], p)
			}
		}
	}
	return out
}

func (d *doc) standsAt(p InstitutionFound, b *body, borders bool) bool {
	for _, told := range p.Surfaces {
		told = clean(told)
		for _, s := range b.Surfaces {
			s = clean(s)
			if told == s && !d.sharedSurface(s) || borders && told != "" && (strings.Contains(s, told) || strings.Contains(told, s)) {
				return true
			}
		}
	}
	return false
}

// sharedSurface reports a surface that names several bodies, one inside the other or in turns.
func (d *doc) sharedSurface(surface string) bool {
	n := 0
	for _, b := range d.bodies {
		if slices.ContainsFunc(b.Surfaces, func(s string) bool { return clean(s) == surface }) {
			n++
		}
	}
	return n > 1
}

// wanted are the bodies that gold demands.
func (d *doc) wanted() []*body {
	return slices.DeleteFunc(slices.Clone(d.bodies), func(b *body) bool { return b.other || b.Optional })
}

func (s scorer) ror(pred Prediction) {
	t, about := s.doc.table, s.doc.about(pred)
	for _, b := range s.doc.wanted() {
		right := set{} // a branch that has an id of its own, and its parent, are one
		for k := range b.ids {
			if r := t.rorOf(k); r != "" {
				right[t.party(r)] = true
			}
		}
		if len(right) == 0 {
			continue
		}
		linked, other := 0, []string(nil)
		for _, p := range about[b] {
			r := t.rorOf(p.Key)
			if p.ROR != "" {
				r = rorKey(p.ROR)
			}
			switch {
			case r == "":
			case right[t.party(r)]:
				linked = 1
			default:
				other = append(other, "told "+describe(p.Name, r, "", p.Surfaces))
			}
		}
		s.count("ror", Figure{Told: 1, Right: linked})
		s.count("ror other", Figure{Told: 1, Right: min(1, len(other))})
		if linked == 0 {
			s.fault("ror missed", b.String())
		}
		if len(other) > 0 {
			s.fault("ror wrong", append([]string{b.String()}, other...)...)
		}
	}
}

// rorOf is the table's key for the ROR id behind a key, or "".
func (t *table) rorOf(key string) string {
	if r := t.ror[key]; r != "" {
		return rorKey(r)
	}
	if strings.HasPrefix(key, "ror:") {
		return key
	}
	return ""
}

// naming is what gold and predictions of all articles say of one body.
type naming struct {
	in         scorer // the first article that names it
	name       string
	gold, told set                 // languages
	written    map[string][]string // key → its surfaces
}

func (s *Score) oneKey(docs []*doc, predictions map[string]Prediction) {
	all := map[string]*naming{}
	for _, d := range docs {
		about := d.about(predictions[d.ID])
		for _, b := range d.wanted() {
			id := b.Key
			if id == "" {
				id = b.Name
			}
			n := all[id]
			if n == nil {
				n = &naming{scorer{s, d}, b.Name, set{}, set{}, map[string][]string{}}
				all[id] = n
			}
			n.gold.add(languages(d.Lang, b.Surfaces))
			for _, p := range about[b] {
				key := d.table.party(p.Key)
				if key == "" || p.Kind == "branch" && d.table.kind[key] == "" {
					continue // a branch that the table lacks has a key of its own; the parent in its name is told beside it
				}
				n.told.add(languages(d.Lang, p.Surfaces))
				n.written[key] = append(n.written[key], p.Surfaces...)
			}
		}
	}
	for _, id := range sortedKeys(all) {
		n := all[id]
		if len(n.gold) < 2 {
			continue
		}
		if len(n.told) > 1 && len(n.written) == 1 {
			n.in.count("one key", Figure{Told: 1, Right: 1})
		} else {
			n.in.count("one key", Figure{Told: 1})
			text := []string{n.name + ": gold in " + strings.Join(sortedKeys(n.gold), ", ") + ", told in " + strings.Join(sortedKeys(n.told), ", ")}
			for _, k := range sortedKeys(n.written) {
				text = append(text, k+" "+strings.Join(n.written[k], "; "))
			}
			n.in.fault("one key wrong", text...)
		}
	}
}

var cyrillicLetter, latinLetter = regexp.MustCompile(`\p{Cyrillic}`), regexp.MustCompile(`\p{Latin}`)

// languages are those of names in an article: its own, and English for names in Latin letters.
func languages(article string, surfaces []string) set {
	out := set{}
	for _, s := range surfaces {
		if latinLetter.MatchString(s) && !cyrillicLetter.MatchString(s) {
			out["en"] = true
		} else {
			out[article] = true
		}
	}
	return out
}
