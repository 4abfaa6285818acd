package eval

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
)

// table is what the scorer knows of institutions.tsv, and which keys count as one party: a branch and its parent.
type table struct {
	kind  map[string]string
	names map[string][]string
	ror   map[string]string
	same  map[string]string
}

func readTable(r io.Reader, equivalent [][]string) (*table, error) {
	t := &table{map[string]string{}, map[string][]string{}, map[string]string{}, map[string]string{}}
	for _, group := range equivalent {
		for _, k := range group {
			t.same[k] = group[0]
		}
	}
	var columns []string
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		if strings.HasPrefix(in.Text(), "#") {
			continue
		}
		fields := strings.Split(in.Text(), "\t")
		if columns == nil {
			columns = fields
			continue
		}
		row := func(name string) string {
			if i := slices.Index(columns, name); i >= 0 && i < len(fields) {
				return fields[i]
			}
			return ""
		}
		id := row("id")
		t.kind[id], t.ror[id] = row("kind"), row("ror")
		for _, c := range []string{"name_en", "name_kk", "name_ru", "aliases"} {
			for n := range strings.SplitSeq(row(c), "|") {
				if n != "" {
					t.names[id] = append(t.names[id], n)
				}
			}
		}
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("read institutions: %w", err)
	}
	if len(t.kind) == 0 {
		return nil, fmt.Errorf("read institutions: no rows")
	}
	return t, nil
}

// party is the key that stands for a key's whole group.
func (t *table) party(key string) string {
	if k, ok := t.same[key]; ok {
		return k
	}
	return key
}

// key is the table's key of a predicted institution or party, or of the parent of a branch that it lacks; "" if it has none.
func (t *table) key(p InstitutionFound) string {
	for _, v := range []string{p.Key, p.ROR} {
		for _, k := range []string{v, rorKey(v), t.party(v)} {
			if _, ok := t.kind[k]; ok {
				return k
			}
		}
	}
	return ""
}

// ids are the ways to write what a prediction is linked to.
func (p InstitutionFound) ids() []string { return []string{p.Key, rorKey(p.Key), p.ROR, rorKey(p.ROR)} }

// texts are the names that a prediction gives.
func (p InstitutionFound) texts() []string {
	return slices.DeleteFunc(append([]string{p.Name, p.Text}, p.Surfaces...), func(t string) bool { return t == "" })
}

// rorKey makes a ROR id, an address or a key that ends in one the table's key. The id has 9 letters, all ASCII.
func rorKey(id string) string { return "ror:" + id[max(0, len(id)-9):] }
