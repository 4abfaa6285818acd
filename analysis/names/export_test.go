package names

import (
	"kelisim/analysis"
	"kelisim/analysis/names/world"
)

// Compared is how many times reading a text compares one of its names with another.
func (t *Table) Compared(x *analysis.Text) int {
	r := t.reader(x)
	r.readBodies()
	return r.compared + r.spelt.Compared
}

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
