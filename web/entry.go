package web

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"kelisim/index"
)

const (
	entryHits     = 5  // articles and agreements on the page of a country or institution; the rest is a click away
	entryPartners = 12 // partners there
	fewYears      = 10 // are listed with those that have nothing
	yearBar       = 60 // the longest bar of a year, in units of its drawing
)

// entryView is the page of a country or an institution.
type entryView struct {
	frame
	Kind     string // what it is, in words
	Guess    string // that nobody has looked at this name yet
	Heading  string
	HeadLang string
	Names    []nameView // in the other languages
	Aliases  []nameView
	Facts    []fact
	Links    []link
	Years    []yearView
	Partners *partnerTable
	Guesses  []partnerView // partners whose names nobody has checked
	Unsure   string        // how many these are
	Where    *partnerTable // partner countries
	Compare  compareForm
	Hits     []hitView
	Records  []recordView
	Articles link // all of them
	Deals    link
	Doubt    doubtView
}

type yearView struct {
	Year            string
	Articles, Deals link   // Href is "" where there are none
	Bar             string // how long a bar of the agreements is, of yearBar
}

type partnerView struct {
	nameView
	Key   string
	Href  string
	Count link
}

// entry answers «/institution/{key}» and «/country/{iso2}».
func (s *server) entry(a *ask, facet, key string) (view, error) {
	key, _ = text(key, maxText)
	if facet == "country" {
		key = strings.ToUpper(key)
	}
	known, ok := s.Labels.Entry(facet, key)
	if !ok && !strings.Contains(key, ":") {
		return view{}, notFound("entry", shown(key)) // no table has it, and no text gives such a key
	}
	articles, err := s.about(a, facet, key, index.Articles)
	if err != nil {
		return view{}, err
	}
	deals, err := s.about(a, facet, key, index.Agreements)
	if err != nil {
		return view{}, err
	}
	name := s.named(a.w, facet, key)
	if !ok && articles.Total+deals.Total == 0 && name == key {
		return view{}, notFound("entry", shown(key))
	}
	at := a.request.entry(facet, key)
	v := entryView{frame: s.frameOf(a, at, name, articles.Holdings), Kind: a.w.text("facet." + facet), Heading: name, HeadLang: langOf(name, a.w.lang)}
	if unconfirmed(key) {
		v.Guess = a.w.text("unconfirmed.why")
	}
	v.Names, v.Aliases = s.namesOf(a, facet, key, name, known)
	v.know(s, a, known)
	v.Years = s.years(a, facet, key, articles, deals)
	partners := s.partners(a, facet, key, "institution", deals)
	if i := slices.IndexFunc(partners, func(p partnerView) bool { return p.Guess }); i >= 0 {
		partners, v.Guesses = partners[:i], partners[i:]
		v.Unsure = a.w.count("unconfirmed.more", len(v.Guesses))
	}
	if v.Partners, err = s.partnerTable(a, facet, key, "institution", partners, deals); err != nil {
		return view{}, err
	}
	if v.Where, err = s.partnerTable(a, facet, key, "country", s.partners(a, facet, key, "country", deals), deals); err != nil {
		return view{}, err
	}
	if v.Compare, err = s.compareForm(a, facet, key); err != nil {
		return view{}, err
	}
	for _, h := range articles.Hits {
		hit := s.hit(a, h)
		hit.Deep = true
		v.Hits = append(v.Hits, hit)
	}
	for _, h := range deals.Hits {
		v.Records = append(v.Records, s.recordOf(a, h))
	}
	v.Records = together(v.Records)
	if articles.Total > 0 {
		v.Articles = link{Href: a.of(facet, key, "/").url(), Text: a.w.count("entry.all.articles", articles.Total)}
	}
	v.Doubt = a.doubted(at, deals.Total, deals.Uncertain)
	if a.Least() > index.Shown {
		all := a.request
		all.MinConfidence = 0
		t := s.tally(a)
		t.want(s.asked(all, facet, key, index.Agreements), func(n int) { v.Doubt.show(a, at, n-deals.Total) })
		t.count(s)
	}
	if deals.Total > 0 {
		v.Deals = link{Href: a.of(facet, key, "/agreements").url(), Text: a.w.count("entry.all.agreements", deals.Total)}
	}
	return view{page: "entry.html", data: v}, nil
}

// of is the list of what names a country or institution.
func (a *ask) of(facet, key, path string) request {
	r := a.on(path)
	r.Tab, r.MinConfidence = r.ownTab(), a.MinConfidence
	r.Selection = r.Selection.With(facet, key)
	return r
}

// ofBoth is the list of the agreements of a country or institution that have a value of a facet, too. Of its own facet the
// value is a part of the text: two chosen values would be either of them.
func (a *ask) ofBoth(facet, key, of, value string) request {
	r := a.of(facet, key, "/agreements")
	switch {
	case of == facet:
		r.Text = asField(of, value)
	case of == "date":
		d, _ := index.ParseDate(value)
		r.Selection = r.Selection.WithRange(d, d)
	default:
		r.Selection = r.Selection.With(of, value)
	}
	return r
}

// about asks for what names a country or institution. It is asked for as a word of the query, not as a choice in the
// facet: a facet's own counts leave its own choice out, and here they shall count partners.
func (s *server) about(a *ask, facet, key string, tab index.Tab) (index.Page, error) {
	return s.Searcher.Search(a.ctx, s.asked(a.request, facet, key, tab))
}

