package web

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/index"
)

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
		Gone         string            `json:"gone,omitempty"` // since when it is gone from its site
		Story        string            `json:"story"`          // the id of its story's earliest article
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
		// Confidence is that of the agreement: another article may tell it more clearly than this one.
		Confidence float64  `json:"confidence"`
		Why        []string `json:"why"`
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
	found, err := s.viewOf(a, s.Searcher.ViewAnew, id)
	if err != nil {
		return nil, err
	}
	rec, _, _ := a.told(found)
	out := articleJSON{
		ID: rec.Article.ID, Date: rec.Article.Published.String(), Title: rec.Article.Title, Lang: rec.Lang,
		Outlet: cmp.Or(rec.Outlet, rec.Article.Outlet), URL: rec.Article.URL, Text: rec.Article.Text(), Story: cmp.Or(found.Story, rec.Article.ID), Gone: s.goneSince(a, id)[id].String(),
		Countries: []countryJSON{}, Institutions: []institutionJSON{}, Agreements: []toldJSON{}, Claims: []claimJSON{}, Versions: []versionJSON{},
	}
	for _, m := range rec.Mentions {
		out.mention(s, a, m)
	}
	for _, g := range rec.Agreements {
		for _, e := range g.Evidence {
			out.Agreements = append(out.Agreements, toldJSON{
				g.ID, e.Kind, e.Status, e.Date, e.Reported, s.labelled(a, filled(g)).Parties, e.Quote, [2]int{e.Start, e.End}, e.Rule, float64(found.Confidence[g.ID]) / 100, some(e.Why),
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
