package web

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/index"
)

// The forms of the API, as DESIGN.md §4 fixes them: tools and permalinks rely on them.
type (
	answer struct {
		Total  int                     `json:"total"`
		Hits   []any                   `json:"hits"`
		Facets map[string][]facetValue `json:"facets"`
		Notes  []noteJSON              `json:"notes"`
		Next   *string                 `json:"next"`
		Tree   string                  `json:"tree,omitempty"`
	}
	hitJSON struct {
		ID           string        `json:"id"`
		Score        float64       `json:"score"`
		Title        string        `json:"title"`
		Date         string        `json:"date"`
		Outlet       string        `json:"outlet"`
		Lang         string        `json:"lang"`
		URL          string        `json:"url"`
		Countries    []string      `json:"countries"`
		Institutions []string      `json:"institutions"`
		Snippets     [][]pieceJSON `json:"snippets"`
	}
	pieceJSON struct {
		Text  string `json:"text"`
		Match bool   `json:"match"`
	}
	agreementJSON struct {
		index.Agreement
		Score    float64       `json:"score"`
		Snippets [][]pieceJSON `json:"snippets"`
	}
	facetValue struct {
		Key      string `json:"key"`
		Label    string `json:"label"`
		Count    int    `json:"count"`
		Selected bool   `json:"selected"`
		Excluded bool   `json:"excluded"`
	}
	noteJSON struct {
		Code string   `json:"code"`
		Args []string `json:"args"`
		Text string   `json:"text"`
		Undo *string  `json:"undo"`
	}
)

func (s *server) apiSearch(a *ask) (any, error) {
	p, err := s.Searcher.Search(a.ctx, a.Query)
	if err != nil {
		return nil, err
	}
	return s.answer(a, p), nil
}

func (s *server) apiAgreements(a *ask) (any, error) {
	a.Tab = index.Agreements
	return s.apiSearch(a)
}

func (s *server) answer(a *ask, p index.Page) answer {
	out := answer{Total: p.Total, Hits: []any{}, Facets: map[string][]facetValue{}, Notes: []noteJSON{}, Tree: p.Tree}
	for _, h := range p.Hits {
		if h.Agreement != nil {
			out.Hits = append(out.Hits, agreementJSON{filled(*h.Agreement), h.Score, snippetsJSON(h.Snippets)})
			continue
		}
		out.Hits = append(out.Hits, hitJSON{
			ID: h.ID, Score: h.Score, Title: plain(h.Title), Date: h.Published.String(), Outlet: cmp.Or(h.Outlet, h.StatedOutlet),
			Lang: h.Lang, URL: h.URL, Countries: some(h.Countries), Institutions: some(h.Institutions), Snippets: snippetsJSON(h.Snippets),
		})
	}
	for _, f := range p.Facets {
		out.Facets[f.Name] = s.facetJSON(a, f)
	}
	if a.Cut {
		out.Notes = append(out.Notes, noteJSON{Code: "cut", Args: []string{}, Text: a.w.text("note.cut", a.w.number(maxText))})
	}
	for _, n := range p.Notes {
		if len(out.Notes) == maxNotes {
			out.Notes = append(out.Notes, noteJSON{Code: "more", Args: []string{}, Text: a.w.text("note.more")})
			break
		}
		j := noteJSON{Code: n.Code, Args: some(n.Args), Text: s.noteText(a.w, n)}
		if n.Undo != nil {
			u := a.asking(*n.Undo).url()
			j.Undo = &u
		}
		out.Notes = append(out.Notes, j)
	}
	if p.Next != "" {
		out.Next = &p.Next
	}
	return out
}

// facetJSON gives a facet's values, of the date with the empty months filled in.
func (s *server) facetJSON(a *ask, f index.FacetCounts) []facetValue {
	out := []facetValue{}
	values := f.Values
	d, isFacet := index.FacetNamed(f.Name)
	switch {
	case f.Name == "date":
		values = withZeros(f.Values, len("2025"))
		values = append(values, withZeros(f.Values, len("2025-01"))...)
		for _, c := range f.Values {
			if c.Key == "undated" {
				values = append(values, c)
			}
		}
	case isFacet:
		values = s.sorted(a, d, f.Values)
	}
	if a.Limit > 0 && f.Name != "date" {
		values = values[:min(a.Limit, len(values))]
	}
	for _, c := range values {
		v := facetValue{c.Key, c.Key, c.Count, c.Selected, c.Excluded}
		switch {
		case isFacet:
			v.Label = s.label(a, d, c.Key)
		case c.Key == "undated":
			v.Label = a.w.text("date.value.undated")
		default:
			if day, err := index.ParseDate(c.Key); err == nil {
				v.Label = a.w.date(day)
			}
		}
		out = append(out, v)
	}
	return out
}

// apiFacets answers a look inside facets: «more» names one, «find» keeps the values that fit.
func (s *server) apiFacets(a *ask) (any, error) {
	q := a.Query
	q.Size, q.Cursor = 1, ""
	p, err := s.Searcher.Search(a.ctx, q)
	if err != nil {
		return nil, err
	}
	out := struct {
		Total  int                     `json:"total"`
		Facets map[string][]facetValue `json:"facets"`
	}{p.Total, map[string][]facetValue{}}
	for _, f := range p.Facets {
		if a.More != "" && f.Name != a.More {
			continue
		}
		if d, ok := index.FacetNamed(f.Name); ok {
			f.Values = s.find(d, f.Values, a.Find)
		}
		out.Facets[f.Name] = s.facetJSON(a, f)
	}
	return out, nil
}