func (s *server) asked(r request, facet, key string, tab index.Tab) index.Query {
	return index.Query{Text: asField(facet, key), Tab: tab, Sort: index.Newest, Size: entryHits, MinConfidence: r.MinConfidence}
}

// asField writes a facet's value as a part of a query's text.
func asField(facet, key string) string {
	return "(" + facet + `:"` + strings.ReplaceAll(key, `"`, " ") + `")`
}

// namesOf gives the names in our other languages and the aliases that differ from all of them.
func (s *server) namesOf(a *ask, facet, key, heading string, known index.Entry) (names, aliases []nameView) {
	said := []string{heading}
	for _, l := range languages {
		n := s.named(allWords[l], facet, key)
		if n == key || slices.Contains(said, n) {
			continue
		}
		said = append(said, n)
		names = append(names, nameView{Text: n, Lang: other(l, a.w.lang)})
	}
	for _, n := range known.Aliases {
		if !slices.Contains(said, n) {
			said = append(said, n)
			aliases = append(aliases, nameView{Text: n, Lang: langOf(n, a.w.lang)})
		}
	}
	return names, aliases
}

func (v *entryView) know(s *server, a *ask, e index.Entry) {
	if e.Country != "" && e.Facet == "institution" {
		name := s.named(a.w, "country", e.Country)
		v.Facts = append(v.Facts, fact{Name: a.w.text("facet.country"), Value: name, Lang: langOf(name, a.w.lang), Href: a.entryURL("country", e.Country)})
	}
	if key := "body." + e.Body; e.Body != "" && a.w.has(key) {
		v.Facts = append(v.Facts, fact{Name: a.w.text("entry.body"), Value: a.w.text(key)})
	}
	if city := cmp.Or(map[string]string{"kk": e.CityKK, "ru": e.CityRU}[a.w.lang], e.City); city != "" {
		v.Facts = append(v.Facts, fact{Name: a.w.text("entry.city"), Value: city, Lang: langOf(city, a.w.lang)})
	}
	if e.ROR != "" {
		v.Facts = append(v.Facts, fact{Name: "ROR", Value: e.ROR, Href: "https://ror.org/" + url.PathEscape(e.ROR)})
	}
	if e.Wikidata != "" {
		v.Facts = append(v.Facts, fact{Name: "Wikidata", Value: e.Wikidata, Href: "https://www.wikidata.org/wiki/" + url.PathEscape(e.Wikidata)})
	}
	if site := outward(e.Website); site != "" {
		v.Facts = append(v.Facts, fact{Name: a.w.text("entry.site"), Value: hostOf(site), Href: site})
	}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(u.Host, "www.")
}

func (s *server) years(a *ask, facet, key string, articles, deals index.Page) []yearView {
	n := map[string][2]int{}
	var all []index.Count
	for i, p := range []index.Page{articles, deals} {
		for _, c := range withZeros(counts(p, "date"), len("2025")) {
			pair := n[c.Key]
			pair[i] = c.Count
			n[c.Key] = pair
			if !slices.ContainsFunc(all, func(x index.Count) bool { return x.Key == c.Key }) {
				all = append(all, index.Count{Key: c.Key})
			}
		}
	}
	var out []yearView
	undated := [2]int{valueCount(articles, "date", index.UndatedKey), valueCount(deals, "date", index.UndatedKey)}
	most := max(1, undated[1])
	for _, pair := range n {
		most = max(most, pair[1])
	}
	line := func(name string, n [2]int, choose func(index.Selection) index.Selection) {
		v := yearView{Year: name, Bar: units(float64(yearBar*n[1]) / float64(most))}
		for i, to := range []*link{&v.Articles, &v.Deals} {
			to.Text = a.w.number(n[i])
			if n[i] > 0 {
				r := a.of(facet, key, []string{"/", "/agreements"}[i])
				r.Selection = choose(r.Selection)
				to.Href = r.url()
			}
		}
		out = append(out, v)
	}
	slots := lastOf(withZeros(all, len("2025")), mostYears)
	for _, c := range slots {
		if len(slots) > fewYears && n[c.Key] == [2]int{} {
			continue // each row names its year: none is taken for the next
		}
		d, _ := index.ParseDate(c.Key)
		line(c.Key, n[c.Key], func(sel index.Selection) index.Selection { return sel.WithRange(d, d) })
	}
	if undated != [2]int{} {
		line(a.w.text("date.value.undated"), undated, func(sel index.Selection) index.Selection { return sel.With("date", index.UndatedKey) })
	}
	return out
}

// partners are the other values of a facet in the agreements that name this one.
func (s *server) partners(a *ask, facet, key, of string, deals index.Page) []partnerView {
	var out []partnerView
	f, ok := index.FacetNamed(of)
	if !ok {
		return nil
	}
	for _, c := range s.sorted(a, f, counts(deals, of)) {
		if c.Count == 0 || of == facet && c.Key == key || of == "country" && c.Key == home {
			continue
		}
		if e, ok := s.Labels.Entry(of, c.Key); ok && facet == "country" && e.Country == key {
			continue // a country's own universities are no partners of it
		}
		name := s.named(a.w, of, c.Key)
		out = append(out, partnerView{
			nameView{cmp.Or(name, c.Key), langOf(name, a.w.lang), unconfirmed(c.Key)}, c.Key, a.entryURL(of, c.Key),
			link{Href: a.ofBoth(facet, key, of, c.Key).url(), Text: a.w.count("n.agreements", c.Count)},
		})
		if len(out) == entryPartners {
			break
		}
	}
	return out
}
