package names_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

func TestLookup(t *testing.T) {
	data, err := os.ReadFile("testdata/lookup.txt")
	if err != nil {
		t.Fatal(err)
	}
	table := names.Default()
	for line := range strings.Lines(string(data)) {
		typed, want, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		var all []string
		toks := analysis.Split(typed)
		for _, m := range table.Lookup(toks) {
			mark := ""
			if m.Whole {
				mark = "*"
			}
			slices.Sort(m.Keys)
			got := fmt.Sprintf("%s%s %s", mark, m.Kind, strings.Join(m.Keys, " "))
			if m.First != 0 || m.Last != len(toks) {
				got += fmt.Sprintf(" [%d:%d]", m.First, m.Last)
			}
			all = append(all, got)
		}
		if got := cmp.Or(strings.Join(all, ", "), "-"); got != want {
			t.Errorf("%s: %s, want %s", typed, got, want)
		}
	}
}

func TestSearch(t *testing.T) {
	table := names.Default()
	for _, c := range []struct{ facet, typed, want string }{
		{"institution", "нәрік", "ror:03gvsr558"},
		{"institution", "kaznu", "ror:03q0vrn42"},
		{"institution", "нархоз", "ror:0523w7v09"},
		{"country", "герм", "DE"},
		{"country", "Germ", "DE"},
		{"outlet", "казинформ", "kazinform"},
	} {
		if got := table.Search(c.facet, c.typed, 5); len(got) == 0 || got[0] != c.want {
			t.Errorf("Search(%s, %q) = %v, want %s first", c.facet, c.typed, got, c.want)
		}
	}
	if got := table.Search("institution", "", 5); got != nil {
		t.Errorf("nothing typed gives %v", got)
	}
}

func TestOutlet(t *testing.T) {
	table := names.Default()
	for _, c := range []struct{ stated, address, text, want string }{
		{"KAZINFORM", "", "", "kazinform"},
		{"Inform.kz", "", "", "kazinform"},
		{"ҚазАқпарат", "", "", "kazinform"},
		{"", "https://baq.kz/kk/news/1", "", "baq"},
		{"", "https://kaz.tengrinews.kz/x", "", "tengrinews"},
		{"", "https://notbaq.kz/", "", ""},
		{"", "", "Тақырып\nАСТАНА. KAZINFORM – Форум өтті.", "kazinform"},
		{"", "", "Тақырып\nКелісім жасалды, деп хабарлайды BAQ.KZ.", "baq"},
		{"", "", "Заголовок\nДоговор подписан, передает агентство Kazinform.", "kazinform"},
		{"", "", "Тақырып\nҚұжатқа қол қойылды, деп хабарлайды Сыртқы істер министрлігінің баспасөз қызметі.", "kz-mfa"},
		{"", "", "Тақырып\nСыртқы істер министрлігінің өкілі келді.", ""},
		{"", "", "Тақырып\nХабар айтылды.", ""},
	} {
		var x *analysis.Text
		if c.text != "" {
			x = analysis.Read(c.text, "")
		}
		if got := table.Outlet(c.stated, c.address, x); got != c.want {
			t.Errorf("Outlet(%q, %q, %q) = %q, want %q", c.stated, c.address, c.text, got, c.want)
		}
	}
}

// Every outlet is found by each of its own spellings and domains.
func TestOutletSpellings(t *testing.T) {
	table := names.Default()
	for _, key := range table.Search("outlet", "k", 100) {
		e, _ := table.Entry("outlet", key)
		for _, s := range e.Aliases {
			if got := table.Outlet(s, "", nil); got != key {
				t.Errorf("%q is %q, want %q", s, got, key)
			}
		}
	}
}
