package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"kelisim/index"
)

// feedHits is how many entries a feed has: who follows asks more often than so many come.
const feedHits = 50

// The form of a feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Links   []atomLink  `xml:"link"`
		Author  string      `xml:"author>name"`
		Entries []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr,omitempty"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		ID        string         `xml:"id"` // stays, wherever the site moves
		Title     string         `xml:"title"`
		Updated   string         `xml:"updated"`
		Published string         `xml:"published,omitempty"`
		Links     []atomLink     `xml:"link"`
		Category  []atomCategory `xml:"category"`
		Summary   atomText       `xml:"summary"`
	}
	atomCategory struct {
		Term string `xml:"term,attr"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		Lang string `xml:"xml:lang,attr,omitempty"`
		Text string `xml:",chardata"`
	}
)

// feedOf is the address of a search's feed.
func (r request) feedOf() string {
	r.Path, r.Cursor, r.Size, r.Sort, r.More, r.Find = "/feed.atom", "", 0, "", "", ""
	r.shape = shape{}
	return r.url()
}

// base is the address of the site, as it was told or as the reader typed it.
func (s *server) base(r *http.Request) string { return cmp.Or(s.Base, s.site(r)) }

// other answers what is neither a page nor the API, with the faults of pages.
func (s *server) other(kind string, h func(a *ask) ([]byte, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var body []byte
		a, err := s.work(r, func(a *ask) (err error) {
			body, err = h(a)
			return err
		})
		if err != nil {
			s.failPage(w, a, err)
			return
		}
		s.send(w, r, 0, kind, body)
	}
}

func asXML(v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	e := xml.NewEncoder(&b)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode XML: %w", err)
	}
	return b.Bytes(), nil
}

// feed answers «/feed.atom»: the newest of a search, with the passages that matched.
func (s *server) feed(a *ask) ([]byte, error) {
	q := a.Query
	q.Sort, q.Cursor, q.Size = index.Newest, "", feedHits
	p, err := s.Searcher.Search(a.ctx, q)
	if err != nil {
		return nil, err
	}
	base := s.base(a.r)
	to := a.request
	to.Path = "/"
	f := atomFeed{
		Lang: a.w.lang, ID: base + to.permalink(), Title: a.w.text("title", cmp.Or(a.Text, a.w.text("tab."+string(a.Tab)))), Updated: rfc3339(p.Holdings.Updated), Author: "Kelisim",
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: base + a.feedOf()}, {Rel: "alternate", Type: "text/html", Href: base + to.url()}},
	}
	for _, h := range p.Hits {
		e := s.entryOf(a, h)
		e.Updated = cmp.Or(e.Published, f.Updated)
		e.Links = []atomLink{{Rel: "alternate", Type: "text/html", Href: base + e.Links[0].Href}}
		f.Entries = append(f.Entries, e)
	}
	return asXML(f)
}

// entryOf is a hit as an entry.
func (s *server) entryOf(a *ask, h index.Hit) atomEntry {
	at := request{HL: a.HL, Path: "/"}
	at.Text = a.Text
	if g := h.Agreement; g != nil && len(g.Evidence) > 0 {
		var sides []string
		for _, x := range s.sides(a, *g) {
			sides = append(sides, x.Name)
		}
		first := g.Evidence[0]
		reported, _ := index.ParseDate(g.Reported)
		return atomEntry{
			ID: "urn:kelisim:agreement:" + g.ID, Title: strings.Join(sides, " × ") + " — " + a.w.status(g.Status, 0).Text, Published: dayStamp(reported),
			Links: []atomLink{{Href: at.articleURL(first.Article, quoteID(cmp.Or(first.ID, g.ID)))}}, Category: []atomCategory{{g.Status}, {g.Kind}},
			Summary: atomText{Type: "html", Lang: first.Lang, Text: passages(h.Snippets[:min(1, len(h.Snippets))])},
		}
	}
	return atomEntry{
		ID: "urn:kelisim:article:" + h.ID, Title: plain(h.Title), Published: dayStamp(h.Published), Links: []atomLink{{Href: at.articleURL(h.ID, "")}},
		Summary: atomText{Type: "html", Lang: h.Lang, Text: passages(h.Snippets)},
	}
}

// passages are snippets as HTML, matches in bold.
func passages(in []index.Snippet) string {
	var b strings.Builder
	for _, n := range in {
		b.WriteString("<p>")
		for _, p := range n {
			if p.Match {
				b.WriteString("<b>" + html.EscapeString(p.Text) + "</b>")
			} else {
				b.WriteString(html.EscapeString(p.Text))
			}
		}
		b.WriteString("</p>")
	}
	return b.String()
}

func rfc3339(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// dayStamp is the first moment of a date, "" for none.
func dayStamp(d index.Date) string {
	if d.IsZero() {
		return ""
	}
	return index.Day(d.First()).String() + "T00:00:00Z"
}

// openSearch answers «/opensearch.xml»: how a browser searches here from its own box.
func (s *server) openSearch(a *ask) ([]byte, error) {
	type address struct {
		Type     string `xml:"type,attr"`
		Rel      string `xml:"rel,attr,omitempty"`
		Template string `xml:"template,attr"`
	}
	base := s.base(a.r)
	return asXML(struct {
		XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
		ShortName   string
		Description string
		Encoding    string `xml:"InputEncoding"`
		Image       string
		URLs        []address `xml:"Url"`
	}{
		ShortName: "Kelisim", Description: a.w.text("search.label"), Encoding: "UTF-8", Image: base + staticURL("icon.svg"),
		URLs: []address{
			{Type: "text/html", Template: base + "/?q={searchTerms}"},
			{Type: "application/x-suggestions+json", Rel: "suggestions", Template: base + "/opensearch.json?q={searchTerms}"},
			{Type: "application/atom+xml", Template: base + "/feed.atom?q={searchTerms}"},
		},
	})
}

// completions answers «/opensearch.json» in the form that browsers ask for: what was typed, how it may go on, what that is, and where it
// leads. Browsers put the words into their own box, so that an institution is its name there, which finds it too.
func (s *server) completions(a *ask) ([]byte, error) {
	words, said, urls := []string{}, []string{}, []string{}
	if len([]rune(a.Text)) <= maxTyped {
		found, err := s.Searcher.Suggest(a.ctx, a.Text, a.w.lang, suggested)
		if err != nil {
			return nil, err
		}
		for _, g := range found {
			j := s.suggestion(a, g)
			if g.Facet != "" {
				j.Q = strings.TrimSpace(j.Q + " " + j.Label)
			}
			words, said, urls = append(words, j.Q), append(said, j.Said), append(urls, s.base(a.r)+j.URL)
		}
	}
	return json.Marshal([]any{a.Text, words, said, urls})
}

// The forms of site maps (sitemaps.org).
type (
	siteMaps struct {
		XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Maps    []siteURL `xml:"sitemap"`
	}
	siteMap struct {
		XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []siteURL `xml:"url"`
	}
	siteURL struct {
		Loc string `xml:"loc"`
	}
)

// maxSiteURLs is what a site map may hold.
const maxSiteURLs = 50_000

// siteMaps answers «/sitemap.xml»: a map for the pages that always are there, one a month of articles, one for those without
// a date.
func (s *server) siteMaps(a *ask) ([]byte, error) {
	p, err := s.Searcher.Search(a.ctx, index.Query{Size: 1})
	if err != nil {
		return nil, err
	}
	base := s.base(a.r)
	out := siteMaps{Maps: []siteURL{{base + "/sitemap-pages.xml"}}}
	for _, c := range counts(p, "date") {
		if c.Count > 0 && (len(c.Key) == len("2025-01") || c.Key == index.UndatedKey) {
			out.Maps = append(out.Maps, siteURL{base + "/sitemap-" + c.Key + ".xml"})
		}
	}
	return asXML(out)
}

// siteMap answers «/sitemap-{part}.xml».
func (s *server) siteMap(a *ask) ([]byte, error) {
	part, base := mux.Vars(a.r)["part"], s.base(a.r)
	out := siteMap{}
	q := index.Query{Bare: true, Sort: index.Newest, Size: index.MaxSize}
	d, err := index.ParseDate(part)
	switch {
	case part == "pages":
		for _, path := range []string{"/", "/agreements", "/?tab=table", "/help", "/about"} {
			out.URLs = append(out.URLs, siteURL{base + path})
		}
		return asXML(out)
	case part == index.UndatedKey:
		q.Selection = q.Selection.With("date", index.UndatedKey)
	case err != nil || d.Month == 0 || d.Day != 0:
		return nil, notFound("page")
	default:
		q.Selection = q.Selection.WithRange(d, d)
	}
	for len(out.URLs) < maxSiteURLs {
		p, err := s.Searcher.Search(a.ctx, q)
		if err != nil {
			return nil, err
		}
		for _, h := range p.Hits {
			at := request{Path: "/"}
			out.URLs = append(out.URLs, siteURL{base + at.articleURL(h.ID, "")})
		}
		if q.Cursor = p.Next; q.Cursor == "" {
			break
		}
	}
	return asXML(out)
}
