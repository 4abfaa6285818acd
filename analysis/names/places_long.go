package names

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
func (k *linker) longPlaces(parts []part, out []longPlace) []longPlace {
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
			for _, e := range parts[at].elems {
				if e.kind == joinElement {
					if to, ok := k.atlas.next[edge{node, e.sym}]; ok {
						walk(at+1, to)
					}
				}
			}
		}
		if len(parts[i].elems) == 0 || !hasJoin(parts[i].elems) {
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
func isName(elems []element) bool {
	return slices.ContainsFunc(elems, func(e element) bool { return e.kind >= townElement && e.kind <= wordElement })
}

func hasJoin(elems []element) bool {
	return slices.ContainsFunc(elems, func(e element) bool { return e.kind == joinElement })
}

// placeAt gives the long place name that begins at a part.
func placeAt(places []longPlace, at int) (n int, ids []int32) {
	i, ok := slices.BinarySearchFunc(places, at, func(p longPlace, at int) int { return cmp.Compare(p.at, at) })
	if !ok {
		return 0, nil
	}
	return places[i].n, places[i].ids
}
