package main_test

import (
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// journey is a line of testdata/journeys.tsv: what a person types on the seeds, and which articles must come back.
type journey struct {
	stage, query, params string
	want                 []string // first three characters of ids
	fault                bool     // known: expected to fail
}

func journeys(t *testing.T) (out []journey) {
	t.Helper()
	data, err := os.ReadFile("testdata/journeys.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		j := journey{stage: strings.TrimPrefix(f[0], "!"), fault: strings.HasPrefix(f[0], "!"), query: f[1], params: f[2], want: []string{}}
		if f[3] != "-" {
			j.want = strings.Split(f[3], ",")
		}
		out = append(out, j)
	}
	return out
}

func TestJourneys(t *testing.T) {
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	walk(t, serve(t, data))
}

// walk goes through all journeys.
func walk(t *testing.T, s *server) {
	t.Helper()
	for _, j := range journeys(t) {
		v, err := url.ParseQuery(j.params)
		if err != nil {
			t.Fatal(err)
		}
		if j.query != "" {
			v.Set("q", j.query)
		}
		got := []string{}
		a := s.search(v)
		for _, id := range a.ids()[:a.Total] { // behind them stands what has some of the words
			got = append(got, id[:3])
		}
		slices.Sort(got)
		right := slices.Equal(got, j.want)
		switch {
		case !right && !j.fault:
			t.Errorf("stage %s: %q %s: %s", j.stage, j.query, j.params, cmp.Diff(j.want, got))
		case right && j.fault:
			t.Errorf("stage %s: %q %s holds now: take its mark ! away", j.stage, j.query, j.params)
		}
	}
}

// What a facet shows is what a click gives: every value from the empty query, and again with a value of another facet chosen.
func TestFacetClicks(t *testing.T) {
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	s := serve(t, data)
	choose := func(v url.Values, facet, key string) url.Values {
		out := url.Values{}
		for k, x := range v {
			out[k] = slices.Clone(x)
		}
		if facet != "date" {
			out[facet] = []string{key}
			return out
		}
		if key == "undated" {
			return nil
		}
		out["from"], out["to"] = []string{key}, []string{key}
		return out
	}
	click := func(v url.Values) answer {
		shown := s.search(v)
		for facet, values := range shown.Facets {
			for _, c := range values {
				after := choose(v, facet, c.Key)
				if after == nil {
					continue
				}
				after.Set("size", "1")
				after.Set("facet_size", "1")
				if total := s.search(after).Total; total != c.Count {
					t.Errorf("%s: %s %s shows %d and gives %d", v.Encode(), facet, c.Key, c.Count, total)
				}
			}
		}
		return shown
	}
	queries, first := []string{"двойной диплом", "Эстония жоқсөз", "университет филиал договор", "қос дипломмен OR форум"}, 3
	if testing.Short() {
		queries, first = queries[:1], 1
	}
	for _, q := range queries {
		for _, match := range []string{"", "all", "most"} {
			for _, chosen := range []url.Values{{}, {"lang": {"ru"}}, {"country": {"EE", "CN"}}} {
				v := url.Values{"q": {q}, "match": {match}}
				maps.Copy(v, chosen)
				click(v)
			}
		}
	}
	for facet, values := range click(url.Values{}).Facets {
		for i, c := range values {
			if v := choose(url.Values{}, facet, c.Key); v != nil && (i < first || facet == "country") {
				click(v)
			}
		}
	}
}

func TestFacetsOfSeeds(t *testing.T) {
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	facetsOfSeeds(t, serve(t, data))
}

func facetsOfSeeds(t *testing.T, s *server) {
	t.Helper()
	got := map[string]map[string]int{}
	for facet, values := range s.search(url.Values{}).Facets {
		got[facet] = map[string]int{}
		for _, c := range values {
			got[facet][c.Key] = c.Count
		}
	}
	for facet, want := range map[string]map[string]int{
		"lang":    {"kk": 4, "ru": 1},
		"outlet":  {"kazinform": 3, "baq": 1, "kz-mfa": 1},
		"country": {"EE": 1, "TH": 1, "RO": 1, "IE": 1, "UZ": 1, "CN": 1, "RU": 1, "BE": 1},
		"date": {"2025": 4, "2026": 1, "2025-09": 1, "2025-10": 0, "2025-11": 3, "2025-12": 0,
			"2026-01": 0, "2026-02": 0, "2026-03": 1},
	} {
		if diff := cmp.Diff(want, got[facet]); diff != "" {
			t.Errorf("%s: %s", facet, diff)
		}
	}
}
