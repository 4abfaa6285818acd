package enginetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"kelisim/index"
)

// randomSelection chooses and excludes values by chance, among them some that no document has.
func randomSelection(r *rand.Rand) index.Selection {
	var s index.Selection
	values := map[string][]string{
		"country": append(slices.Clone(countries), "ZZ"), "institution": append(slices.Clone(institutions), "ror:none"),
		"kind": kinds, "status": statuses, "lang": langs, "outlet": {"kazinform", "baq"},
	}
	for _, facet := range sortedKeys(values) {
		for range max(0, r.IntN(6)-3) {
			v := pick(r, values[facet])
			if r.IntN(3) == 0 {
				v = "-" + v
			}
			s = s.With(facet, v)
		}
	}
	s.Reported = r.IntN(3) == 0
	switch r.IntN(6) {
	case 0:
		d := date(pick(r, days[1:]))
		s = s.WithRange(d, d)
	case 1:
		s = s.WithRange(date(pick(r, days)), date("2025-11"))
	case 2:
		s = s.WithRange(date("2025-11-18"), date(pick(r, days)))
	case 3:
		s = s.With("date", pick(r, []string{index.UndatedKey, "2025", "2025-11", "2025-11-17"}))
	}
	return s
}

func randomWord(r *rand.Rand) []string {
	w := fmt.Sprintf("w%d", r.IntN(13))
	if r.IntN(3) == 0 {
		return []string{w, fmt.Sprintf("kk:w%d", r.IntN(12))}
	}
	return []string{w, "kk:" + w}
}

func randomName(r *rand.Rand) index.Name {
	n := index.Name{Weight: 3 * r.Float64(), Keyed: r.IntN(3) == 0}
	for range r.IntN(3) {
		n.Words = append(n.Words, index.AnyTerm{Terms: randomWord(r)})
	}
	for range r.IntN(3) {
		n.Keys = append(n.Keys, index.Value{Facet: "country", Key: pick(r, countries)})
	}
	return n
}

// randomEnough has a word that no article has now and then.
func randomEnough(r *rand.Rand) index.Enough {
	e := index.Enough{Share: r.Float64(), Loose: r.IntN(4) == 0, Mixed: r.IntN(3) == 0}
	for range 1 + r.IntN(4) {
		w := index.AnyTerm{Terms: randomWord(r)}
		for range r.IntN(3) {
			near := index.Near{Term: randomWord(r)[1], Weight: r.Float64(), Likeness: float64(r.IntN(2))}
			near.Whole = near.Likeness == 0 && r.IntN(2) == 0
			w.Near = append(w.Near, near)
		}
		e.Of = append(e.Of, w)
	}
	if r.IntN(2) == 0 {
		e.Of = append(e.Of, randomName(r))
	}
	if r.IntN(2) == 0 {
		e.Of = append(e.Of, index.Should{Of: randomTree(r, 0), Weight: r.Float64()})
	}
	return e
}

func randomTree(r *rand.Rand, depth int) index.Tree {
	word := func() []string { return randomWord(r) }
	several := func() []index.Tree {
		out := []index.Tree{randomTree(r, depth-1)}
		for range r.IntN(3) {
			out = append(out, randomTree(r, depth-1))
		}
		return out
	}
	phrase := func() index.Phrase {
		p := index.Phrase{Slop: max(0, r.IntN(5)-2), Title: r.IntN(5) == 0}
		for range 1 + r.IntN(3) {
			p.Slots = append(p.Slots, word())
		}
		return p
	}
	n := 3
	if depth > 0 {
		n = 9
	}
	switch r.IntN(n) {
	case 0, 1:
		return index.AnyTerm{Terms: word(), Title: r.IntN(5) == 0}
	case 2:
		return phrase()
	case 8:
		s := index.Sentence{}
		for range 1 + r.IntN(3) {
			s.Of = append(s.Of, phrase())
		}
		return s
	case 3:
		and := index.And(several())
		if r.IntN(2) == 0 {
			and = append(and, index.Not{Of: randomTree(r, depth-1)})
		}
		if r.IntN(2) == 0 {
			and = append(and, index.Should{Of: randomTree(r, depth-1), Weight: r.Float64()})
		}
		return and
	case 4:
		return index.Or(several())
	case 5:
		return randomName(r)
	case 6:
		if r.IntN(2) == 0 {
			return index.Value{Facet: "kind", Key: pick(r, kinds)}
		}
		return index.Value{Facet: "status", Key: pick(r, statuses)}
	}
	return index.Value{Facet: "country", Key: pick(r, countries)}
}

func randomRequest(r *rand.Rand) index.Request {
	req := index.Request{Selection: randomSelection(r), Tab: index.Articles, Sort: index.Relevance, Size: 1000}
	if r.IntN(4) > 0 {
		req.Tree = randomTree(r, 2)
		if r.IntN(3) == 0 {
			req.Tree = randomEnough(r)
		}
	}
	if r.IntN(3) == 0 {
		req.Tab, req.Tree = index.Agreements, nil
		if r.IntN(3) == 0 {
			req.Tree = index.Value{Facet: "country", Key: pick(r, countries)}
		}
	}
	req.MinConfidence = pick(r, []index.Percent{index.Any, 0, 30, index.Shown, index.Sure, index.Sure + 1, 100})
	return req
}

