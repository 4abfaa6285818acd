package web

import (
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
	Names     []nameView // its countries and institutions
	More      link
	Statuses  []statusView
}

// run is a stretch of text; Match marks a word that the query matched.
type run struct {
	Text  string
	Match bool
}

type nameView struct{ Text, Lang string }

// statusView is a badge.
type statusView struct{ Key, Text string }

// namesRoom is how many characters of names a hit shows before «N more».
const namesRoom = 82

func (s *server) hit(a *ask, h index.Hit) hitView {
	v := hitView{
		Date: a.w.shortView(h.Published), Outlet: s.outlet(a.w, h.Outlet, h.StatedOutlet), OutletURL: outward(h.URL),
		Lang: other(h.Lang, a.w.lang), Lead: h.Untitled, Title: runs(h.Title), Href: a.articleURL(h.ID, ""),
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
	var all []string
	for _, k := range h.Countries {
		all = append(all, s.named(a.w, "country", k))
	}
	for _, k := range h.Institutions {
		all = append(all, s.named(a.w, "institution", k))
	}
	room := namesRoom
	for i, name := range all {
		if room -= utf8.RuneCountInString(name) + 2; room < 0 && i > 0 {
			v.More = link{Href: v.Href, Text: a.w.count("hit.more", len(all)-i)}
			break
		}
		v.Names = append(v.Names, nameView{name, langOf(name, a.w.lang)})
	}
	for _, c := range h.Statuses {
		v.Statuses = append(v.Statuses, a.w.status(c.Key, c.Count))
	}
	return v
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
	return statusView{key, text}
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
