package world

import (
	"cmp"
	"slices"
)

// longPlace is a place name of several words: parts[at : at+n].
type longPlace struct {
	at, n int
	ids   []int32
}

// longPlaces finds the place names of several words, from the left, the longest at each.
func (k *Linker) longPlaces(parts []Part, out []longPlace) []longPlace {
	for i := 0; i < len(parts)-1; i++ {
		best := longPlace{at: i}
		var walk func(at int, node int32)
		walk = func(at int, node int32) {
			if ids := k.atlas.ends[node]; ids != nil && at-i > best.n {
				best.n, best.ids = at-i, ids
			}
			if at == len(parts) || at-i > 4 {
				return
			}
			for _, e := range parts[at].Elems {
				if e.Kind == JoinElement {
					if to, ok := k.atlas.next[arc{node, e.sym}]; ok {
						walk(at+1, to)
					}
				}
			}
		}
		if len(parts[i].Elems) == 0 || !hasJoin(parts[i].Elems) {
			continue
		}
		walk(i, 0)
		if best.n > 1 {
			out = append(out, best)
			i += best.n - 1
		}
	}
	return out
}

// isName reports whether a word is no concept.
func isName(elems []Element) bool {
	return slices.ContainsFunc(elems, func(e Element) bool { return e.Kind >= TownElement && e.Kind <= wordElement })
}

func hasJoin(elems []Element) bool {
	return slices.ContainsFunc(elems, func(e Element) bool { return e.Kind == JoinElement })
}

// placeAt gives the long place name that begins at a part.
func placeAt(places []longPlace, at int) (n int, ids []int32) {
	i, ok := slices.BinarySearchFunc(places, at, func(p longPlace, at int) int { return cmp.Compare(p.at, at) })
	if !ok {
		return 0, nil
	}
	return places[i].n, places[i].ids
}
