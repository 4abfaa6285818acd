// Package countries answers: what are a country, its cities and its regions called in three languages?
package countries

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kelisim/analysis/names/forms"
)

// Country is a country as countries.tsv tells it.
type Country struct {
	Iso2, Iso3               string
	KK, RU, EN               string
	AliasesKK, AliasesRU     []string
	AliasesEN                []string
	AdjKK, AdjKKWeak         []string
	AdjRU, AdjRUWeak, AdjEN  []string
	CapitalKK, CapitalRU     []string
	CapitalEN, Cities, Risky []string
	More                     []City // of cities.tsv
	Regions                  []City // of regions.tsv
}

// City is a city or region as cities.tsv or regions.tsv tells it.
type City struct {
	Names []string // in three languages, a common word with ! in front
	RU    []string
	EN    []string
	KK    string   // the first Kazakh name
	Adj   []string // what Russian adjectives are made of, beyond ru
	Stems []string // beginnings of Russian adjectives
}

// Names are the names of the country itself.
func (p *Country) Names() []string {
	return slices.Concat([]string{p.KK, p.RU, p.EN}, p.AliasesKK, p.AliasesRU, p.AliasesEN)
}

// Read reads countries.tsv, cities.tsv and regions.tsv; home's regions are left out: an office of one is a party, and no country.
func Read(fsys fs.FS, home string) ([]*Country, error) {
	var all []*Country
	err := forms.ReadTSV(fsys, "countries.tsv", func(line int, f map[string]string) error {
		all = append(all, &Country{
			Iso2: f["iso2"], Iso3: f["iso3"], KK: f["name_kk"], RU: f["name_ru"], EN: f["name_en"],
			AliasesKK: forms.Split(f["aliases_kk"]), AliasesRU: forms.Split(f["aliases_ru"]), AliasesEN: forms.Split(f["aliases_en"]),
			AdjKK: forms.Split(f["adj_kk"]), AdjKKWeak: forms.Split(f["adj_kk_weak"]), AdjRU: forms.Split(f["adj_ru"]), AdjRUWeak: forms.Split(f["adj_ru_weak"]), AdjEN: forms.Split(f["adj_en"]),
			CapitalKK: forms.Split(f["capital_kk"]), CapitalRU: forms.Split(f["capital_ru"]), CapitalEN: forms.Split(f["capital_en"]),
			Cities: forms.Split(f["cities"]), Risky: forms.Split(f["risky"]),
		})
		return nil
	})
	if err != nil {
		return nil, err
	}
	of := map[string]*Country{}
	for _, p := range all {
		of[p.Iso2] = p
	}
	err = forms.ReadTSV(fsys, "cities.tsv", func(line int, f map[string]string) error {
		p := of[f["iso2"]]
		if p == nil {
			return fmt.Errorf("unknown country %q", f["iso2"])
		}
		c := City{RU: forms.Split(f["name_ru"]), EN: forms.Split(f["name_en"]), Adj: forms.Split(f["adj_ru"])}
		if kk := forms.Split(f["name_kk"]); len(kk) > 0 {
			c.KK = kk[0]
		}
		c.Names = append(append(append(c.Names, c.RU...), forms.Split(f["name_kk"])...), forms.Split(f["name_en"])...)
		p.More = append(p.More, c)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = forms.ReadTSV(fsys, "regions.tsv", func(line int, f map[string]string) error {
		p := of[f["iso2"]]
		if p == nil {
			return fmt.Errorf("unknown country %q", f["iso2"])
		}
		if p.Iso2 == home {
			return nil // «Маңғыстау облысының әкімдігі» is a party, not its country
		}
		c := City{Names: []string{f["name_en"]}, RU: []string{f["name_ru"]}}
		for _, name := range append(forms.Split(f["name_kk"]), forms.Split(f["other"])...) {
			if a, ok := strings.CutSuffix(name, "-"); ok {
				c.Stems = append(c.Stems, a)
			} else {
				c.Names = append(c.Names, name)
			}
		}
		c.Names = append(c.Names, c.RU...)
		p.Regions = append(p.Regions, c)
		return nil
	})
	return all, err
}

// plain is a Latin name without the marks that lists of places write or leave out: Pécs, Ürümqi, Kazan’.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '!' || r == '’' || r == '\'' {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// City gives a city's Kazakh and Russian names by its English one; where only the Russian is known it is the Kazakh too.
func (p *Country) City(en string) (kk, ru string) {
	if en == "" {
		return "", ""
	}
	first := func(names []string) string {
		if len(names) == 0 {
			return ""
		}
		return strings.TrimPrefix(names[0], "!")
	}
	en = plain(en)
	said := func(n string) bool { return plain(n) == en }
	if slices.ContainsFunc(p.CapitalEN, said) {
		kk, ru = first(p.CapitalKK), first(p.CapitalRU)
	}
	for _, c := range p.More {
		if ru == "" && slices.ContainsFunc(c.EN, said) {
			kk, ru = strings.TrimPrefix(c.KK, "!"), first(c.RU)
		}
	}
	return cmp.Or(kk, ru), ru
}
