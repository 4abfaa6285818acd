package eval

import (
	"slices"
	"strings"
)

// seeds is the form of seeds.json: bodies in one list, spans in bytes of the file.
type seeds struct {
	Equivalent [][]string    `json:"equivalent"`
	Articles   []seedArticle `json:"articles"`
}

type seedArticle struct {
	File      string `json:"file"`
	Title     string `json:"title"`
	Language  string `json:"language"`
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
	NotAgreements []denied `json:"not_agreements"`
	Aggregates    []struct {
		Value    any `json:"value"`
		Evidence struct {
			Text string `json:"text"`
		} `json:"evidence"`
	} `json:"aggregates"`
}

// header is the bytes of « date YYYY-MM-DD » before Text in a seed file; gold counts from the file's start.
const header = 17

func (s seedArticle) article() article {
	a := article{ID: strings.TrimSuffix(s.File, ".txt"), Title: s.Title, Lang: s.Language, NotAgreements: s.NotAgreements}
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
		g.PartiesAlso = nil
		for _, also := range r.agreement.PartiesAlso {
			var form []string
			for _, k := range also {
				if n, ok := name[k]; ok {
					k = n
				}
				form = append(form, k)
			}
			g.PartiesAlso = append(g.PartiesAlso, form)
		}
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
