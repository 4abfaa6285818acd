package names

import (
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"kelisim/analysis/names/outlets"
	"kelisim/analysis/names/world"
)

// Bodies are the kinds of institutions that the table may have.
var kinds = strings.Fields("university academy institute conservatory branch research faculty government network company school college")

// Check reads a folder of data and the user's own rows as Load does, and lists every fault.
func Check(fsys fs.FS, extra io.Reader) []string {
	t := &Table{}
	if err := t.read(fsys, extra); err != nil {
		return []string{err.Error()}
	}
	var err error
	if t.world, err = world.ReadWorld(fsys); err != nil {
		return []string{err.Error()}
	}
	return t.check()
}

// check lists what breaks the table's promises: unique keys, known countries and kinds, a name in three languages, no
// alias claimed by two institutions.
func (t *Table) check() []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	country := map[string]bool{"": true}
	for _, p := range t.places {
		if len(p.Iso2) != 2 || country[p.Iso2] {
			fault("countries: %q is not a new two-letter code", p.Iso2)
		}
		country[p.Iso2] = true
		if p.KK == "" || p.RU == "" || p.EN == "" {
			fault("countries: %s has no name in some language", p.Iso2)
		}
	}
	key := map[string]bool{}
	claimed := map[string]*world.Body{}
	for _, b := range t.bodies {
		switch {
		case b.Key == "" || strings.ContainsAny(b.Key, " \t") || strings.HasPrefix(b.Key, "new:"):
			fault("institutions: %q is no key", b.Key)
		case key[b.Key]:
			fault("institutions: %s stands twice", b.Key)
		}
		key[b.Key] = true
		if !country[b.Country] {
			fault("institutions: %s: unknown country %q", b.Key, b.Country)
		}
		if !slices.Contains(kinds, b.Kind) {
			fault("institutions: %s: unknown kind %q", b.Key, b.Kind)
		}
		if b.KK == "" && b.RU == "" && b.EN == "" {
			fault("institutions: %s has no name", b.Key)
		}
		for _, s := range append([]string{b.KK, b.RU, b.EN}, b.Aliases...) {
			if s == "" || strings.HasSuffix(s, ")") {
				continue
			}
			k := outlets.Bare(s)
			if o := claimed[k]; o != nil && o != b {
				fault("institutions: %q is claimed by %s and %s: make it weak in both", s, o.Key, b.Key)
			}
			claimed[k] = b
		}
	}
	inWorld := map[string]bool{}
	for _, b := range t.world {
		switch {
		case b.Key == "" || strings.ContainsAny(b.Key, " \t") || strings.HasPrefix(b.Key, "new:"):
			fault("world: %q is no key", b.Key)
		case inWorld[b.Key]:
			fault("world: %s stands twice", b.Key)
		case !country[b.Country]:
			fault("world: %s: unknown country %q", b.Key, b.Country)
		case !key[b.Key] && !slices.Contains(kinds, b.Kind):
			fault("world: %s: unknown kind %q", b.Key, b.Kind)
		case b.EN == "" && !key[b.Key]:
			fault("world: %s has no name", b.Key)
		}
		inWorld[b.Key] = true
	}
	seen := map[string]bool{}
	for _, o := range t.outlets {
		if o.Key == "" || seen[o.Key] {
			fault("outlets: %q is not a new key", o.Key)
		}
		seen[o.Key] = true
	}
	return faults
}
