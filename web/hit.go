package web

import (
	"cmp"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/index"
)

// hitView is an article in a list.
type hitView struct {
	Date      dateView
	Outlet    string
	OutletURL string
	Tongue    string // the article's language in words, where it is not the reader's
	Lang      string // for the attribute
	Lead      bool   // the headline is made of the first words
	Rest      string // what is said before the first that has some of the words only
	Deep      bool   // it stands under a heading of its own
	Title     []run
	Href      string
	Snippets  [][]run
	Deals     []dealView // what it tells that fits the query
	Countries []nameView // that it names, where nothing fits
	Names     []nameView // institutions
	More      link
	Statuses  []statusView
	Silent    link // to the agreements that do not fit, where none does
	Fold      *foldView
	Undated   string
	Gone      string // that it is gone from its site
}

// dealView is an agreement in one line.
type dealView struct {
	Sides  []nameView
	Status statusView
}

// run is a stretch of text; Match marks a word that the query matched.
type run struct {
	Text  string
	Match bool
}

// marked is runs as HTML. A page of hits has hundreds of them: as a template they took a tenth of its time.
func marked(of []run) template.HTML {
	var out strings.Builder
	for _, r := range of {
		if r.Match {
			out.WriteString("<mark>" + string(tied(r.Text)) + "</mark>")
		} else {
			out.WriteString(string(tied(r.Text)))
		}
	}
	return template.HTML(out.String())
}

// tied is a text as HTML with each figure such as «1 453» on one line, whatever space its writer typed. Only the look changes: what is
// copied is what the article has.
func tied(text string) template.HTML {
	s := template.HTMLEscapeString(text)
	if mayGroup(text) {
		s = grouped.ReplaceAllString(s, `<span class="tied">$0</span>`)
	}
	return template.HTML(s)
}

// mayGroup reports whether a space stands between figures at all.
func mayGroup(s string) bool {
	figure := func(b byte) bool { return '0' <= b && b <= '9' }
	for i := 1; i+1 < len(s); i++ {
		if s[i] == ' ' && figure(s[i-1]) && figure(s[i+1]) {
			return true
		}
	}
	return false
}

var grouped = regexp.MustCompile(`\b[0-9]{1,3}(?: [0-9]{3})+\b`)

type nameView struct {
	Text, Lang string
	Guess      bool // it is in no table, and nobody has checked it
}

// statusView is a badge, with the place of the first record that it counts, where there is one to go to.
type statusView struct{ Key, Text, Href string }

const (
	namesRoom = 82 // characters of names that a hit shows before «N more»
	dealsRoom = 2  // agreements that a hit names before «N more»
)

func (s *server) hit(a *ask, h index.Hit) hitView {
	v := hitView{
		Date: a.w.shortView(h.Published), Outlet: s.outlet(a.w, h.Outlet, h.StatedOutlet), OutletURL: outward(h.URL),
		Lang: other(h.Lang, a.w.lang), Lead: h.Untitled, Title: runs(h.Title), Href: a.articleURL(h.ID, ""),
	}
	if h.Damaged {
		v.Title = []run{{Text: a.w.text("hit.damaged", shown(h.ID))}}
	}
	if v.Lang != "" {
		v.Tongue = s.tongue(a.w, h.Lang)
	}
	if v.Outlet == "" && v.OutletURL != "" {
		v.Outlet = hostOf(v.OutletURL)
	}
	for _, n := range h.Snippets {
		v.Snippets = append(v.Snippets, runs(n))
	}
	if v.Date.Text == "" {
		v.Undated = a.w.text("record.day.none")
	}
	if !h.Gone.IsZero() {
		v.Gone = a.w.text("hit.gone", a.w.shortDate(h.Gone))
	}
	if a.Text != "" {
		v.Href += "#" + bestMatch
	}
	if h.Silent > 0 && len(h.Told) == 0 {
		v.Silent = link{Href: a.articleURL(h.ID, recordsID), Text: a.w.count("n.agreements", h.Silent)}
	}
	v.Fold = s.fold(a, h)
	s.tell(a, h, &v)
	if len(v.Deals) > 0 {
		return v
	}
	for _, k := range h.Countries {
		name := s.named(a.w, "country", k)
		v.Countries = append(v.Countries, nameView{Text: name, Lang: langOf(name, a.w.lang)})
	}
	room := namesRoom
	for i, k := range confirmedFirst(h.Institutions) {
		name := s.named(a.w, "institution", k)
		if room -= utf8.RuneCountInString(name) + 2; room < 0 && i > 0 {
			v.More = link{Href: a.articleURL(h.ID, ""), Text: a.w.count("hit.more", len(h.Institutions)-i)}
			break
		}
		v.Names = append(v.Names, nameView{name, langOf(name, a.w.lang), unconfirmed(k)})
	}
	return v
}

