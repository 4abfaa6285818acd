package names

import "slices"

// Parent is the key of the institution whose branch key is, "" where key is no branch or the table does not know whose.
func (t *Table) Parent(key string) string {
	branch := t.body[key]
	if branch == nil || branch.Kind != "branch" {
		return ""
	}
	parent := ""
	for p, list := range t.branches {
		// A name may hold two institutions, «филиал МГИМО МИД России»; the map has no order, keys have one.
		if slices.Contains(list, branch) && p.Kind != "government" && (parent == "" || p.Key < parent) {
			parent = p.Key
		}
	}
	return parent
}
