package web_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/web"
)

// contract is the document that the server gives, with what of it was asked for.
type contract struct {
	t      *testing.T
	doc    *openapi3.T
	router routers.Router
	seen   map[string]bool // «/path», «/path ?parameter», «/path 200»
}

func newContract(t *testing.T) *contract {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(seedSite(t).get(t, "/openapi.json").Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{
		"text/html", "text/css", "text/javascript", "image/svg+xml", "application/atom+xml", "application/opensearchdescription+xml", "application/xml", "text/csv",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/jsonl", "application/x-research-info-systems", "application/x-bibtex", "application/vnd.citationstyles.csl+json",
	} {
		openapi3filter.RegisterBodyDecoder(kind, openapi3filter.FileBodyDecoder)
	}
	return &contract{t, doc, router, map[string]bool{}}
}

// ask asks a handler and holds its answer against the document. A question that is meant to be wrong is not validated.
func (c *contract) ask(h http.Handler, method, address string, header ...string) *httptest.ResponseRecorder {
	c.t.Helper()
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	as := httptest.NewRequest(http.MethodGet, address, nil) // the only method that is documented
	route, params, err := c.router.FindRoute(as)
	if err != nil {
		c.t.Errorf("%s is not documented: %v", address, err)
		return w
	}
	in := &openapi3filter.RequestValidationInput{Request: as, PathParams: params, Route: route, Options: &openapi3filter.Options{IncludeResponseStatus: true}}
	if w.Code == http.StatusOK {
		if err := openapi3filter.ValidateRequest(c.t.Context(), in); err != nil {
			c.t.Errorf("%s is answered, but not documented: %v", address, err)
		}
		for name := range r.URL.Query() {
			c.seen[route.Path+" ?"+name] = true
		}
		for name := range params {
			c.seen[route.Path+" {"+name+"}"] = true
		}
	}
	c.seen[fmt.Sprint(route.Path, " ", w.Code)] = true
	err = openapi3filter.ValidateResponse(c.t.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: w.Code, Header: w.Header(), Options: in.Options, Body: io.NopCloser(bytes.NewReader(w.Body.Bytes())),
	})
	if err != nil {
		c.t.Errorf("%s: %d: %v", address, w.Code, err)
	}
	return w
}

// needed is what some paths cannot do without.
var needed = map[string]string{"/compare.{ext}": "country=CN&country=EE"}

// values are what a parameter is asked with: its example, the values it may have, or the one given here. Several at once are
// joined by a line break.
func values(p *openapi3.Parameter, spare map[string]string) (out []string) {
	schema := p.Schema.Value
	if schema.Items != nil {
		schema = schema.Items.Value
	}
	for _, v := range schema.Enum {
		out = append(out, fmt.Sprint(v))
	}
	if several, ok := p.Example.([]any); ok {
		var all []string
		for _, v := range several {
			all = append(all, fmt.Sprint(v))
		}
		return []string{strings.Join(all, "\n")}
	}
	if len(out) == 0 && p.Example != nil {
		out = append(out, fmt.Sprint(p.Example))
	}
	if v, ok := spare[p.Name]; ok && len(out) == 0 {
		out = append(out, v)
	}
	return out
}

