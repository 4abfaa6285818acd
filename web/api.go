package web

import (
	"cmp"
	"slices"

	"kelisim/index"
)

// The forms of the API, as DESIGN.md §4 fixes them: tools and permalinks rely on them.
type (
	answer struct {
		Total int `json:"total"`
		More  int `json:"more"` // with some of the words
		// Uncertain are those of Total that are less sure than index.Sure; on the tab of articles there is none.
		Uncertain *int                    `json:"uncertain,omitempty"`
		Hits      []any                   `json:"hits"`
		Facets    map[string][]facetValue `json:"facets"`
		Notes     []noteJSON              `json:"notes"`
		Next      *string                 `json:"next"`
		Tree      string                  `json:"tree,omitempty"`
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
		Gone         string        `json:"gone,omitempty"`   // since when it is gone from its site
		Story        string        `json:"story"`            // the id of its story's earliest article
		Others       []otherJSON   `json:"others,omitempty"` // with group=1
		Folded       int           `json:"folded,omitempty"` // how many others there are
		Differences  []differJSON  `json:"differences,omitempty"`
	}
	otherJSON struct {
		ID      string `json:"id"`
		Title   string `json:"title"`
		Date    string `json:"date"`
		Outlet  string `json:"outlet"`
		Lang    string `json:"lang"`
		URL     string `json:"url"`
		Matches bool   `json:"matches"` // whether the query finds it
	}
	differJSON struct {
		What string       `json:"what"`
		Says []sayingJSON `json:"says"`
	}
	sayingJSON struct {
		Value    string   `json:"value"`
		Articles []string `json:"articles"`
	}
	pieceJSON struct {
		Text  string `json:"text"`
		Match bool   `json:"match"`
	}
	agreementJSON struct {
		index.Agreement
		Confidence float64       `json:"confidence"` // of its surest evidence, two decimals rounded down
		Score      float64       `json:"score"`
		Snippets   [][]pieceJSON `json:"snippets"`
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
	q := a.Query
	q.Fold = a.Group == inStories
	p, err := s.Searcher.Search(a.ctx, q)
	if err != nil {
		return nil, err
	}
	s.markGone(a, p.Hits)
	return s.answer(a, p), nil
}

func (s *server) apiAgreements(a *ask) (any, error) {
	a.Tab = index.Agreements
	return s.apiSearch(a)
}

func (s *server) answer(a *ask, p index.Page) answer {
	out := answer{Total: p.Total, More: p.More, Hits: []any{}, Facets: map[string][]facetValue{}, Notes: []noteJSON{}, Tree: p.Tree}
	if a.Tab == index.Agreements {
		out.Uncertain = &p.Uncertain
	}
	for _, h := range p.Hits {
		if h.Agreement != nil {
			out.Hits = append(out.Hits, s.agreementOf(a, h))
			continue
		}
		hit := hitJSON{
			ID: h.ID, Score: h.Score, Title: plain(h.Title), Date: h.Published.String(), Outlet: cmp.Or(h.Outlet, h.StatedOutlet),
			Lang: h.Lang, URL: h.URL, Countries: some(h.Countries), Institutions: some(h.Institutions), Snippets: snippetsJSON(h.Snippets),
			Gone: h.Gone.String(), Story: cmp.Or(h.Story, h.ID), Folded: len(h.Others) + h.More,
		}
		for _, n := range h.Others {
			hit.Others = append(hit.Others, otherJSON{n.ID, n.Title, n.Published.String(), cmp.Or(n.Outlet, n.StatedOutlet), n.Lang, n.URL, !n.Outside})
		}
		for _, d := range h.Differences {
			says := []sayingJSON{}
			for _, x := range d.Says {
				says = append(says, sayingJSON{x.Value, x.Articles})
			}
			hit.Differences = append(hit.Differences, differJSON{d.What, says})
		}
		out.Hits = append(out.Hits, hit)
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

// agreementOf is an agreement with its parties' names in the reader's language.
func (s *server) agreementOf(a *ask, h index.Hit) agreementJSON {
	return agreementJSON{s.labelled(a, filled(*h.Agreement)), float64(index.PercentOf(index.Confidence(*h.Agreement))) / 100, h.Score, snippetsJSON(h.Snippets)}
}

// labelled puts the names of parties into the reader's language, those of sides that nobody named, too.
func (s *server) labelled(a *ask, g index.Agreement) index.Agreement {
	g.Parties = s.parties(a, g.Parties)
	g.Evidence = slices.Clone(g.Evidence)
	for i, e := range g.Evidence {
		g.Evidence[i].Parties = s.parties(a, e.Parties)
	}
	return g
}

func (s *server) parties(a *ask, all []index.Party) []index.Party {
	all = slices.Clone(all)
	for i, p := range all {
		if p.Key == "" {
			if side := s.side(a, p); side.Unnamed {
				all[i].Name = side.Name
			}
			continue
		}
		if name := s.named(a.w, "institution", p.Key); name != p.Key {
			all[i].Name = name
		}
	}
	return all
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
				v.Label = unbound(a.w.date(day))
			}
		}
		out = append(out, v)
	}
	return out
}

// apiFacets answers a look inside facets: «more» names one, «find» keeps the values that fit.
func (s *server) apiFacets(a *ask) (any, error) {
	p, err := s.count(a, a.request)
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
