package web

import (
	"strconv"
	"strings"

	"kelisim/index"
	"kelisim/web/export"
)

// helpView is the page that says how to ask.
type helpView struct {
	frame
	Syntax []syntax
	Parts  []helpPart
	Fields []string
	Paths  []endpoint
}

// syntax is one way to ask, with an example that can be clicked.
type syntax struct {
	Example link
	Text    string
}

type helpPart struct {
	ID, Heading string
	Lines       []string
}

type endpoint struct {
	Path, Text string
	Href       string
}

// help answers «/help». Its words are messages: «help.syntax.1» has its example in «help.syntax.1.q».
func (s *server) help(a *ask) (view, error) {
	v := helpView{frame: s.frameOf(a, a.on("/help"), a.w.text("help"), s.holdings(a))}
	for i := 1; a.w.has("help.syntax." + strconv.Itoa(i)); i++ {
		key := "help.syntax." + strconv.Itoa(i)
		r := a.on("/")
		r.Text = a.w.text(key + ".q")
		v.Syntax = append(v.Syntax, syntax{link{Href: r.url(), Text: r.Text, Lang: langOf(r.Text, a.w.lang)}, a.w.text(key)})
	}
	for _, id := range []string{"words", "agreements", "dates", "facets", "address"} {
		v.Parts = append(v.Parts, a.part("help."+id, a.figures()))
	}
	v.Fields = append(v.Fields, "q", "tab=articles|agreements|"+strings.Join(viewNames, "|"))
	v.Fields = append(v.Fields, facetNames()...)
	v.Fields = append(v.Fields, "from", "to", "min_confidence=0–1", "match=all|most", "sort=relevance|newest|oldest", "size=1–"+strconv.Itoa(index.MaxSize), "cursor", "x=0", "repair=0", "group=0|1", "hl=kk|ru|en", "facet_size")
	var exts []string
	for _, f := range export.Formats {
		exts = append(exts, f.Ext)
	}
	for _, e := range []struct{ path, key, example string }{
		{"/openapi.json", "help.api.document", "/openapi.json"},
		{"/api/v1/search", "help.api.search", "/api/v1/search?q=меморандум"},
		{"/api/v1/agreements", "help.api.agreements", "/api/v1/agreements?status=signed"},
		{"/api/v1/articles/{id}", "help.api.article", ""},
		{"/api/v1/pivot", "help.api.pivot", "/api/v1/pivot?rows=home&cols=country"},
		{"/api/v1/facets", "help.api.facets", "/api/v1/facets?more=institution&find=ҚазҰУ"},
		{"/export.{" + strings.Join(exts, ",") + "}", "help.api.export", "/export.csv?q=меморандум"},
		{"/feed.atom", "help.api.feed", "/feed.atom?q=меморандум"},
		{"/compare", "help.api.compare", "/compare?country=CN&country=EE"},
	} {
		v.Paths = append(v.Paths, endpoint{e.path, a.w.text(e.key), e.example})
	}
	return view{page: "help.html", data: v}, nil
}
