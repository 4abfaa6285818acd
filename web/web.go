// Package web answers: how does a reader get at it in a browser, or a program over HTTP? It turns an address into a
// query, asks the searcher, and draws the answer as pages in three languages and as JSON. Nothing here changes data.
//
// A request goes address → parse → index.Query → Searcher → index.Page → view (strings and links, ready) → template →
// buffer → one write. To add a page: a view and a handler in one file, a template in page/, a line in route.go, its words
// in text/*.txt; the tests name what is missing.
//
// References: mock/README.md of the design for the look; WCAG 2.2 for what everyone must be able to use; RFC 9457 for
// errors of the API; CLDR's plural rules for numbers.
package web

import (
	"context"
	"embed"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"kelisim/index"
)

//go:embed page/*.html static/* text/*.txt foreign.txt measured.tsv openapi.json
var files embed.FS

// Searcher is what web needs of a searcher.
type Searcher interface {
	// Search answers a query. The error is index.ErrCursor where the query's cursor cannot be read.
	Search(ctx context.Context, q index.Query) (index.Page, error)
	// Lines gives where the words of a query stand in the texts that it finds, the newest first: of at most q.Size articles from
	// q.Cursor on, read in number, with at most width characters on either side; next is the cursor behind them.
	Lines(ctx context.Context, q index.Query, width int) (lines []index.Line, read int, next string, err error)
	// Suggest gives at most most ways to go on with what is being typed, in an interface language.
	Suggest(ctx context.Context, typed, lang string, most int) ([]index.Suggestion, error)
	// View gives one article with all that its page shows; ok is false for an unknown id.
	View(ctx context.Context, id string) (v index.View, ok bool, err error)
	// ViewAnew is View of an article that is read again, so that its names are all there, with what each is.
	ViewAnew(ctx context.Context, id string) (v index.View, ok bool, err error)
	// Version gives an article in one of its states, by its number; ok is false where there is none.
	Version(ctx context.Context, id string, number int) (a index.Article, ok bool, err error)
	// Around gives the articles that tell the same story as one, and others about the same.
	Around(ctx context.Context, v index.View) (same, similar []index.Neighbour, err error)
}

// Labels is what web needs to know of the values of facets whose words are names.
type Labels interface {
	// Label is the display name of a value of the facets country, institution and outlet in kk, ru or en, or key itself.
	Label(facet, key, lang string) string
	// Entry gives what is known of a country or institution; ok is false for an unknown key.
	Entry(facet, key string) (e index.Entry, ok bool)
	// Search finds the keys of a facet whose names or aliases in any language fit what was typed, at most limit.
	Search(facet, typed string, limit int) []string
}

// Config is what a server is made of. Searcher and Labels must be set.
type Config struct {
	Searcher Searcher
	Labels   Labels

	// Marks finds what the text of a query matches in an article, for highlighting on its page; nil: nothing is.
	Marks func(ctx context.Context, q index.Query, r *index.Record) []index.Mark
	// Sources tells how the sources that are followed do; nil: none are.
	Sources func(ctx context.Context) ([]index.Health, error)
	// Gone tells since when some articles are gone from their sites, by the article; those that are not are left out. nil: nobody
	// knows of any.
	Gone func(ctx context.Context, ids []string) (map[string]time.Time, error)
	// State tells how the index stands to the archive; nil: it is whole and follows it.
	State func() State
	// Reading reports whether articles are being read into the index: fewer pages are made beside that. nil: never.
	Reading func() bool
	// Base is the address of the site («https://kelisim.example»), for what is read elsewhere; "": as the reader typed it.
	Base string
	// Version is the program's, for files that tell where they come from.
	Version string
	// Now is the clock; nil: the machine's.
	Now func() time.Time
	// AnswerTime bounds one answer; 0: two seconds.
	AnswerTime time.Duration
	// Rate is how many requests a minute one address may send; 0: 6000.
	Rate int
	// Proxies are those whose header ProxyHeader is believed to say who asks: «X-Forwarded-For», which "" means, or «Forwarded».
	Proxies     []netip.Prefix
	ProxyHeader string
	// HSTS is how long a browser that came over TLS shall come over TLS only; 0: it is not told.
	HSTS time.Duration
	// Seen hears of each request when it has been answered; nil: nobody does.
	Seen func(Visit)
	// Log hears about errors; nil: the default logger.
	Log *slog.Logger
}

// New makes the handler of the whole site. It is safe for concurrent use.
func New(c Config) *Site {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.AnswerTime == 0 {
		c.AnswerTime = answerTime
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Rate == 0 {
		c.Rate = fairRate
	}
	s := &server{Config: c, gate: newGate(runtime.GOMAXPROCS(0), c.Reading), limit: newLimiter(c.Rate)}
	s.pages = loadPages()
	s.broken = s.drawBroken()
	return &Site{s.routes(), s}
}

// Site is the handler of the whole site.
type Site struct {
	http.Handler
	server *server
}

// Load is how many answers are worked on now, and how many requests wait for room.
func (s *Site) Load() (inside, waiting int) {
	return len(s.server.gate.inside.in), s.server.gate.waiting()
}

// server holds what does not change between two requests.
type server struct {
	Config
	gate  *gate
	limit *limiter

	untrusted sync.Once // it was told that a stranger names who asks

	pages  map[string]*pageSet
	broken map[string][]byte // the error page of each language, drawn at start-up

	held atomic.Pointer[index.Holdings] // what the last page said that the index holds
}
