package names

import (
	"kelisim/analysis/names/world"
)

// KeysOf gives the keys of the bodies that a name is one of, exactly as written, for tests.
func (t *Table) KeysOf(name string) []string {
	var out []string
	for _, list := range [][]*world.Body{t.bodies, t.world} {
		for _, b := range list {
			for _, n := range b.Names() {
				if n == name && t.body[b.Key] == b {
					out = append(out, b.Key)
					break
				}
			}
		}
	}
	return out
}
