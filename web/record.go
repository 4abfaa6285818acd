package web

import (
	"cmp"
	"strings"

	"kelisim/index"
)

// recordView is an agreement: in a list with its evidence, or in the margin of an article with its number.
type recordView struct {
	Rest     string // what is said before the first that has some of the words only
	ID       string
	No       string
	NoLabel  string
	QuoteID  string
	Days     []dayView // that the text states, and that it was reported on
	Outlet   string
	Status   statusView
	Kind     string
	Sides    []sideView
	Evidence []evidenceView
	Open     bool // the evidence stands open
	Mended   []string
	Doubt    string // why it is uncertain, "" where it is not
	Sure     string // how sure the program is
	Why      string // of what
	Line     string // of corrections.tsv, that takes it out
	Mend     string // where it is said what to do with that
}

// dayView is a day with the word for what happened on it.
type dayView struct {
	Word string
	dateView
}

// sideView is a party. Href is "" for a side that nobody named.
type sideView struct {
	Name, Lang string
	Href       string
	Country    string
	Unnamed    bool
}

type evidenceView struct {
	Quote  []run
	Lang   string
	Source string // where no headline is at hand
	Title  []run
	Href   string
	Status *statusView // where it differs from the agreement's
	Kind   string      // the same
}

func (s *server) recordOf(a *ask, h index.Hit) recordView {
	g := h.Agreement
	if g == nil {
		g = &index.Agreement{ID: h.ID}
	}
	v := s.record(a, *g, index.PercentOf(index.Confidence(*g)))
	v.ID = g.ID
	for i, e := range g.Evidence {
		x := evidenceView{
			Quote: []run{{Text: e.Quote}}, Lang: other(e.Lang, a.w.lang), Href: a.articleURL(e.Article, quoteID(cmp.Or(e.ID, g.ID))),
		}
		if i < len(h.Snippets) {
			x.Quote = runs(h.Snippets[i])
		}
		if i == 0 && len(h.Title) > 0 {
			x.Title = runs(h.Title)
		} else {
			reported, _ := index.ParseDate(e.Reported)
			x.Source = joined(s.outlet(a.w, e.Outlet, ""), a.w.date(reported), e.Article)
		}
		if e.Status != g.Status {
			st := a.w.status(e.Status, 0)
			x.Status = &st
		}
		if e.Kind != g.Kind {
			x.Kind = a.w.kind(e.Kind)
		}
		v.Evidence = append(v.Evidence, x)
	}
	v.Open = a.Text != ""
	return v
}

// joined names a source by what is known of it; id only where nothing is.
func joined(outlet, date, id string) string {
	switch {
	case outlet != "" && date != "":
		return outlet + ", " + date
	case outlet+date != "":
		return outlet + date
	}
	return id
}

// quoteID is the place of an agreement's quote on an article's page; id is that of the evidence, which stays when
// agreements are merged.
func quoteID(id string) string { return "a-" + id }

// record is what all views of an agreement share.
func (s *server) record(a *ask, g index.Agreement, sure index.Percent) recordView {
	v := recordView{
		Status: a.w.status(g.Status, 0), Kind: a.w.kind(g.Kind), Days: a.days(g),
		Line: g.ID + "\twrong\t\t" + a.w.text("record.mend.who") + "\t" + a.w.text("record.mend.why"), Mend: a.on("/about").url() + "#mend",
	}
	for _, p := range g.Parties {
		v.Sides = append(v.Sides, s.side(a, p))
	}
	for _, e := range g.Evidence {
		if v.Outlet == "" {
			v.Outlet = s.outlet(a.w, e.Outlet, "")
		}
		if e.Corrected != "" {
			v.Mended = append(v.Mended, a.w.text("record.corrected", e.Corrected))
		}
	}
	v.judge(a, g, sure)
	return v
}

// days are the day that the text states and the day that it was reported on, never one for the other.
func (a *ask) days(g index.Agreement) (out []dayView) {
	if d := a.w.stated(g.Date); d.Text != "" {
		word := "record.day.stated"
		if g.Status == "signed" {
			word = "record.day.signed"
		}
		out = append(out, dayView{a.w.text(word), d})
	}
	if d := a.w.stated(g.Reported); d.Text != "" {
		out = append(out, dayView{a.w.text("record.day.reported"), d})
	}
	if len(out) == 0 {
		out = append(out, dayView{Word: a.w.text("record.day.none")})
	}
	return out
}

func (s *server) side(a *ask, p index.Party) sideView {
	country := ""
	if p.Country != "" {
		country = s.named(a.w, "country", p.Country)
	}
	if p.Key == "" {
		kind, _, _ := strings.Cut(p.Name, ",") // «universities, CN»
		if m := "side." + kind; a.w.has(m) {
			if country == "" {
				return sideView{Name: a.w.text(m + ".somewhere"), Unnamed: true}
			}
			return sideView{Name: a.w.text(m, country), Unnamed: true}
		}
		name := cmp.Or(p.Name, p.Text)
		return sideView{Name: name, Lang: langOf(name, a.w.lang), Country: abroad(p.Country, country)}
	}
	name := s.named(a.w, "institution", p.Key)
	if name == p.Key {
		name = cmp.Or(p.Name, p.Text, p.Key)
	}
	return sideView{
		Name: name, Lang: langOf(name, a.w.lang), Href: a.entryURL("institution", p.Key), Country: abroad(p.Country, country),
	}
}

// home is the country whose news we read: it goes without saying.
const home = "KZ"

func abroad(iso2, name string) string {
	if iso2 == home {
		return ""
	}
	return name
}
