package names_test

import (
	"bytes"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/names"
	"kelisim/analysis/names/suggest"
)

// The built-in tables keep their promises: unique keys, known countries, no alias claimed twice.
func TestCheckBuiltin(t *testing.T) {
	for _, fault := range names.Check(names.Builtin(), nil) {
		t.Error(fault)
	}
}

const ownHead = "id\tcountry\tkind\tname_kk\tname_ru\tname_en\taliases\taliases_weak\n"

func TestCheckOwn(t *testing.T) {
	for _, c := range []struct{ row, want string }{
		{"own-x\tKZ\tuniversity\tЖаңа университеті\t\t\t\t", ""},
		{"ror:03q0vrn42\tKZ\tuniversity\tЖаңа университеті\t\t\t\t", "stands twice"},
		{"own-x\tQQ\tuniversity\tЖаңа университеті\t\t\t\t", "unknown country"},
		{"own-x\tKZ\tpalace\tЖаңа университеті\t\t\t\t", "unknown kind"},
		{"own-x\tKZ\tuniversity\t\t\t\t\t", "has no name"},
		{"own-x\tKZ\tuniversity\tЖаңа университеті\t\t\tКазНУ\t", "is claimed by"},
		{"new:x\tKZ\tuniversity\tЖаңа университеті\t\t\t\t", "is no key"},
		{"own-x\tKZ\tuniversity\tЖ\t\t\t\t\t\t\t\t", "fields"},
	} {
		got := strings.Join(names.Check(names.Builtin(), strings.NewReader(ownHead+c.row+"\n")), "; ")
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%q: faults %q, want %q", c.row, got, c.want)
		}
	}
}

// When the table learns a name, the next reading joins what was unknown.
func TestOwnRows(t *testing.T) {
	const text = "Зорбанд мемлекеттік университетімен келісім жасалды. Ректор Зорбандского государственного университета приехал."
	x := analysis.Read(text, analysis.KK)
	keys := func(table *names.Table) map[string]int {
		out := map[string]int{}
		for _, m := range table.Recognize(x) {
			if m.Kind == names.Institution {
				out[m.Key]++
			}
		}
		return out
	}
	if got := keys(names.Default()); len(got) != 1 || got["new:zorband-univ"] != 2 {
		t.Errorf("unknown: %v", got)
	}
	own, err := names.Load(names.Builtin(), strings.NewReader(ownHead+"own-zorband\tUZ\tuniversity\tЗорбанд мемлекеттік университеті\t\tZorband State University\t\t\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := keys(own); got["own-zorband"] != 2 {
		t.Errorf("learnt: %v", got)
	}
	if e, ok := own.Entry("institution", "own-zorband"); !ok || !e.Own || e.Country != "UZ" {
		t.Errorf("entry %+v", e)
	}
}

func TestSuggest(t *testing.T) {
	table := names.Default()
	var s suggest.Rows
	for _, text := range []string{"Зорбанд мемлекеттік университетімен келісім.", "С Зорбандским государственным университетом.", "Мирабельским технологическим университетом"} {
		s.Add(table.Recognize(analysis.Read(text, "")))
	}
	var out bytes.Buffer
	if err := s.Write(&out, 2); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || !strings.Contains(lines[1], "\tЗорбанд мемлекеттік университеті\tЗорбандский государственный университет\t") {
		t.Errorf("suggestions:\n%s", out.String())
	}
	if faults := names.Check(names.Builtin(), strings.NewReader(out.String())); len(faults) > 0 {
		t.Errorf("suggested rows have faults: %v", faults)
	}
}

func TestLabel(t *testing.T) {
	table := names.Default()
	for _, c := range []struct{ facet, key, lang, want string }{
		{"country", "EE", "ru", "Эстония"},
		{"country", "US", "kk", "АҚШ"},
		{"outlet", "kazinform", "en", "Kazinform"},
		{"institution", "new:state-zorband-univ", "ru", "Zorband State University"},
		{"institution", "nothing", "en", "nothing"},
	} {
		if got := table.Label(c.facet, c.key, c.lang); got != c.want {
			t.Errorf("Label(%s, %s, %s) = %q, want %q", c.facet, c.key, c.lang, got, c.want)
		}
	}
}
