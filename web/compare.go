package web

import (
	"net/http"
	"slices"

	"github.com/gorilla/mux"

	"kelisim/index"
	"kelisim/web/export"
)

const (
	offered       = 30 // countries or institutions that a page offers to compare with
	compared      = 15 // partners that a comparison names
	comparedYears = 6  // the newest
)

// comparable are the facets of which two values are set side by side.
var comparable = []string{"institution", "country", "outlet"}

// compareForm offers what a country, institution or outlet may be compared with.
type compareForm struct {
	Facet   string // the name of the field
	Name    string // in words; where both are chosen
	First   []option
	Hidden  []hidden
	Options []option
	Other   link // where another can be looked for
}

// comparison is two countries, institutions or outlets side by side.
type comparison struct {
	facet  string
	keys   [2]string
	pages  [2]index.Page // of their agreements
	texts  [2]index.Page // of their articles
	both   int           // agreements between the two
	groups []comparedGroup
}

// comparedGroup is a facet with the values that either of the two has.
type comparedGroup struct {
	facet string
	rows  []comparedRow
	more  int // that have no room
}

type comparedRow struct {
	key string
	n   [2]int // -1 where it is no partner, but one of its own
}

// compareView is the page of a comparison, or of the choice of one.
type compareView struct {
	frame
	Heading string
	Sides   []cellView
	Groups  []comparedPart
	Files   filesView
	Form    compareForm
	Picks   []compareForm // where neither is chosen
	Chosen  cellView      // the one that is there, where the other is looked for
	Find    string
	Found   []link
	Asked   bool // something was looked for
}

type comparedPart struct {
	ID, Name string
	Lines    []comparedLine
	More     string
}

// comparedLine is a row of numbers; Common where both have some.
type comparedLine struct {
	Head   cellView
	Cells  []cellView
	Common bool
}

// compared reads which two are asked for: two values of one facet. keys has fewer where some are to be chosen yet.
func (a *ask) compared() (facet string, keys []string, err error) {
	for _, f := range comparable {
		if v := a.Selection.Include[f]; len(v) > 0 {
			if facet != "" || len(v) > 2 {
				return "", nil, bad("compare")
			}
			facet, keys = f, slices.Sorted(slices.Values(v)) // as links have them
		}
	}
	return facet, keys, nil
}

// comparedURL is the page of what is compared; of an outlet its articles.
func (a *ask) comparedURL(facet, key string) string {
	if facet == "outlet" {
		return a.of(facet, key, "/").url()
	}
	return a.entryURL(facet, key)
}

func (a *ask) compareWith(facet string, keys ...string) request {
	to := a.on("/compare")
	to.MinConfidence = a.MinConfidence
	for _, k := range keys {
		to.Selection = to.Selection.With(facet, k)
	}
	return to
}

// compareForm offers the countries or institutions that have most agreements.
func (s *server) compareForm(a *ask, facet, key string) (v compareForm, err error) {
	f, ok := index.FacetNamed(facet)
	if !ok {
		return v, nil
	}
	p, err := s.Searcher.Search(a.ctx, index.Query{Tab: index.Agreements, CountsOnly: true, MinConfidence: a.MinConfidence})
	if err != nil {
		return v, err
	}
	to := a.compareWith(facet, key)
	v = compareForm{Facet: facet, Hidden: to.fields(), Other: link{Href: to.url(), Text: a.w.text("compare.other")}}
	v.Options = s.offered(a, f, p, key)
	return v, nil
}

// offered are the values of a facet that have most agreements.
func (s *server) offered(a *ask, f index.Facet, p index.Page, but string) (out []option) {
	for _, c := range s.sorted(a, f, checked(counts(p, f.Name))) {
		if c.Key != but && c.Key != home && c.Count > 0 && len(out) < offered {
			out = append(out, option{Value: c.Key, Text: s.named(a.w, f.Name, c.Key)})
		}
	}
	return out
}

// pick is the page on which both are chosen: of the commonest, or by a name.
func (s *server) pick(a *ask) (view, error) {
	p, err := s.Searcher.Search(a.ctx, index.Query{Tab: index.Agreements, CountsOnly: true, MinConfidence: a.MinConfidence})
	if err != nil {
		return view{}, err
	}
	at := a.compareWith("")
	v := compareView{Heading: a.w.text("compare.pick"), Find: a.Find, Asked: a.Find != ""}
	v.Form.Hidden = at.fields()
	at.Find = a.Find
	v.frame = s.frameOf(a, at, v.Heading, p.Holdings)
	for _, name := range comparable {
		f, ok := index.FacetNamed(name)
		if !ok {
			continue
		}
		form := compareForm{Facet: name, Name: a.w.text("facet." + name), Hidden: v.Form.Hidden, First: s.offered(a, f, p, "")}
		if form.Options = slices.Clone(form.First); len(form.Options) < 2 {
			continue
		}
		form.Options[1].Chosen = true
		v.Picks = append(v.Picks, form)
	}
	v.look(s, a, comparable)
	return view{page: "compare.html", data: v}, nil
}

