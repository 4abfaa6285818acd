package web_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"kelisim/analysis/names"
	"kelisim/index"
)

// TestAgreementsAreFoundByTheirParties asks for an institution and a country in two languages, as people do («КазНУ Эстония»),
// for every such pair of the agreements read out of 49 texts, each by one of the names that tables have. What comes back are the
// agreements of both, and none of those that only name them in their quote.
func TestAgreementsAreFoundByTheirParties(t *testing.T) {
	if testing.Short() {
		t.Skip("short: an evaluation")
	}
	s, err := newSite(nil, "../seeds", "../index/eval/testdata/articles-dev")
	if err != nil {
		t.Fatal(err)
	}
	table := names.Default()
	var all []index.Hit
	q := index.Query{Tab: index.Agreements, Size: index.MaxSize}
	for {
		p, err := s.searcher.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p.Hits...)
		if q.Cursor = p.Next; p.Next == "" {
			break
		}
	}
	type pair struct{ institution, country string }
	want := map[pair][]string{}
	for _, h := range all {
		for _, key := range h.Institutions {
			for _, c := range h.Countries {
				p := pair{key, c}
				want[p] = append(want[p], h.ID)
			}
		}
	}
	asked, exact, found, listed, right := 0, 0, 0, 0, 0
	try := func(p pair, text string) {
		asked++
		page, err := s.searcher.Search(t.Context(), index.Query{Tab: index.Agreements, Text: text, Size: index.MaxSize})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range page.Hits[:min(page.Total, len(page.Hits))] {
			got = append(got, h.ID)
			if slices.Contains(want[p], h.ID) {
				right++
			}
		}
		listed += len(got)
		found += len(want[p])
		slices.Sort(got)
		slices.Sort(want[p])
		if slices.Equal(got, want[p]) {
			exact++
		} else {
			t.Logf("%s: %d, want %d", text, len(got), len(want[p]))
		}
	}
	pairs := slices.SortedFunc(maps.Keys(want), func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.institution, b.institution), cmp.Compare(a.country, b.country))
	})
	for i, p := range pairs {
		e, ok := table.Entry("institution", p.institution)
		if !ok {
			continue // of a name that no table has
		}
		c, _ := table.Entry("country", p.country)
		short := slices.IndexFunc(e.Aliases, func(a string) bool { return !strings.Contains(a, " ") })
		switch {
		case i%4 == 3 && short >= 0:
			try(p, e.Aliases[short]+" "+c.RU)
		default:
			try(p, []string{cmp.Or(e.RU, e.EN) + " " + c.KK, c.RU + " " + cmp.Or(e.KK, e.EN), e.EN + " " + c.EN}[i%3])
		}
	}
	t.Logf("%d agreements; %d queries: %d exact; precision %.3f, recall %.3f", len(all), asked, exact,
		float64(right)/float64(listed), float64(right)/float64(found))
	if exact*100 < asked*97 {
		t.Errorf("%d of %d queries are answered exactly", exact, asked)
	}
	if right < found {
		t.Errorf("%d of %d agreements are found", right, found)
	}
}

// TestOnePairInTwoLanguages: however it is typed, the agreements are the same, and each is of both.
func TestOnePairInTwoLanguages(t *testing.T) {
	s := seedSite(t)
	var first string
	for _, text := range []string{"КазНУ Эстония", "Al-Farabi Estonia", "Эстония ҚазҰУ", "Аль-Фараби Эстониямен"} {
		p, err := s.searcher.Search(t.Context(), index.Query{Tab: index.Agreements, Text: text, Size: index.MaxSize})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range p.Hits[:min(p.Total, len(p.Hits))] {
			got = append(got, h.ID)
			if !slices.Contains(h.Institutions, "ror:03q0vrn42") || !slices.Contains(h.Countries, "EE") {
				t.Errorf("%s: found %+v", text, h.Agreement.Parties)
			}
		}
		slices.Sort(got)
		all := strings.Join(got, " ")
		if first == "" {
			first = all
		}
		if all != first || all == "" {
			t.Errorf("%s finds %q, КазНУ Эстония %q", text, all, first)
		}
	}
}
