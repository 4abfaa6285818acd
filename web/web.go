// Package web answers: how does a reader get at it in a browser, or a program over HTTP? It turns an address into a
// query, asks the searcher, and draws the answer as pages in three languages and as JSON. Nothing here changes data.
package web

import (
	"context"
	"embed"
	"log/slog"
	"net/http"

	"kelisim/index"
)

//go:embed page/*.html static/* text/*.txt
var files embed.FS

// Searcher is what web needs of a searcher.
type Searcher interface {
	// Search answers a query. The error is index.ErrCursor where the query's cursor cannot be read.
	Search(ctx context.Context, q index.Query) (index.Page, error)
	// View gives one article with all that its page shows; ok is false for an unknown id.
	View(ctx context.Context, id string) (v index.View, ok bool, err error)
}

// Labels is what web needs to show the values of facets whose words are names.
type Labels interface {
	// Label is the display name of a value of the facets country, institution and outlet in kk, ru or en, or key itself.
	Label(facet, key, lang string) string
}

// Config is what a server is made of. Searcher and Labels must be set.
type Config struct {
	Searcher Searcher
	Labels   Labels

	// Marks finds what the text of a query matches in an article, for highlighting on its page; nil: nothing is.
	Marks func(q index.Query, r *index.Record) []index.Mark
	// Entry gives what is known of a country or an institution; nil: names only.
	Entry func(facet, key string) (Entry, bool)
	// Ready tells why the server cannot answer yet; nil: it always can.
	Ready func() error
	// Log hears about errors; nil: the default logger.
	Log *slog.Logger
}

// Entry is what is known of a country or an institution, for its page.
type Entry struct {
	Aliases  []string
	Country  string // of an institution: ISO 3166-1 alpha-2
	Kind     string // of an institution: university, academy, …
	City     string
	ROR      string // id without the address
	Wikidata string // «Q…»
	Website  string
}

// New makes the handler of the whole site. It is safe for concurrent use.
func New(c Config) http.Handler {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	s := &server{Config: c}
	s.pages = loadPages()
	s.broken = s.drawBroken()
	return s.routes()
}

// server holds what does not change between two requests.
type server struct {
	Config
	pages  map[string]*pageSet
	broken map[string][]byte // the error page of each language, drawn at start-up
}