func snippetsJSON(in []index.Snippet) [][]pieceJSON {
	out := make([][]pieceJSON, len(in))
	for i, n := range in {
		out[i] = make([]pieceJSON, len(n))
		for j, p := range n {
			out[i][j] = pieceJSON(p)
		}
	}
	return out
}

// some is a list that JSON writes as [] where it is empty.
func some(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

// filled is an agreement without nil lists.
func filled(g index.Agreement) index.Agreement {
	if g.Parties == nil {
		g.Parties = []index.Party{}
	}
	if g.Evidence == nil {
		g.Evidence = []index.Evidence{}
	}
	return g
}

// The form of one article: what `kelisim extract` prints, with its text and where it comes from.
type (
	articleJSON struct {
		ID           string            `json:"id"`
		Date         string            `json:"date"`
		Title        string            `json:"title"`
		Lang         string            `json:"lang"`
		Outlet       string            `json:"outlet"`
		URL          string            `json:"url"`
		Home         bool              `json:"home"`
		Countries    []countryJSON     `json:"countries"`
		Institutions []institutionJSON `json:"institutions"`
		Agreements   []toldJSON        `json:"agreements"`
		Claims       []claimJSON       `json:"claims"`
		Text         string            `json:"text"`
		Versions     []versionJSON     `json:"versions"`
	}
	countryJSON struct {
		ISO2  string   `json:"iso2"`
		Spans [][2]int `json:"spans"`
	}
	institutionJSON struct {
		Key      string   `json:"key"`
		Name     string   `json:"name"`
		ROR      string   `json:"ror"`
		Country  string   `json:"country"`
		Kind     string   `json:"kind"`
		Surfaces []string `json:"surfaces"`
		Spans    [][2]int `json:"spans"`
	}
	toldJSON struct {
		ID       string        `json:"id"`
		Kind     string        `json:"kind"`
		Status   string        `json:"status"`
		Date     string        `json:"date"`
		Reported string        `json:"reported"`
		Parties  []index.Party `json:"parties"`
		Quote    string        `json:"quote"`
		Span     [2]int        `json:"span"`
		Rule     string        `json:"rule"`
	}
	claimJSON struct {
		Number string `json:"number"`
		Kind   string `json:"kind"`
		Text   string `json:"text"`
	}
	versionJSON struct {
		Number  int    `json:"number"`
		SHA256  string `json:"sha256"`
		Fetched string `json:"fetched"`
	}
)

func (s *server) apiArticle(a *ask, id string) (any, error) {
	found, ok, err := s.Searcher.View(a.ctx, id)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, notFound("article", shown(id))
	}
	rec := found.Record
	out := articleJSON{
		ID: rec.Article.ID, Date: rec.Article.Published.String(), Title: rec.Article.Title, Lang: rec.Lang,
		Outlet: cmp.Or(rec.Outlet, rec.Article.Outlet), URL: rec.Article.URL, Text: rec.Article.Text(),
		Countries: []countryJSON{}, Institutions: []institutionJSON{}, Agreements: []toldJSON{}, Claims: []claimJSON{}, Versions: []versionJSON{},
	}
	for _, m := range rec.Mentions {
		out.mention(s, a, m)
	}
	for _, g := range rec.Agreements {
		for _, e := range g.Evidence {
			out.Agreements = append(out.Agreements, toldJSON{
				g.ID, e.Kind, e.Status, e.Date, e.Reported, filled(g).Parties, e.Quote, [2]int{e.Start, e.End}, e.Rule,
			})
		}
	}
	for _, c := range rec.Claims {
		out.Claims = append(out.Claims, claimJSON{c.Number, c.Kind, c.Text})
	}
	for _, v := range found.Versions {
		out.Versions = append(out.Versions, versionJSON{v.Number, v.SHA256, v.Fetched.UTC().Format("2006-01-02T15:04:05Z")})
	}
	return out, nil
}

func (out *articleJSON) mention(s *server, a *ask, m index.Mention) {
	span := [2]int{m.Start, m.End}
	if string(m.Kind) == "country" {
		if m.Key == home {
			out.Home = true
			return
		}
		i := slices.IndexFunc(out.Countries, func(c countryJSON) bool { return c.ISO2 == m.Key })
		if i < 0 {
			i = len(out.Countries)
			out.Countries = append(out.Countries, countryJSON{ISO2: m.Key})
		}
		out.Countries[i].Spans = append(out.Countries[i].Spans, span)
		return
	}
	i := slices.IndexFunc(out.Institutions, func(x institutionJSON) bool { return x.Key == m.Key })
	if i < 0 {
		i = len(out.Institutions)
		ror := ""
		if id, ok := strings.CutPrefix(m.Key, "ror:"); ok {
			ror = id
		} else if e, ok := s.Labels.Entry("institution", m.Key); ok {
			ror = e.ROR
		}
		out.Institutions = append(out.Institutions, institutionJSON{
			Key: m.Key, Name: cmp.Or(m.Name, s.named(a.w, "institution", m.Key)), ROR: ror, Country: m.Country, Kind: m.Body,
		})
	}
	x := &out.Institutions[i]
	x.Spans = append(x.Spans, span)
	if !slices.Contains(x.Surfaces, m.Surface) {
		x.Surfaces = append(x.Surfaces, m.Surface)
	}
}
