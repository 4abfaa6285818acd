package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gorilla/mux"

	"kelisim/index"
	"kelisim/web/export"
)

// neighbourView is an article named beside another.
type neighbourView struct {
	Date   dateView
	Outlet string
	Tongue string
	Title  link
	Lead   bool
	Shared string
	Note   string // that the query does not find it
}

func (s *server) neighbours(a *ask, of []index.Neighbour) (out []neighbourView) {
	for _, n := range of {
		v := neighbourView{Date: a.w.shortView(n.Published), Outlet: s.outlet(a.w, n.Outlet, n.StatedOutlet), Lead: n.Untitled}
		v.Title = link{Href: a.on("/").articleURL(n.ID, ""), Text: n.Title, Lang: other(n.Lang, a.w.lang)}
		if v.Title.Lang != "" {
			v.Tongue = s.tongue(a.w, n.Lang)
		}
		if n.Shared > 0 {
			v.Shared = a.w.count("article.shared", n.Shared)
		}
		if n.Outside {
			v.Note = a.w.text("story.outside")
		}
		out = append(out, v)
	}
	return out
}

// newsArticle is what machines are told of an article (schema.org): only what its file or page states.
type newsArticle struct {
	Context   string        `json:"@context"`
	Type      string        `json:"@type"`
	ID        string        `json:"identifier"`
	Headline  string        `json:"headline,omitempty"`
	Language  string        `json:"inLanguage,omitempty"`
	Published string        `json:"datePublished,omitempty"`
	Publisher *organization `json:"publisher,omitempty"`
	URL       string        `json:"url,omitempty"`       // of the original
	BasedOn   string        `json:"isBasedOn,omitempty"` // the same
	Page      string        `json:"mainEntityOfPage"`    // ours
}

type organization struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

func newsOf(rec *index.Record, outlet, page string) newsArticle {
	art := rec.Article
	v := newsArticle{
		Context: "https://schema.org", Type: "NewsArticle", ID: art.ID, Headline: strings.TrimSpace(art.Title), Language: rec.Lang,
		Published: art.Published.String(), URL: outward(art.URL), BasedOn: outward(art.URL), Page: page,
	}
	if outlet != "" {
		v.Publisher = &organization{"Organization", outlet}
	}
	return v
}

// citeURL is an article's entry for a list of literature.
func (r request) citeURL(id, ext string) string {
	return r.on("/article/" + url.PathEscape(id) + "/cite." + ext).url()
}

// citations are the files of one article for lists of literature.
func (a *ask) citations(id string) (out []link) {
	for _, f := range export.Formats {
		if f.Literature() {
			out = append(out, link{Href: a.citeURL(id, f.Ext), Text: f.Name})
		}
	}
	return out
}

// cite answers «/article/{id}/cite.EXT» as «/export.EXT» answers a search.
func (s *server) cite(w http.ResponseWriter, r *http.Request) {
	id, ext := mux.Vars(r)["id"], mux.Vars(r)["ext"]
	var row export.Row
	a, err := s.work(r, func(a *ask) error {
		found, ok, err := s.Searcher.View(a.ctx, id)
		if err == nil && !ok {
			err = notFound("article", shown(id))
		}
		if err == nil {
			row = s.articleRow(a, hitOf(found))
		}
		return err
	})
	i := slices.IndexFunc(export.Formats, func(f export.Format) bool { return f.Literature() && f.Ext == ext })
	if err == nil && i < 0 {
		err = notFound("page")
	}
	if err != nil {
		s.failPage(w, a, err)
		return
	}
	m := export.Manifest{Program: "Kelisim", Version: s.Version, Rows: "article", Address: s.base(r) + a.on("/").articleURL(id, ""), Total: 1}
	s.stream(w, a, export.Formats[i], m, func(yield func(export.Row) error) error { return yield(row) })
}

// hitOf is an article as a row of a file has it.
func hitOf(v index.View) index.Hit {
	r := &v.Record
	title, untitled := index.TitleOf(r.Article)
	h := index.Hit{
		Story: v.Story, ID: r.Article.ID, Published: r.Article.Published, Outlet: r.Outlet, StatedOutlet: r.Article.Outlet, Lang: r.Lang, URL: r.Article.URL,
		Sources: []index.Source{{Title: title, Untitled: untitled, Published: r.Article.Published, URL: r.Article.URL}},
	}
	if n := len(v.Versions); n > 0 {
		h.Sources[0].Version = v.Versions[n-1]
	}
	if f, ok := index.FacetNamed("country"); ok {
		h.Countries = slices.DeleteFunc(f.Article(r), func(key string) bool { return key == home })
	}
	if f, ok := index.FacetNamed("institution"); ok {
		h.Institutions = f.Article(r)
	}
	return h
}
