package agreements

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Diag is temporary.
type Diag struct {
	p     float64
	right bool
	other bool
	where string
}

func (t *Teacher) Diag(e Example) (out []Diag, wanted, wantedOther int) {
	s := newScene(e.Text, e.Mentions, e.Reported)
	cs := s.candidates()
	s.weigh(t.m, cs)
	seen := map[string]bool{}
	named := func(x string) bool { return x != "" && x[0] != '*' && x[0] != '~' }
	best := map[string]*Diag{}
	for _, c := range cs {
		a, b := e.Party(c.a.Party), e.Party(c.b.Party)
		if a == b {
			continue
		}
		k := ordered(a, b)
		right, opt := false, false
		for i := range e.Deeds {
			if d := &e.Deeds[i]; d.has(a, b) {
				if d.Optional {
					opt = true
				} else {
					right = true
				}
			}
		}
		if opt && !right {
			continue
		}
		p := logistic(c.z)
		if d := best[k]; d != nil {
			if p > d.p {
				d.p, d.where = p, whereOf(c)
			}
		} else {
			best[k] = &Diag{p, right, !named(a) || !named(b), whereOf(c)}
		}
	}
	for _, d := range best {
		out = append(out, *d)
	}
	for _, d := range e.Deeds {
		if d.Optional {
			continue
		}
		f := d.Forms[0]
		for i := range f {
			for j := i + 1; j < len(f); j++ {
				if k := ordered(f[i], f[j]); !seen[k] {
					seen[k] = true
					if named(f[i]) && named(f[j]) {
						wanted++
					} else {
						wantedOther++
					}
				}
			}
		}
	}
	return
}

func Report(ds []Diag, wanted, wantedOther int) string {
	out := ""
	for _, other := range []bool{false, true} {
		w := wanted
		if other {
			w = wantedOther
		}
		n, r := 0, 0
		loss := 0.0
		var ps []Diag
		for _, d := range ds {
			if d.other == other {
				n++
				ps = append(ps, d)
				if d.right {
					loss -= math.Log(max(d.p, 1e-4))
				} else {
					loss -= math.Log(max(1-d.p, 1e-4))
				}
				if d.right {
					r++
				}
			}
		}
		slices.SortFunc(ps, func(a, b Diag) int { return cmp.Compare(b.p, a.p) })
		ap, hit, bestF := 0.0, 0, 0.0
		for i, d := range ps {
			if d.right {
				hit++
				ap += float64(hit) / float64(i+1)
			}
			bestF = max(bestF, 2*float64(hit)/float64(i+1+w))
		}
		out += fmt.Sprintf("LOSS %.1f AP %.3f maxF %.3f ", loss, ap/float64(w), bestF)
		out += fmt.Sprintf("other=%v: %d candidates, %d right, %d wanted (ceiling %.3f);", other, n, r, w, float64(r)/float64(w))
		for _, at := range []float64{.3, .4, .5, .6, .7} {
			told, right := 0, 0
			for _, d := range ds {
				if d.other == other && d.p >= at {
					told++
					if d.right {
						right++
					}
				}
			}
			p, rr := float64(right)/float64(told), float64(right)/float64(w)
			out += fmt.Sprintf("  %.1f P %.3f R %.3f F %.3f", at, p, rr, 2*p*rr/(p+rr))
		}
		out += "\n"
	}
	for _, other := range []bool{false, true} {
		for _, wh := range []string{"both", "list", "one", "none"} {
			told, right, all := 0, 0, 0
			for _, d := range ds {
				if d.other == other && d.where == wh {
					if d.right {
						all++
					}
					if d.p >= .5 {
						told++
						if d.right {
							right++
						}
					}
				}
			}
			out += fmt.Sprintf("WHERE %v %s: right %d of %d told, of %d;", other, wh, right, told, all)
		}
		out += "\n"
	}
	for b := range 10 {
		n, r, sum := 0, 0, 0.0
		for _, d := range ds {
			if int(d.p*10) == b {
				n++
				sum += d.p
				if d.right {
					r++
				}
			}
		}
		out += fmt.Sprintf("%.1f: %d of %d = %.2f (told %.2f)  ", float64(b)/10, r, n, float64(r)/float64(n), sum/float64(n))
	}
	return out + "\n"
}

func whereOf(c *candidate) string {
	p := c.places[c.best]
	switch {
	case p.x != nil && p.y != nil && p.x.group != nil && p.x.group == p.y.group:
		return "list"
	case p.x != nil && p.y != nil:
		return "both"
	case p.near != nil:
		return "none"
	}
	return "one"
}

// Show prints candidates that went wrong.
func (t *Teacher) Show(id string, e Example) string {
	s := newScene(e.Text, e.Mentions, e.Reported)
	cs := s.candidates()
	s.weigh(t.m, cs)
	out := ""
	f := sheet{m: t.m}
	for _, c := range cs {
		a, b := e.Party(c.a.Party), e.Party(c.b.Party)
		if a == b {
			continue
		}
		right, opt := false, false
		var quote string
		for i := range e.Deeds {
			if d := &e.Deeds[i]; d.has(a, b) {
				if d.Optional {
					opt = true
				} else {
					right = true
					if len(d.Quotes) > 0 {
						quote = s.x.Source[d.Quotes[0].Start:d.Quotes[0].End]
					}
				}
			}
		}
		p := logistic(c.z)
		if opt && !right || right == (p >= .5) {
			continue
		}
		kind := "FALSE"
		if right {
			kind = "MISSED"
		}
		at := &c.places[c.best]
		out += fmt.Sprintf("%s %s %.2f %s: %s + %s\n   at «%s»\n", kind, id, p, whereOf(c), a, b, s.x.Source[at.q.Start:at.q.End])
		if right {
			out += "   gold «" + quote + "»\n"
			// the best place among the quotes
			for i := range c.places {
				for _, d := range e.Deeds {
					if d.has(a, b) && d.tells(c.places[i].q) {
						at = &c.places[i]
					}
				}
			}
		}
		if at.far != nil && at.far.sentence >= 0 {
			q := s.sentences[at.far.sentence]
			out += "   far «" + s.x.Source[q.Start:q.End] + "»\n"
		}
		s.describe(c, at, &f)
		fs := slices.Clone(f.list)
		slices.SortFunc(fs, func(a, b feature) int { return cmp.Compare(math.Abs(t.m.weights[b]), math.Abs(t.m.weights[a])) })
		out += fmt.Sprintf("   z %.2f whole ", t.m.sum(fs))
		for _, x := range fs[:min(22, len(fs))] {
			out += fmt.Sprintf(" [%s %.2f]", t.m.names[x], t.m.weights[x])
		}
		out += "\n"
	}
	return out
}
