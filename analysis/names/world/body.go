package world

import "strings"

// Kinds are what a body may be.
var Kinds = strings.Fields("university academy institute conservatory branch research faculty government network company school college")

// Body is an institution as institutions.tsv tells it.
type Body struct {
	Key, Country, Kind       string
	KK, RU, EN               string
	Aliases, Weak            []string
	Lat, Lon, City           string
	ROR, Wikidata, Site, Nte string
	Own                      bool     // from the user's file
	World                    bool     // only world.tsv has it
	Other                    []string // names of world.tsv
	Town                     int32    // GeoNames id, 0 where unknown
}

// Names are all names of a body but the abbreviations that it shares with others.
func (b *Body) Names() []string {
	var out []string
	for _, n := range []string{b.KK, b.RU, b.EN} {
		if n != "" {
			out = append(out, n)
		}
	}
	return append(append(out, b.Aliases...), b.Other...)
}