// look finds what may be compared by its name, as far as something is asked for.
func (v *compareView) look(s *server, a *ask, facets []string, but ...string) {
	if !v.Asked {
		return
	}
	for _, facet := range facets {
		for _, k := range s.Labels.Search(facet, a.Find, offered) {
			if !slices.Contains(but, k) {
				n := s.named(a.w, facet, k)
				v.Found = append(v.Found, link{Href: a.compareWith(facet, append([]string{k}, but...)...).url(), Text: n, Lang: langOf(n, a.w.lang)})
			}
		}
	}
}

// totals are the numbers that no facet parts.
func (c comparison) totals() comparedGroup {
	both := "between"
	if c.facet == "outlet" {
		both = "told"
	}
	return comparedGroup{facet: "total", rows: []comparedRow{
		{"articles", [2]int{c.texts[0].Total, c.texts[1].Total}}, {"agreements", [2]int{c.pages[0].Total, c.pages[1].Total}}, {both, [2]int{c.both, c.both}},
	}}
}

// list is what a number counts.
func (c comparison) list(a *ask, g comparedGroup, r comparedRow, side int) request {
	k := c.keys[side]
	switch {
	case g.facet != "total":
		return a.ofBoth(c.facet, k, g.facet, r.key)
	case r.key == "articles":
		return a.of(c.facet, k, "/")
	case r.key == "between" || r.key == "told":
		return a.ofBoth(c.facet, k, c.facet, c.keys[1-side])
	}
	return a.of(c.facet, k, "/agreements")
}

// comparison counts.
func (s *server) comparison(a *ask, facet string, keys []string) (c comparison, err error) {
	c = comparison{facet: facet, keys: [2]string(keys)}
	err = s.together(5, func(i int) (err error) {
		if i == 4 {
			q := s.asked(a.request, facet, keys[0], index.Agreements)
			q.Text, q.TotalOnly = q.Text+" "+asField(facet, keys[1]), true
			p, err := s.Searcher.Search(a.ctx, q)
			c.both = p.Total
			return err
		}
		tab, to := index.Agreements, &c.pages[i%2]
		if i > 1 {
			tab, to = index.Articles, &c.texts[i%2]
		}
		q := s.asked(a.request, facet, keys[i%2], tab)
		q.CountsOnly = true
		*to, err = s.Searcher.Search(a.ctx, q)
		return err
	})
	if err != nil {
		return c, err
	}
	for _, of := range []string{"date", "status", "kind", "country", "institution"} {
		if g := s.comparedGroup(a, c, of); len(g.rows) > 0 {
			c.groups = append(c.groups, g)
		}
	}
	return c, nil
}

func (s *server) comparedGroup(a *ask, c comparison, of string) comparedGroup {
	g := comparedGroup{facet: of}
	sum := map[string]int{}
	var all []index.Count
	for _, p := range c.pages {
		for _, v := range counts(p, of) {
			if v.Count == 0 || of == "date" && len(v.Key) != len("2025") || v.Key == home || unconfirmed(v.Key) {
				continue
			}
			if sum[v.Key] == 0 {
				all = append(all, index.Count{Key: v.Key})
			}
			sum[v.Key] += v.Count
		}
	}
	for i := range all {
		all[i].Count = sum[all[i].Key]
	}
	if f, ok := index.FacetNamed(of); ok {
		all = s.sorted(a, f, all)
	} else {
		all = lastOf(withZeros(all, len("2025")), comparedYears)
	}
	for _, v := range all {
		row := comparedRow{key: v.Key}
		for i, p := range c.pages {
			row.n[i] = valueCount(p, of, v.Key)
			e, ok := s.Labels.Entry(of, v.Key)
			if of == c.facet && v.Key == c.keys[i] || of == "institution" && c.facet == "country" && ok && e.Country == c.keys[i] {
				row.n[i] = -1
			}
		}
		switch {
		case row.n[0] <= 0 && row.n[1] <= 0 && of != "date":
		case len(g.rows) == compared:
			g.more++
		default:
			g.rows = append(g.rows, row)
		}
	}
	return g
}

