package web_test

import (
	"encoding/csv"
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// numbers are the links of a page that are a number: where each leads, and what it promises.
func numbers(page string) (out [][2]string) {
	for _, m := range regexp.MustCompile(`<a (?:class="count" )?href="([^"]+)"[^>]*>(?:[^<:]*:[ \x{a0}])?([0-9]+)(?: agreements?)?</a>`).FindAllStringSubmatch(page, -1) {
		out = append(out, [2]string{html.UnescapeString(m[1]), m[2]})
	}
	return out
}

// total is what the list at an address of a page holds, asked of the API.
func (s *site) total(t *testing.T, address string) string {
	t.Helper()
	path, query, _ := strings.Cut(address, "?")
	api := map[string]string{"/": "/api/v1/search", "/agreements": "/api/v1/agreements"}[path]
	if api == "" {
		t.Fatalf("%s is no list", address)
	}
	return strconv.Itoa(s.search(t, api+"?size=1&facet_size=1&"+query).Total)
}

// Every number on the pages of the seeds' countries and institutions, and where two are compared, is the total of the list that
// it leads to.
func TestEveryNumberLeadsToItsEvidence(t *testing.T) {
	s := seedSite(t)
	facets := s.search(t, "/api/v1/agreements?size=1").Facets
	var pages []string
	for _, facet := range []string{"country", "institution", "outlet"} {
		var keys []string
		for _, v := range facets[facet] {
			keys = append(keys, v.Key)
			if facet != "outlet" {
				pages = append(pages, "/"+facet+"/"+v.Key+"?hl=en")
			}
		}
		for i := range min(3, len(keys)-1) {
			pages = append(pages, "/compare?hl=en&"+facet+"="+keys[i]+"&"+facet+"="+keys[i+1])
		}
	}
	pages = append(pages, "/institution/ror:03q0vrn42?hl=en&min_confidence=0.3", "/compare?hl=en&min_confidence=0.9&country=CN&country=EE")
	n, known := 0, map[string]string{}
	for _, address := range pages {
		w := s.get(t, address)
		page := body(t, w)
		if w.Code != 200 {
			t.Fatalf("%s: status %d", address, w.Code)
		}
		_, page, _ = strings.Cut(page, "<main")
		links := numbers(page)
		if len(links) < 3 {
			t.Errorf("%s: %d numbers", address, len(links))
		}
		for _, l := range links {
			n++
			if known[l[0]] == "" {
				known[l[0]] = s.total(t, l[0])
			}
			if known[l[0]] != l[1] {
				t.Errorf("%s: %s promises %s, gives %s", address, l[0], l[1], known[l[0]])
			}
		}
	}
	t.Logf("%d pages, %d numbers, %d lists", len(pages), n, len(known))
}

// A page says who and what it is about, its partners by year and kind, and offers to compare.
func TestPartners(t *testing.T) {
	page := says(t, "/institution/ror:03gvsr558?hl=en", "M. Narikbayev KAZGUU University", "ROR", "Website", "Partners", "Partner countries", "2025", "Kind of document", ">Memorandum:\u00a01</a>", "Compare")
	if !strings.Contains(page, `<option value="ror:03q0vrn42">Al-Farabi Kazakh National University</option>`) || strings.Contains(page, `<option value="ror:03gvsr558">`) {
		t.Error("it is compared with itself, or not with others")
	}
	checkHTML(t, "/institution/ror:03gvsr558", page)
}

func TestCompare(t *testing.T) {
	s := seedSite(t)
	const pair = "institution=ror:03gvsr558&institution=ror:03q0vrn42"
	page := says(t, "/compare?hl=en&"+pair, "By year", "By kind", "Partner countries", "With each other", "Estonia")
	checkHTML(t, "/compare", page)
	var countries string
	for _, row := range regexp.MustCompile(`(?s)<tr class="common">.*?</tr>`).FindAllString(page, -1) {
		countries += words(row) + "; "
	}
	if !strings.Contains(countries, "Estonia") || strings.Contains(countries, "Belgium") {
		t.Errorf("both have %s", countries)
	}
	pick := says(t, "/compare?hl=kk", "Нені салыстырамыз?", `<select name="institution">`, `<select name="country">`, `<select name="outlet">`, `name="find"`)
	checkHTML(t, "/compare", pick)
	// What stands chosen at first is a comparison already.
	for _, facet := range []string{"institution", "country", "outlet"} {
		_, form, _ := strings.Cut(pick, `<select name="`+facet+`">`)
		both := regexp.MustCompile(`(?s)^<option value="([^"]*)".*?<option value="([^"]*)" selected`).FindStringSubmatch(form)
		if both == nil {
			t.Fatalf("no two of %s are offered", facet)
		}
		says(t, "/compare?hl=kk&"+facet+"="+both[1]+"&"+facet+"="+both[2], "Жылдар бойынша", "Түрі бойынша")
	}
	says(t, "/compare?hl=ru&find="+escapeAll("эстон"), `href="/compare?country=EE&amp;hl=ru"`)
	says(t, "/compare?hl=kk&country=EE&country=CN", "Эстония", "Қытай", "Түрі бойынша")
	says(t, "/compare?hl=ru&institution=ror:03q0vrn42", "с чем сравнить?", `name="find"`)
	says(t, "/compare?hl=ru&institution=ror:03q0vrn42&find="+escapeAll("Таллин"), "Таллиннский университет")
	w := s.get(t, "/compare.csv?hl=en&"+pair)
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(lines[0], []string{"by", "key", "label", "ror:03gvsr558", "ror:03q0vrn42"}) || !slices.ContainsFunc(lines, func(l []string) bool { return l[0] == "country" && l[1] == "EE" && l[2] == "Estonia" }) {
		t.Errorf("%q", lines[:min(len(lines), 4)])
	}
	for _, l := range lines[1:] {
		for i, key := range []string{"ror:03gvsr558", "ror:03q0vrn42"} {
			if l[0] == "country" {
				if got := s.total(t, "/agreements?institution="+key+"&country="+l[1]); got != l[3+i] {
					t.Errorf("%v: %s has %s", l, key, got)
				}
			}
		}
	}
	var first map[string]any
	if err := json.Unmarshal([]byte(strings.Split(s.get(t, "/compare.jsonl?"+pair).Body.String(), "\n")[0]), &first); err != nil {
		t.Error(err)
	}
}