// Each documented path is asked on the seeds, with each of its parameters and each value that these may have; each documented
// status comes; all that comes is as documented.
func TestOpenAPI(t *testing.T) {
	c := newContract(t)
	s := seedSite(t)
	cursor := *s.search(t, "/api/v1/search?size=2").Next
	spare := map[string]string{"country": "EE", "institution": "ror:03q0vrn42", "outlet": "kazinform", "cursor": cursor}
	want := map[string]bool{}
	for _, path := range slices.Sorted(maps.Keys(c.doc.Paths.Map())) {
		op := c.doc.Paths.Value(path).Get
		address := path
		for _, p := range op.Parameters {
			if p.Value.In == "path" {
				want[path+" {"+p.Value.Name+"}"] = true
				address = strings.ReplaceAll(address, "{"+p.Value.Name+"}", fmt.Sprint(p.Value.Example))
				continue
			}
			want[path+" ?"+p.Value.Name] = true
		}
		for status := range op.Responses.Map() {
			want[path+" "+status] = true
		}
		c.ask(s.handler, http.MethodGet, address+"?"+needed[path])
		for _, p := range op.Parameters {
			all := values(p.Value, spare)
			if len(all) > 0 && !strings.HasPrefix(path, "/api/") {
				all = all[:1] // it is read by the same hands
			}
			if len(all) == 0 {
				t.Errorf("%s: nothing to ask %s with", path, p.Value.Name)
			}
			for _, v := range all {
				query, err := url.ParseQuery(needed[path])
				if err != nil {
					t.Fatal(err)
				}
				to := address
				switch p.Value.In {
				case "path":
					to = strings.ReplaceAll(path, "{"+p.Value.Name+"}", v)
					for _, other := range op.Parameters {
						if other.Value.In == "path" {
							to = strings.ReplaceAll(to, "{"+other.Value.Name+"}", fmt.Sprint(other.Value.Example))
						}
					}
				default:
					if p.Value.Schema.Value.MaxItems != nil {
						query = url.Values{}
					}
					query[p.Value.Name] = strings.Split(v, "\n")
				}
				if w := c.ask(s.handler, http.MethodGet, to+"?"+query.Encode()); w.Code != http.StatusOK {
					t.Errorf("%s %s=%s: status %d", to, p.Value.Name, v, w.Code)
				}
			}
		}
	}
	c.provoke()
	for what := range want {
		if !c.seen[what] {
			t.Errorf("documented, but never seen: %s", what)
		}
	}
	for what := range c.seen {
		if !want[what] {
			t.Errorf("seen, but not documented: %s", what)
		}
	}
}

// broken is a searcher whose index is damaged.
type broken struct{ web.Searcher }

func (broken) Search(context.Context, index.Query) (index.Page, error) {
	return index.Page{}, errors.New("damaged")
}

func (broken) View(context.Context, string) (index.View, bool, error) {
	return index.View{}, false, errors.New("damaged")
}

func (broken) Suggest(context.Context, string, string, int) ([]index.Suggestion, error) {
	return nil, errors.New("damaged")
}

// provoke asks every path for its problems.
func (c *contract) provoke() {
	made := func(f web.Config) http.Handler {
		f.Labels, f.Log = names.Default(), slog.New(slog.DiscardHandler)
		return web.New(f)
	}
	s := seedSite(c.t)
	damaged := made(web.Config{Searcher: broken{}})
	building := made(web.Config{Searcher: s.searcher, State: func() web.State { return web.State{Building: true} }})
	few := made(web.Config{Searcher: s.searcher, Rate: 1})
	for _, path := range slices.Sorted(maps.Keys(c.doc.Paths.Map())) {
		op := c.doc.Paths.Value(path).Get
		right, none := path, path
		for _, p := range op.Parameters {
			if p.Value.In == "path" {
				right = strings.ReplaceAll(right, "{"+p.Value.Name+"}", fmt.Sprint(p.Value.Example))
				none = strings.ReplaceAll(none, "{"+p.Value.Name+"}", "nosuch")
			}
		}
		right += "?" + needed[path]
		for status := range op.Responses.Map() {
			switch status {
			case "200":
			case "400":
				c.ask(s.handler, http.MethodGet, right+"&hl=de")
			case "404":
				c.ask(s.handler, http.MethodGet, none)
			case "405":
				c.ask(s.handler, http.MethodPost, right)
			case "414":
				c.ask(s.handler, http.MethodGet, right+"&q="+strings.Repeat("x", 20_000))
			case "429":
				c.ask(few, http.MethodGet, right)
				c.ask(few, http.MethodGet, right)
			case "500":
				c.ask(damaged, http.MethodGet, right)
			case "503":
				c.ask(building, http.MethodGet, right)
			default:
				c.t.Errorf("%s: how to make a %s?", path, status)
			}
		}
	}
}