// compare answers «/compare».
func (s *server) compare(a *ask) (view, error) {
	facet, keys, err := a.compared()
	if err != nil {
		return view{}, err
	}
	switch len(keys) {
	case 0:
		return s.pick(a)
	case 1:
		return s.choose(a, facet, keys[0])
	}
	c, err := s.comparison(a, facet, keys)
	if err != nil {
		return view{}, err
	}
	at := a.compareWith(facet, keys...)
	names := [2]string{s.named(a.w, facet, keys[0]), s.named(a.w, facet, keys[1])}
	v := compareView{Heading: a.w.text("compare.heading", names[0], names[1])}
	v.frame = s.frameOf(a, at, v.Heading, c.pages[0].Holdings)
	for i, k := range keys {
		v.Sides = append(v.Sides, cellView{Text: names[i], Lang: langOf(names[i], a.w.lang), Href: a.comparedURL(facet, k)})
	}
	for _, g := range append([]comparedGroup{c.totals()}, c.groups...) {
		p := comparedPart{ID: "by-" + g.facet, Name: a.w.text("compare." + g.facet)}
		for _, r := range g.rows {
			name := s.comparedLabel(a, g.facet, r.key)
			l := comparedLine{Head: cellView{Text: name, Lang: langOf(name, a.w.lang)}, Common: r.n[0] > 0 && r.n[1] > 0}
			if g.facet == "country" || g.facet == "institution" {
				l.Head.Href = a.entryURL(g.facet, r.key)
			}
			for j, n := range r.n {
				cell := cellView{Text: "–"}
				if n >= 0 {
					cell = cellView{Text: a.w.number(n), Label: names[j] + ", " + name + ": " + a.w.number(n)}
				}
				if n > 0 {
					cell.Href = c.list(a, g, r, j).url()
				}
				l.Cells = append(l.Cells, cell)
			}
			p.Lines = append(p.Lines, l)
		}
		if g.more > 0 {
			p.More = a.w.count("compare.more", g.more)
		}
		v.Groups = append(v.Groups, p)
	}
	for _, f := range export.Formats {
		if !f.Literature() {
			to := at
			to.Path = "/compare." + f.Ext
			v.Files.Files = append(v.Files.Files, link{Href: to.url(), Text: f.Name})
		}
	}
	if v.Form, err = s.compareForm(a, facet, keys[0]); err != nil {
		return view{}, err
	}
	return view{page: "compare.html", data: v}, nil
}

func (s *server) comparedLabel(a *ask, facet, key string) string {
	if f, ok := index.FacetNamed(facet); ok {
		return upperFirst(s.label(a, f, key))
	}
	if facet == "total" {
		return a.w.text("compare.total." + key)
	}
	return key
}

// choose is the page on which the second of two is looked for by its name.
func (s *server) choose(a *ask, facet, key string) (view, error) {
	name := s.named(a.w, facet, key)
	v := compareView{Heading: a.w.text("compare.choose", name), Chosen: cellView{Text: name, Lang: langOf(name, a.w.lang), Href: a.comparedURL(facet, key)}, Find: a.Find, Asked: a.Find != ""}
	at := a.compareWith(facet, key)
	at.Find = a.Find
	v.frame = s.frameOf(a, at, v.Heading, s.holdings(a))
	var err error
	if v.Form, err = s.compareForm(a, facet, key); err != nil {
		return view{}, err
	}
	v.look(s, a, []string{facet}, key)
	return view{page: "compare.html", data: v}, nil
}

// compareFile answers «/compare.EXT» with the same numbers.
func (s *server) compareFile(w http.ResponseWriter, r *http.Request) {
	ext := mux.Vars(r)["ext"]
	i := slices.IndexFunc(export.Formats, func(f export.Format) bool { return f.Ext == ext && !f.Literature() })
	var c comparison
	var m export.Manifest
	a, err := s.work(r, func(a *ask) error {
		if i < 0 {
			return notFound("page")
		}
		facet, keys, err := a.compared()
		if err == nil && len(keys) < 2 {
			err = bad("compare")
		}
		if err == nil {
			c, err = s.comparison(a, facet, keys)
		}
		return err
	})
	if err != nil {
		s.failPage(w, a, err)
		return
	}
	h, file := c.pages[0].Holdings, a.compareWith(c.facet, c.keys[:]...)
	file.Path, file.HL = "/compare.csv", a.w.lang
	m = export.Manifest{
		Site: s.base(r), File: file.url(), Lang: a.w.lang,
		Program: "Kelisim", Version: s.Version, Exported: stamp(s.Now()), Index: h.Seq, Updated: stamp(h.Updated), Address: a.compareWith(c.facet, c.keys[:]...).permalink(),
		Rows: "comparison", Filters: map[string][]string{c.facet: c.keys[:]}, Confidence: a.Least().String(), Total: c.pages[0].Total + c.pages[1].Total - c.both,
		Columns: []string{"by", "key", "label", c.keys[0], c.keys[1]},
	}
	s.stream(w, a, export.Formats[i], m, func(yield func(export.Row) error) error {
		for _, g := range append([]comparedGroup{c.totals()}, c.groups...) {
			for _, r := range g.rows {
				label := s.comparedLabel(a, g.facet, r.key)
				cells, object := []any{g.facet, r.key, label}, map[string]any{"by": g.facet, "key": r.key, "label": label}
				for j, k := range c.keys {
					if r.n[j] < 0 {
						cells = append(cells, "")
						continue
					}
					cells = append(cells, r.n[j])
					object[k] = r.n[j]
				}
				if err := yield(export.Row{Cells: cells, Object: object}); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
