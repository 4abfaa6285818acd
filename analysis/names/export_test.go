package names

// KeysOf gives the keys of the bodies that a name is one of, exactly as written, for tests.
func (t *Table) KeysOf(name string) []string {
	var out []string
	for _, list := range [][]*body{t.bodies, t.world} {
		for _, b := range list {
			for _, n := range b.names() {
				if n == name && t.body[b.Key] == b {
					out = append(out, b.Key)
					break
				}
			}
		}
	}
	return out
}