// filled is an engine with a world that came in several steps, some of them again.
func filled(t *testing.T, open func(t *testing.T) Engine, r *rand.Rand) (Engine, *world) {
	t.Helper()
	e, w := open(t), newWorld(r, 60)
	b := w.batch(1)
	for i := range 3 {
		part := index.Batch{Seq: uint64(i + 1), Articles: b.Articles[i*15 : (i+1)*15+5]}
		put(t, e, part)
	}
	b.Seq = 9
	b.Articles = b.Articles[40:]
	put(t, e, b)
	return e, w
}

func findsWhatIsThere(t *testing.T, open func(t *testing.T) Engine) {
	r := rand.New(rand.NewPCG(1, 1))
	e, w := filled(t, open, r)
	for range 600 {
		req := randomRequest(r)
		req.Full = r.IntN(4) == 0
		res := search(t, e, req)
		var full, rest []string
		for _, h := range res.Hits {
			if h.Rest {
				rest = append(rest, h.ID)
			} else {
				full = append(full, h.ID)
			}
		}
		slices.Sort(full)
		slices.Sort(rest)
		want := w.matching(req)
		_, lacking := w.found(req)
		if e, ok := req.Tree.(index.Enough); ok && e.Loose || req.Full {
			lacking = nil // they count, or are not wanted
		}
		if !slices.Equal(full, want) || res.Total != len(want) || res.Uncertain != w.uncertain(want) {
			t.Fatalf("%s %v %+v:\ntotal %d, found %v\nwant %d: %v", req.Tab, req.Tree, req.Selection, res.Total, full, len(want), want)
		}
		if !slices.Equal(rest, lacking) || res.More != len(lacking) {
			t.Fatalf("%s %v %+v:\n%d more: %v\nwant %d: %v", req.Tab, req.Tree, req.Selection, res.More, rest, len(lacking), lacking)
		}
	}
}

func countsAreTotals(t *testing.T, open func(t *testing.T) Engine) {
	r := rand.New(rand.NewPCG(2, 2))
	e, w := filled(t, open, r)
	for i := range 150 {
		req := randomRequest(r)
		if i < 8 {
			req = index.Request{Tab: []index.Tab{index.Articles, index.Agreements}[i%2], MinConfidence: []index.Percent{0, index.Shown, index.Sure, 95}[i/2]}
		}
		req.Size, req.Counts = 0, true
		res := search(t, e, req)
		checkCounts(t, e, w, req, res)
		if again := search(t, e, req); fmt.Sprint(again) != fmt.Sprint(res) {
			t.Fatalf("asked again, %v answers %v, not %v", req, again, res)
		}
	}
}

func checkCounts(t *testing.T, e Engine, w *world, req index.Request, res index.Result) {
	t.Helper()
	names := []string{"date"}
	for _, f := range index.Facets() {
		names = append(names, f.Name)
	}
	for _, facet := range names {
		counts := res.Counts[facet]
		if !slices.IsSortedFunc(counts, func(a, b index.Count) int {
			if a.Count != b.Count {
				return b.Count - a.Count
			}
			if a.Key < b.Key {
				return -1
			}
			return 1
		}) {
			t.Fatalf("counts of %s are not in order: %v", facet, counts)
		}
		shown := map[string]int{}
		for _, c := range counts {
			if _, twice := shown[c.Key]; twice {
				t.Fatalf("%s=%s is counted twice: %v", facet, c.Key, counts)
			}
			shown[c.Key] = c.Count
			if c.Count == 0 && !c.Selected && !c.Excluded {
				t.Fatalf("%s=%s is shown with nothing behind it", facet, c.Key)
			}
		}
		for _, v := range everyValue(facet) {
			only := req
			only.Counts = false
			only.Selection = onlyChosen(req.Selection, facet, v)
			total := search(t, e, only).Total
			if want := len(w.matching(only)); total != want {
				t.Fatalf("%s %v %+v: total %d, want %d", only.Tab, only.Tree, only.Selection, total, want)
			}
			f, _ := index.FacetNamed(facet)
			hidden := f.Unlisted == v && !req.Selection.Includes(facet, v) && !req.Selection.Excludes(facet, v)
			if n, ok := shown[v]; n != total && !hidden || hidden && ok {
				t.Fatalf("%s %v %+v: count of %s=%s is %d, its total %d", req.Tab, req.Tree, req.Selection, facet, v, n, total)
			}
		}
		for _, v := range slices.Concat(req.Selection.Include[facet], req.Selection.Exclude[facet]) {
			if _, ok := shown[v]; !ok {
				t.Fatalf("%s %+v: the chosen %s=%s is not shown", req.Tab, req.Selection, facet, v)
			}
		}
	}
}

func onlyChosen(s index.Selection, facet, v string) index.Selection {
	if facet != "date" {
		return s.WithoutFacet(facet).With(facet, v)
	}
	s = s.WithoutFacet("date")
	for _, old := range slices.Concat(s.Include["date"], s.Exclude["date"]) {
		s = s.Without("date", old)
	}
	if v == index.UndatedKey {
		return s.With("date", v)
	}
	return s.WithRange(date(v), date(v))
}

func everyValue(facet string) []string {
	switch facet {
	case "country":
		return append(slices.Clone(countries), "ZZ")
	case "institution":
		return institutions
	case "kind":
		return kinds
	case "status":
		return statuses
	case "lang":
		return langs
	case "outlet":
		return outlets[:2]
	}
	return []string{"2023", "2024", "2025", "2026", "2024-02", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03", index.UndatedKey}
}
