package names

import "strings"

// newName is the normalised name in the key of an unknown institution.
func newName(key string) string { return strings.TrimPrefix(key, "new:") }

// generate adds spellings that follow from the table's.
func (t *Table) generate() {}