// What the server refuses it names with what there is: so the document knows all values, and all parameters.
func TestOpenAPINamesAllThereIs(t *testing.T) {
	c := newContract(t)
	s := seedSite(t)
	listed := regexp.MustCompile(`(?:It can be|There are|Мүмкін мәндері): (.*)\.`)
	said := func(address string) []string {
		m := listed.FindStringSubmatch(c.ask(s.handler, http.MethodGet, address).Body.String())
		if m == nil {
			t.Fatalf("%s names nothing", address)
		}
		return strings.Split(strings.TrimSuffix(m[1], `."}`), ", ")
	}
	all := map[string]bool{}
	for _, item := range c.doc.Paths.Map() {
		for _, p := range item.Get.Parameters {
			if p.Value.In == "query" {
				all[p.Value.Name] = true
			}
		}
	}
	for path, item := range c.doc.Paths.Map() {
		if !strings.HasPrefix(path, "/api/") || strings.Contains(path, "{") {
			continue
		}
		for _, p := range item.Get.Parameters {
			enum := p.Value.Schema.Value.Enum
			if p.Value.Schema.Value.Items != nil {
				enum = p.Value.Schema.Value.Items.Value.Enum
			}
			if len(enum) == 0 {
				continue
			}
			var have []string
			for _, v := range enum {
				if v := fmt.Sprint(v); !strings.HasPrefix(v, "-") || p.Value.Name == "date" {
					have = append(have, v)
				}
			}
			hl := "&hl=en"
			if p.Value.Name == "hl" {
				hl = "" // Kazakh, as nobody asks for another
			}
			if want := said(path + "?" + p.Value.Name + "=zzzzzz" + hl); !slices.Equal(have, want) {
				t.Errorf("%s: %s is documented as %q, and can be %q", path, p.Value.Name, have, want)
			}
		}
	}
	for _, name := range said("/api/v1/search?hl=en&zzzzzz=1") {
		if !all[name] {
			t.Errorf("parameter %s is not documented", name)
		}
		delete(all, name)
	}
	if len(all) > 0 {
		t.Errorf("documented, but not known: %v", all)
	}
}

// People find the document from the pages about the site.
func TestOpenAPIIsLinked(t *testing.T) {
	for _, page := range []string{"/help?hl=kk", "/about?hl=ru"} {
		says(t, page, `href="/openapi.json"`)
	}
	if l := seedSite(t).get(t, "/api/v1/search").Header().Get("Link"); !strings.HasPrefix(l, "</openapi.json>") {
		t.Errorf("Link %s", l)
	}
}

// A reader who has an answer already is told that it is the same; another language is another answer.
func TestETag(t *testing.T) {
	s := seedSite(t)
	for _, address := range []string{"/api/v1/search?q=келісім", "/?q=келісім", "/feed.atom"} {
		tag := s.get(t, address).Header().Get("ETag")
		w := s.get(t, address, "If-None-Match", `"x", `+tag)
		if w.Code != http.StatusNotModified || w.Body.Len() > 0 || w.Header().Get("ETag") != tag {
			t.Errorf("%s with %s: status %d, %d bytes, %s", address, tag, w.Code, w.Body.Len(), w.Header().Get("ETag"))
		}
		if w := s.get(t, address, "If-None-Match", tag, "Accept-Language", "ru"); w.Code != http.StatusOK {
			t.Errorf("%s in Russian: status %d", address, w.Code)
		}
	}
	if w := s.get(t, "/api/v1/search?size=0"); w.Header().Get("ETag") != "" {
		t.Error("a fault has an ETag")
	}
}

// One address is answered as often as the headers say; others, and programs of this machine, are not held up.
func TestRateLimit(t *testing.T) {
	h := web.New(web.Config{Searcher: seedSite(t).searcher, Labels: names.Default(), Rate: 3, Now: func() time.Time { return time.Unix(1, 0) }})
	from := func(address string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/suggest?q=a&hl=en", nil)
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for i, want := range []string{`"api";r=2;t=20`, `"api";r=1;t=40`, `"api";r=0;t=60`} {
		if w := from("203.0.113.7:1"); w.Code != http.StatusOK || w.Header().Get("RateLimit") != want {
			t.Errorf("request %d: status %d, %s, want %s", i, w.Code, w.Header().Get("RateLimit"), want)
		}
	}
	if w := from("203.0.113.7:2"); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "More than 3 requests a minute") {
		t.Errorf("the fourth: status %d: %s", w.Code, w.Body)
	}
	for range 5 {
		for _, other := range []string{"127.0.0.1:9", "[::1]:9"} {
			if w := from(other); w.Code != http.StatusOK {
				t.Errorf("%s: status %d", other, w.Code)
			}
		}
	}
	if w := from("[2001:db8::1]:9"); w.Code != http.StatusOK {
		t.Errorf("another address: status %d", w.Code)
	}
	if w := from("[2001:db8::2]:9"); w.Header().Get("RateLimit") != `"api";r=1;t=40` {
		t.Errorf("of one network: %s", w.Header().Get("RateLimit"))
	}
}
