// Package check answers: do the tables of names keep their promises? Keys are unique, countries and kinds known, names there in three
// languages, and no alias is claimed by two institutions.
package check

import (
	"fmt"
	"slices"
	"strings"

	"kelisim/analysis/names/countries"
	"kelisim/analysis/names/outlets"
	"kelisim/analysis/names/world"
)

// Tables are what is checked.
type Tables struct {
	Countries []*countries.Country
	Bodies    []*world.Body // of institutions.tsv and the user's rows
	World     []*world.Body
	Outlets   outlets.List
}

// faults are what is wrong, a line each.
type faults []string

func (f *faults) add(format string, args ...any) { *f = append(*f, fmt.Sprintf(format, args...)) }

// Faults lists every fault.
func (t Tables) Faults() []string {
	var f faults
	country := t.countries(&f)
	key := t.bodies(&f, country)
	t.world(&f, country, key)
	seen := map[string]bool{}
	for _, o := range t.Outlets {
		if o.Key == "" || seen[o.Key] {
			f.add("outlets: %q is not a new key", o.Key)
		}
		seen[o.Key] = true
	}
	return f
}

func (t Tables) countries(f *faults) map[string]bool {
	known := map[string]bool{"": true}
	for _, p := range t.Countries {
		if len(p.Iso2) != 2 || known[p.Iso2] {
			f.add("countries: %q is not a new two-letter code", p.Iso2)
		}
		known[p.Iso2] = true
		if p.KK == "" || p.RU == "" || p.EN == "" {
			f.add("countries: %s has no name in some language", p.Iso2)
		}
	}
	return known
}

func (t Tables) bodies(f *faults, country map[string]bool) map[string]bool {
	key := map[string]bool{}
	claimed := map[string]*world.Body{}
	for _, b := range t.Bodies {
		switch {
		case !isKey(b.Key):
			f.add("institutions: %q is no key", b.Key)
		case key[b.Key]:
			f.add("institutions: %s stands twice", b.Key)
		}
		key[b.Key] = true
		if !country[b.Country] {
			f.add("institutions: %s: unknown country %q", b.Key, b.Country)
		}
		if !slices.Contains(world.Kinds, b.Kind) {
			f.add("institutions: %s: unknown kind %q", b.Key, b.Kind)
		}
		if b.KK == "" && b.RU == "" && b.EN == "" {
			f.add("institutions: %s has no name", b.Key)
		}
		for _, s := range append([]string{b.KK, b.RU, b.EN}, b.Aliases...) {
			if s == "" || strings.HasSuffix(s, ")") {
				continue
			}
			k := outlets.Bare(s)
			if o := claimed[k]; o != nil && o != b {
				f.add("institutions: %q is claimed by %s and %s: make it weak in both", s, o.Key, b.Key)
			}
			claimed[k] = b
		}
	}
	return key
}

func (t Tables) world(f *faults, country, curated map[string]bool) {
	seen := map[string]bool{}
	for _, b := range t.World {
		switch {
		case !isKey(b.Key):
			f.add("world: %q is no key", b.Key)
		case seen[b.Key]:
			f.add("world: %s stands twice", b.Key)
		case !country[b.Country]:
			f.add("world: %s: unknown country %q", b.Key, b.Country)
		case !curated[b.Key] && !slices.Contains(world.Kinds, b.Kind):
			f.add("world: %s: unknown kind %q", b.Key, b.Kind)
		case b.EN == "" && !curated[b.Key]:
			f.add("world: %s has no name", b.Key)
		}
		seen[b.Key] = true
	}
}

func isKey(key string) bool {
	return key != "" && !strings.ContainsAny(key, " \t") && !strings.HasPrefix(key, "new:")
}
