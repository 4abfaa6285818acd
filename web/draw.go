package web

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"path"
	"regexp"
)

// pageSet are the templates of one language, by the name of their page.
type pageSet struct{ of map[string]*template.Template }

// parts are the templates that pages share; every other file of page/ is a page.
var parts = []string{"page/frame.html", "page/facets.html", "page/hits.html", "page/records.html", "page/numbers.html"}

// constant is a part of a template that is the same on each page of a language: a message, or the address of a file.
var constant = regexp.MustCompile(`\{\{(t|static) "([^"]+)"\}\}`)

// parseTemplate reads a template with its constants put in: called while a page is drawn, they took a fifth of the time.
func parseTemplate(to *template.Template, name string, w *words) *template.Template {
	data, err := files.ReadFile(path.Join("page", name))
	if err != nil {
		panic(err)
	}
	text := constant.ReplaceAllStringFunc(string(data), func(s string) string {
		m := constant.FindStringSubmatch(s)
		if m[1] == "static" {
			return template.HTMLEscapeString(staticURL(m[2]))
		}
		return template.HTMLEscapeString(w.text(m[2]))
	})
	return template.Must(to.New(name).Parse(text))
}

// loadPages parses each page once a language: «t» in a template gives a message in that language.
func loadPages() map[string]*pageSet {
	all := map[string]*pageSet{}
	for _, lang := range languages {
		w := allWords[lang]
		shared := template.New("").Funcs(template.FuncMap{"t": w.text, "static": staticURL, "marked": marked})
		for _, name := range parts {
			parseTemplate(shared, path.Base(name), w)
		}
		set := &pageSet{of: map[string]*template.Template{}}
		entries, err := files.ReadDir("page")
		if err != nil {
			panic(err)
		}
		for _, e := range entries {
			name := e.Name()
			if shared.Lookup(name) != nil {
				continue
			}
			set.of[name] = parseTemplate(template.Must(shared.Clone()), name, w)
		}
		all[lang] = set
	}
	return all
}

// draw writes a page.
func (p *pageSet) draw(out io.Writer, v view) error {
	t := p.of[v.page]
	if t == nil {
		return fmt.Errorf("draw page %s: no such template", v.page)
	}
	if err := t.ExecuteTemplate(out, "frame", v.data); err != nil {
		return fmt.Errorf("draw page %s: %w", v.page, err)
	}
	return nil
}

// faultView is the page of an error.
type faultView struct {
	frame
	Heading, Detail string
	Ways            []link
	Visit           string // the number that the log has the request under
}

func (s *server) failure(a *ask, f *fault) view {
	return view{page: "fault.html", data: s.faultView(a, f), status: f.Status}
}

func (s *server) faultView(a *ask, f *fault) faultView {
	v := faultView{frame: s.frameOf(a, a.on("/"), f.title(a.w), s.lastHeld(a, f)), Heading: f.title(a.w), Detail: f.detail(a.w), Visit: a.w.text("fault.visit", cmp.Or(visitOf(a.r).ID, noVisit))}
	if f.Instead != "" {
		v.Ways = append(v.Ways, link{Href: f.Instead, Text: a.w.text("way.instead")})
		if f.Near != "" {
			v.Ways[0].Text = a.w.text("way.near", f.Near)
		}
	}
	v.Ways = append(v.Ways, []link{{Href: v.Home, Text: a.w.text("way.home")}, {Href: v.Help, Text: a.w.text("help")}}...)
	return v
}

// noVisit and noHeld stand in a page that is drawn before anybody asks for it.
const (
	noVisit = "no-visit"
	noHeld  = "<p>no-held</p>"
)

// drawBroken draws the page of our own errors in each language, so that it cannot fail when it is needed.
func (s *server) drawBroken() map[string][]byte {
	out := map[string][]byte{}
	for _, lang := range languages {
		r, err := http.NewRequest(http.MethodGet, "/", nil)
		if err != nil {
			panic(err)
		}
		a := &ask{ctx: r.Context(), r: r, request: request{Path: "/"}, w: allWords[lang]}
		var b bytes.Buffer
		f := &fault{Status: http.StatusInternalServerError, Key: "broken"}
		v := s.faultView(a, f)
		v.Holdings = "no-held"
		if err := s.pages[lang].draw(&b, view{page: "fault.html", data: v, status: f.Status}); err != nil {
			panic(err)
		}
		out[lang] = b.Bytes()
	}
	return out
}
