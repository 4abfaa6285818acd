package web

import (
	"net/http"

	"github.com/gorilla/mux"
)

// routes is the whole surface. Everything is read-only: other methods than GET and HEAD are refused everywhere.
func (s *server) routes() http.Handler { return s.guard(s.router()) }

func (s *server) router() *mux.Router {
	m := mux.NewRouter().StrictSlash(true).SkipClean(true)
	m.Use(s.routed)
	read := []string{http.MethodGet, http.MethodHead}
	page := func(path string, h pageHandler) { m.Handle(path, s.page(h)).Methods(read...) }
	api := func(path string, h apiHandler) { m.Handle("/api/v1"+path, s.api(h)).Methods(read...) }

	page("/", s.search)
	page("/agreements", s.search)
	page("/article/{id}", func(a *ask) (view, error) { return s.article(a, mux.Vars(a.r)["id"]) })
	page("/article/{id}/versions", func(a *ask) (view, error) { return s.versions(a, mux.Vars(a.r)["id"]) })
	page("/institution/{key:.+}", func(a *ask) (view, error) { return s.entry(a, "institution", mux.Vars(a.r)["key"]) })
	page("/country/{key}", func(a *ask) (view, error) { return s.entry(a, "country", mux.Vars(a.r)["key"]) })
	page("/compare", s.compare)
	page("/help", s.help)
	page("/about", s.aboutPage)
	page("/sources", s.sources)

	api("/search", s.apiSearch)
	api("/agreements", s.apiAgreements)
	api("/articles/{id}", func(a *ask) (any, error) { return s.apiArticle(a, mux.Vars(a.r)["id"]) })
	api("/facets", s.apiFacets)
	api("/suggest", s.apiSuggest)
	api("/pivot", s.apiPivot)

	m.HandleFunc("/openapi.json", s.openAPI).Methods(read...)

	file := func(path, kind string, h func(a *ask) ([]byte, error)) {
		m.Handle(path, s.other(kind, h)).Methods(read...)
	}
	file("/feed.atom", "application/atom+xml; charset=utf-8", s.feed)
	file("/opensearch.xml", "application/opensearchdescription+xml; charset=utf-8", s.openSearch)
	file("/opensearch.json", "application/x-suggestions+json; charset=utf-8", s.completions)
	file("/sitemap.xml", "application/xml; charset=utf-8", s.siteMaps)
	file("/sitemap-{part}.xml", "application/xml; charset=utf-8", s.siteMap)
	m.HandleFunc("/export.{ext}", s.download).Methods(read...)
	m.HandleFunc("/compare.{ext}", s.compareFile).Methods(read...)
	m.HandleFunc("/article/{id}/cite.{ext}", s.cite).Methods(read...)

	m.HandleFunc("/healthz", s.healthy).Methods(read...)
	m.HandleFunc("/readyz", s.ready).Methods(read...)
	m.HandleFunc("/robots.txt", s.robots).Methods(read...)
	m.Handle("/static/{name}", s.static(func(r *http.Request) string { return mux.Vars(r)["name"] })).Methods(read...)

	m.NotFoundHandler = s.refuse(&fault{Status: http.StatusNotFound, Key: "page"})
	m.MethodNotAllowedHandler = s.refuse(&fault{Status: http.StatusMethodNotAllowed, Key: "method"})
	return m
}
