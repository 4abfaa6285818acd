package web

import (
	"cmp"
	"fmt"
	"slices"
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
	Further  furtherView  // what is behind the first pieces: further evidence, folded
	Also     []recordView // further agreements that the same sentence tells
	quote    string       // where its first quote stands, to find those
	Mended   []string
	Doubt    string // why it is uncertain, "" where it is not
	Sure     string // how sure the program is
	Why      string // of what
	Line     string // of corrections.tsv, that takes it out
	Mend     string // where it is said what to do with that
}

// A record shows its first quotes, folds those behind, and leaves those of the longest to the files: what every outlet of the country tells is no
// list of two thousand sentences.
const (
	foremost = 3
	unfolded = 5 // as many are shown at once
)

// furtherView is evidence behind the first.
type furtherView struct {
	Text     string // «17 more sources», "" where there is none
	Evidence []evidenceView
	Beyond   []string // what is not there either
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
	Guess      bool // it is in no table, and nobody has checked it
	Branch     link // the branch of Name that it is
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
	for i, e := range g.Evidence[:min(len(g.Evidence), index.MostQuoted)] {
		x := evidenceView{
			Quote: []run{{Text: e.Quote}}, Lang: other(e.Lang, a.w.lang), Href: a.articleURL(e.Article, quoteID(cmp.Or(e.ID, g.ID))),
		}
		if i < len(h.Snippets) {
			x.Quote = runs(h.Snippets[i])
		}
		reported, _ := index.ParseDate(e.Reported)
		x.Source = joined(s.outlet(a.w, e.Outlet, ""), a.w.date(reported), e.Article)
		switch {
		case i == 0 && len(h.Title) > 0:
			x.Title = runs(h.Title)
			v.quote = fmt.Sprint(e.Article, "#", e.Start, "–", e.End)
		case i < len(h.Sources) && h.Sources[i].Title != "":
			x.Title = []run{{Text: h.Sources[i].Title}}
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
	if len(v.Evidence) > unfolded {
		v.Further = furtherView{Text: a.w.count("record.further", len(g.Evidence)-foremost), Evidence: v.Evidence[foremost:]}
		v.Evidence = v.Evidence[:foremost:foremost]
	}
	if beyond := len(g.Evidence) - index.MostQuoted; beyond > 0 {
		v.Further.Beyond = append(v.Further.Beyond, a.w.count("record.beyond", beyond))
	}
	if g.Crowd {
		v.Further.Beyond = append(v.Further.Beyond, a.w.text("record.crowd"))
	}
	return v
}

// together makes one block of the records of a list that one sentence tells; one that is told elsewhere too keeps that.
func together(list []recordView) []recordView {
	var out []recordView
	at := map[string]int{}
	for _, v := range list {
		i, ok := at[v.quote]
		if v.Rest != "" {
			at, ok = map[string]int{}, false // another list begins
		}
		if v.quote == "" || !ok {
			at[v.quote] = len(out)
			out = append(out, v)
			continue
		}
		v.Evidence = v.Evidence[1:]
		out[i].Also = append(out[i].Also, v)
	}
	return out
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
	v.Sides = s.sides(a, g)
	for _, e := range g.Evidence {
		if v.Outlet == "" {
			v.Outlet = s.outlet(a.w, e.Outlet, "")
		}
		if line := a.w.text("record.corrected", e.Corrected); e.Corrected != "" && !slices.Contains(v.Mended, line) {
			v.Mended = append(v.Mended, line)
		}
	}
	v.judge(a, g, sure)
	return v
}

// days are the day that the text states and the day that it was reported on, never one for the other.
func (a *ask) days(g index.Agreement) (out []dayView) {
	if d := a.w.stated(g.Date); d.Text != "" {
		word := "record.day.stated"
		// What is told of a day to come is no signing: «2026/2027 оқу жылынан».
		if from, _, _ := strings.Cut(g.Date, "/"); g.Status == "signed" && (g.Reported == "" || from <= g.Reported || strings.HasPrefix(from, g.Reported)) {
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

// sides are an agreement's parties. Of a branch the country is where it stands, and no party without a name.
func (s *server) sides(a *ask, g index.Agreement) (out []sideView) {
	named := slices.ContainsFunc(g.Parties, func(p index.Party) bool { return p.Unnamed() == "" })
	for _, p := range g.Parties {
		if g.Kind != "branch" || !named || p.Unnamed() != "country" || p.Country == "" {
			out = append(out, s.side(a, p))
			continue
		}
		if len(g.Parties) > 2 && slices.ContainsFunc(g.Parties, func(x index.Party) bool { return x.Unnamed() == "" && x.Country == p.Country }) {
			continue // where one of them stands already
		}
		out = append(out, sideView{Name: a.w.text("side.place", s.named(a.w, "country", p.Country)), Unnamed: true})
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
	v := s.institution(a, p.Key, cmp.Or(p.Name, p.Text))
	v.Country = abroad(p.Country, country)
	if p.Parent != "" {
		branch := link{Href: v.Href, Text: v.Name, Lang: v.Lang}
		if v.Guess && p.Text != "" {
			branch.Text, branch.Lang = p.Text, langOf(p.Text, a.w.lang)
		}
		v = s.institution(a, p.Parent, "")
		v.Branch = branch
	}
	return v
}

// institution is a party by its key; spare is its name where no table has one.
func (s *server) institution(a *ask, key, spare string) sideView {
	name := s.named(a.w, "institution", key)
	if name == key {
		name = cmp.Or(spare, key)
	}
	return sideView{Name: name, Lang: langOf(name, a.w.lang), Href: a.entryURL("institution", key), Guess: unconfirmed(key)}
}

// home is the country whose news we read: it goes without saying.
const home = "KZ"

func abroad(iso2, name string) string {
	if iso2 == home {
		return ""
	}
	return name
}