// confirmedFirst puts names that are in no table behind the others.
func confirmedFirst(keys []string) []string {
	out := slices.Clone(keys)
	slices.SortStableFunc(out, func(x, y string) int { return guess(x) - guess(y) })
	return out
}

// tell shows what an article tells: the firmest first, each status with the way to its first record.
func (s *server) tell(a *ask, h index.Hit, v *hitView) {
	firm := func(status string) int { return slices.Index(a.w.keys, "status."+status) }
	at := func(g index.Agreement) string {
		for _, e := range g.Evidence {
			if e.Article == h.ID {
				return quoteID(cmp.Or(e.ID, g.ID))
			}
		}
		return recordsID
	}
	counts := slices.Clone(h.Statuses)
	slices.SortStableFunc(counts, func(x, y index.Count) int { return cmp.Compare(firm(x.Key), firm(y.Key)) })
	for _, c := range counts {
		st := a.w.status(c.Key, c.Count)
		first := slices.IndexFunc(h.Told, func(g index.Agreement) bool { return g.Status == c.Key })
		st.Href = a.articleURL(h.ID, at(h.Told[first]))
		v.Statuses = append(v.Statuses, st)
	}
	told := slices.Clone(h.Told)
	slices.SortStableFunc(told, func(x, y index.Agreement) int { return cmp.Compare(firm(x.Status), firm(y.Status)) })
	for i, g := range told {
		if i == dealsRoom {
			v.More = link{Href: a.articleURL(h.ID, recordsID), Text: a.w.count("hit.more", len(told)-i)}
			break
		}
		d := dealView{Status: a.w.status(g.Status, 0)}
		for _, x := range s.sides(a, g) {
			d.Sides = append(d.Sides, nameView{x.Name, x.Lang, x.Guess})
		}
		v.Deals = append(v.Deals, d)
	}
}

// outlet is the name of an outlet: as we know it, else as the article states it.
func (s *server) outlet(w *words, key, stated string) string {
	if key == "" {
		return stated
	}
	return s.named(w, "outlet", key)
}

// tongue is the name of a language.
func (s *server) tongue(w *words, lang string) string {
	if key := "lang." + lang; w.has(key) {
		return w.text(key)
	}
	return lang
}

// status is a badge, with a number where n is not 0.
func (w *words) status(key string, n int) statusView {
	text := key
	if m := "status." + key; w.has(m) {
		text = w.text(m)
	}
	if n > 0 {
		text += " " + w.number(n)
	}
	return statusView{Key: key, Text: text}
}

func (w *words) kind(key string) string {
	if m := "kind." + key; w.has(m) {
		return w.text(m)
	}
	return key
}

func runs(pieces []index.Piece) []run {
	out := make([]run, len(pieces))
	for i, p := range pieces {
		out[i] = run(p)
	}
	return out
}

// plain is pieces without their marks.
func plain(pieces []index.Piece) string {
	s := ""
	for _, p := range pieces {
		s += p.Text
	}
	return s
}
