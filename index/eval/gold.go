package eval

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Gold is what is right about a set of articles.
type Gold struct {
	lists []list
}

type list struct {
	name string
	docs []*doc
}

// body is an institution or another organisation of an article.
type body struct {
	Key      string            `json:"key"`
	KeyAlso  []string          `json:"key_also"`
	Name     string            `json:"name"`
	Country  string            `json:"country"`
	Surfaces []string          `json:"surfaces"`
	Optional bool              `json:"optional"`
	spans    map[[2]int]string // → the key of the longer name that it lies in, or ""
	keys     set
	other    bool
	party    string
}

type agreement struct {
	Parties      []string   `json:"parties"`
	PartiesAlso  [][]string `json:"parties_also"`
	Kind         string     `json:"kind"`
	Also         []string   `json:"also"`
	Status       string     `json:"status"`
	StatusAlso   []string   `json:"status_also"`
	Date         string     `json:"date"`
	Dates        []string   `json:"dates"`
	DateOptional bool       `json:"date_optional"`
	Quote        string     `json:"quote"`
	QuoteAlso    []string   `json:"quote_also"`
	Optional     bool       `json:"optional"`
	Split        bool       `json:"split"`
	kinds        set
	statuses     set
	quotes       []string
	forms        [][]set // lists of party sets that are right, the first one preferred
}

type claim struct {
	Number   any    `json:"number"` // a string, in the seeds a number too
	Text     string `json:"text"`
	Optional bool   `json:"optional"`
}

type article struct {
	ID                string      `json:"id"`
	Title             string      `json:"title"`
	Countries         []string    `json:"countries"`
	CountriesOptional []string    `json:"countries_optional"`
	Institutions      []*body     `json:"institutions"`
	OtherOrgs         []*body     `json:"other_orgs"`
	Agreements        []agreement `json:"agreements"`
	Claims            []claim     `json:"claims"`
	NotAgreements     []struct {
		Text string `json:"text"`
	} `json:"not_agreements"`
}

// unnamed is a side that a text does not name: «universities:CN».
var unnamed = regexp.MustCompile(`^(?:universities|partners|country)[^\p{L}\p{N}_]+([A-Z]{2})$`)

var otherKinds = set{"government": true, "company": true, "network": true}

// LoadGold reads seeds.json and articles-dev/*.gold.json from fsys (index/eval/testdata) and the table of
// institutions that keys are looked up in.
func LoadGold(fsys fs.FS, institutions io.Reader) (*Gold, error) {
	raw, err := fs.ReadFile(fsys, "seeds.json")
	if err != nil {
		return nil, fmt.Errorf("load gold: %w", err)
	}
	var s seeds
	if err := json.Unmarshal(raw, &s); err != nil {
		return nil, fmt.Errorf("load gold seeds.json: %w", err)
	}
	t, err := readTable(institutions, s.Equivalent)
	if err != nil {
		return nil, fmt.Errorf("load gold: %w", err)
	}
	g := &Gold{lists: []list{{name: "seeds.json"}}}
	for _, a := range s.Articles {
		g.lists[0].docs = append(g.lists[0].docs, newDoc(a.article(), t))
	}
	for _, name := range []string{"kk.gold.json", "ru.gold.json"} {
		raw, err := fs.ReadFile(fsys, "articles-dev/"+name)
		if err != nil {
			return nil, fmt.Errorf("load gold: %w", err)
		}
		var as []article
		if err := json.Unmarshal(raw, &as); err != nil {
			return nil, fmt.Errorf("load gold %s: %w", name, err)
		}
		l := list{name: name}
		for _, a := range as {
			l.docs = append(l.docs, newDoc(a, t))
		}
		g.lists = append(g.lists, l)
	}
	return g, nil
}

// seeds is the form of seeds.json: bodies in one list, spans in bytes of the file.
type seeds struct {
	Equivalent [][]string    `json:"equivalent"`
	Articles   []seedArticle `json:"articles"`
}

type seedArticle struct {
	File      string `json:"file"`
	Title     string `json:"title"`
	Countries []struct {
		ISO2 string `json:"iso2"`
	} `json:"countries"`
	Institutions []struct {
		ID      string `json:"id"`
		NameEN  string `json:"name_en"`
		Country string `json:"country"`
		Kind    string `json:"kind"`
		Spans   []struct {
			Start    int    `json:"bstart"`
			End      int    `json:"bend"`
			Text     string `json:"text"`
			NestedIn string `json:"nested_in"`
		} `json:"spans"`
	} `json:"institutions"`
	Agreements []struct {
		agreement
		Unnamed []string `json:"unnamed_parties"`
		Level   string   `json:"level"`
		Date    *struct {
			Start string `json:"start"`
			End   string `json:"end"`
		} `json:"date"`
		Evidence struct {
			Text string `json:"text"`
		} `json:"evidence"`
	} `json:"agreements"`
	Aggregates []struct {
		Value    any `json:"value"`
		Evidence struct {
			Text string `json:"text"`
		} `json:"evidence"`
	} `json:"aggregates"`
}

// header is the bytes of « date YYYY-MM-DD » before Text in a seed file; gold counts from the file's start.
const header = 17

func (s seedArticle) article() article {
	a := article{ID: strings.TrimSuffix(s.File, ".txt"), Title: s.Title}
	for _, c := range s.Countries {
		a.Countries = append(a.Countries, c.ISO2)
	}
	name := map[string]string{}
	for _, i := range s.Institutions {
		b := &body{Key: i.ID, Name: i.NameEN, Country: i.Country, spans: map[[2]int]string{}}
		for _, p := range i.Spans {
			b.Surfaces = append(b.Surfaces, p.Text)
			b.spans[[2]int{p.Start - header, p.End - header}] = p.NestedIn
		}
		slices.Sort(b.Surfaces)
		b.Surfaces = slices.Compact(b.Surfaces)
		name[i.ID] = i.NameEN
		if otherKinds[i.Kind] {
			a.OtherOrgs = append(a.OtherOrgs, b)
		} else {
			a.Institutions = append(a.Institutions, b)
		}
	}
	for _, r := range s.Agreements {
		if r.Level == "aggregate" {
			continue
		}
		g := r.agreement
		g.Parties = nil
		for _, k := range r.agreement.Parties {
			g.Parties = append(g.Parties, name[k])
		}
		g.Parties = append(g.Parties, r.Unnamed...)
		g.Quote, g.Dates = r.Evidence.Text, []string{""}
		if r.Date != nil {
			g.Dates = []string{r.Date.Start, r.Date.End}
			g.Date = r.Date.Start
		}
		a.Agreements = append(a.Agreements, g)
	}
	for _, c := range s.Aggregates {
		a.Claims = append(a.Claims, claim{Number: c.Value, Text: c.Evidence.Text})
	}
	return a
}
