package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
)

func TestEmptyQuery(t *testing.T) {
	a := seedSite(t).search(t, "/api/v1/search")
	if a.ids() != "004,001,000,003,002" {
		t.Errorf("newest first: %s", a.ids())
	}
	for facet, want := range map[string]string{
		"lang":    "kk 4, ru 1",
		"outlet":  "kazinform 3, baq 1, kz-mfa 1",
		"date":    "2025 4, 2026 1, 2025-09 1, 2025-10 0, 2025-11 3, 2025-12 0, 2026-01 0, 2026-02 0, 2026-03 1",
		"country": "BE 1, CN 1, EE 1, IE 1, RO 1, RU 1, TH 1, UZ 1",
	} {
		got := map[string]bool{}
		for _, v := range a.Facets[facet] {
			got[fmt.Sprintf("%s %d", v.Key, v.Count)] = true
		}
		for w := range strings.SplitSeq(want, ", ") {
			if !got[w] {
				t.Errorf("%s: no %s in %v", facet, w, a.Facets[facet])
			}
			delete(got, w)
		}
		if len(got) > 0 {
			t.Errorf("%s: unexpected %v", facet, got)
		}
	}
}

// Every value's count is the total when only it is chosen in its facet: from the empty query, and with a value of each
// other facet chosen.
func TestCountBeforeIsTotalAfter(t *testing.T) {
	s := seedSite(t)
	for _, path := range []string{"/api/v1/search", "/api/v1/agreements"} {
		states := []url.Values{{}}
		first := s.search(t, path)
		for _, facet := range []string{"country", "institution", "kind", "status", "lang", "outlet"} {
			if vs := first.Facets[facet]; len(vs) > 0 {
				states = append(states, url.Values{facet: {vs[0].Key}}, url.Values{facet: {"-" + vs[0].Key}})
			}
		}
		states = append(states, url.Values{"day": {"reported"}}, url.Values{"day": {"reported"}, "kind": {first.Facets["kind"][0].Key}})
		states = append(states, url.Values{"from": {"2025-11"}, "to": {"2025"}}, url.Values{"q": {"меморандум"}})
		for _, state := range states {
			before := s.search(t, path+"?size=1&"+state.Encode())
			for facet, vs := range before.Facets {
				for i, v := range vs {
					if facet == "institution" && i > 10 {
						break
					}
					next := url.Values{}
					for k, v := range state {
						if k != facet && !(facet == "date" && (k == "from" || k == "to")) {
							next[k] = v
						}
					}
					if facet == "date" {
						if v.Key == "undated" {
							continue
						}
						next.Set("from", v.Key)
						next.Set("to", v.Key)
					} else {
						next.Set(facet, v.Key)
					}
					if after := s.search(t, path+"?size=1&facet_size=1&"+next.Encode()); after.Total != v.Count {
						t.Errorf("%s in %v: %s=%s promises %d, gives %d", path, state, facet, v.Key, v.Count, after.Total)
					}
				}
			}
		}
	}
}

// Walking by cursor meets every article once.
func TestCursorWalk(t *testing.T) {
	s := seedSite(t)
	for _, sort := range []string{"newest", "oldest", "relevance"} {
		q := "/api/v1/search?size=2&q=университет&match=all&sort=" + sort
		seen := map[string]bool{}
		next := q
		total := 0
		for range 10 {
			a := s.search(t, next)
			total = a.Total
			for _, h := range a.Hits {
				if seen[h.ID] {
					t.Errorf("%s: %s comes twice", sort, h.ID)
				}
				seen[h.ID] = true
			}
			if a.Next == nil {
				break
			}
			next = q + "&cursor=" + url.QueryEscape(*a.Next)
		}
		if len(seen) != total {
			t.Errorf("%s: saw %d of %d", sort, len(seen), total)
		}
	}
}

func TestProblems(t *testing.T) {
	s := seedSite(t)
	for _, tt := range []struct {
		in     string
		status int
		says   string
	}{
		{"/api/v1/search?size=0", 400, "size"},
		{"/api/v1/search?from=2026-13-45", 400, "2026-13-45"},
		{"/api/v1/search?tab=list", 400, "articles, agreements"},
		{"/api/v1/search?tab=agreements&min_confidence=70", 400, "0 мен 1"},
		{"/api/v1/agreements?min_confidence=0.705", 400, "min_confidence"},
		{"/api/v1/facets?min_confidence=x", 400, "min_confidence"},
		{"/api/v1/articles/002_14cb3ffd79eb1075?min_confidence=2", 400, "min_confidence"},
		{"/api/v1/search?sort=best", 400, "relevance, newest, oldest"},
		{"/api/v1/search?match=x", 400, "all, most"},
		{"/api/v1/search?cursor=xyz", 400, ""},
		{"/api/v1/search?cursor=%00", 400, ""},
		{"/api/v1/articles/none", 404, "none"},
		{"/api/v1/none", 404, ""},
		{"/api/v1/search?country=BR&utm_source=x", 200, ""},
		{"/api/v1/search?country=CHN&hl=en", 400, "Did you mean “CN” (China)?"},
		{"/api/v1/search?country=Қытай&hl=kk", 400, "«CN» (Қытай)"},
		{"/api/v1/search?country=-ee&hl=ru", 400, "«EE» (Эстония)"},
		{"/api/v1/search?lang=de", 400, "kk, ru, en"},
		{"/api/v1/agreements?kind=memorandums&hl=en", 400, "Did you mean “memorandum”?"},
		{"/api/v1/agreements?status=foo", 400, "signed, in-force, agreed, planned, discussed, background"},
		{"/api/v1/agreements?status=-sined&hl=en", 400, "“signed”"},
		{"/api/v1/agreements?institution=КазНУ", 400, "ror:03q0vrn42"},
		{"/api/v1/agreements?outlet=kazinforn", 400, "outlet"},
		{"/api/v1/agreements?contry=EE&hl=en", 400, "Did you mean “country”?"},
		{"/api/v1/agreements?colour=red", 400, "min_confidence"},
		{"/api/v1/search?sort=newst&hl=en", 400, "“newest”"},
		{"/api/v1/facets?hl=de", 400, "kk, ru, en"},
	} {
		w := s.get(t, tt.in)
		if w.Code != tt.status {
			t.Errorf("%s: status %d, want %d", tt.in, w.Code, tt.status)
			continue
		}
		if tt.status == 200 {
			continue
		}
		if k := w.Header().Get("Content-Type"); !strings.HasPrefix(k, "application/problem+json") {
			t.Errorf("%s: %s", tt.in, k)
		}
		var p struct {
			Type, Title, Detail string
			Status              int
		}
		if err := json.NewDecoder(w.Body).Decode(&p); err != nil {
			t.Errorf("%s: %v", tt.in, err)
		}
		if p.Status != tt.status || p.Type == "" || p.Title == "" || !strings.Contains(p.Detail, tt.says) {
			t.Errorf("%s: %+v", tt.in, p)
		}
	}
}

func TestAPIArticle(t *testing.T) {
	s := seedSite(t)
	var a struct {
		ID, Date, Lang, Outlet, Text string
		Home                         bool
		Countries                    []struct {
			ISO2  string
			Spans [][2]int
		}
		Institutions []struct {
			Key      string
			Surfaces []string
			Spans    [][2]int
		}
		Agreements []struct {
			Quote string
			Span  [2]int
		}
		Versions []struct{ SHA256 string }
	}
	if err := json.NewDecoder(s.get(t, "/api/v1/articles/000_374bd11769898af7").Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	if a.Date != "2025-11-17" || a.Lang != "kk" || a.Outlet != "kazinform" || !a.Home || len(a.Countries) == 0 || len(a.Versions) != 1 {
		t.Errorf("got %+v", a)
	}
	for _, x := range a.Institutions {
		for i, sp := range x.Spans {
			if got := a.Text[sp[0]:sp[1]]; i == 0 && got != x.Surfaces[0] {
				t.Errorf("%s: %q at its span, surface %q", x.Key, got, x.Surfaces[0])
			}
		}
	}
	for _, g := range a.Agreements {
		if a.Text[g.Span[0]:g.Span[1]] != g.Quote {
			t.Errorf("%q is not at its span", g.Quote)
		}
	}
}

func TestAPIFacets(t *testing.T) {
	s := seedSite(t)
	a := s.search(t, "/api/v1/facets?more=country&find=эст")
	if len(a.Facets) != 1 || len(a.Facets["country"]) != 1 || a.Facets["country"][0].Key != "EE" {
		t.Errorf("got %+v", a.Facets)
	}
	for _, typed := range []string{"ҚазҰУ", "КазНУ", "farabi", "әл-Фараби"} {
		vs := s.search(t, "/api/v1/facets?more=institution&find="+url.QueryEscape(typed)).Facets["institution"]
		if len(vs) == 0 || !slices.ContainsFunc(vs, func(v value) bool { return v.Key == "ror:03q0vrn42" }) {
			t.Errorf("find=%s: %v", typed, vs)
		}
	}
	if vs := s.search(t, "/api/v1/facets?more=institution&find=nosuchname").Facets["institution"]; len(vs) != 0 {
		t.Errorf("find=nosuchname: %v", vs)
	}
	if a := s.search(t, "/api/v1/search?facet_size=1"); len(a.Facets["country"]) != 1 || len(a.Facets["date"]) != 9 {
		t.Errorf("facet_size=1 gives %+v", a.Facets)
	}
}

// The API's form is fixed: tools rely on its keys.
func TestForm(t *testing.T) {
	s := seedSite(t)
	keys := func(address string, path ...string) string {
		var v any
		if err := json.NewDecoder(s.get(t, address).Body).Decode(&v); err != nil {
			t.Fatal(err)
		}
		for _, p := range path {
			switch x := v.(type) {
			case map[string]any:
				v = x[p]
			case []any:
				if len(x) == 0 {
					return "nothing"
				}
				v = x[0]
			}
		}
		m, ok := v.(map[string]any)
		if !ok {
			return fmt.Sprint(v)
		}
		return strings.Join(slices.Sorted(maps.Keys(m)), " ")
	}
	const article = "/api/v1/articles/002_14cb3ffd79eb1075"
	for _, tt := range []struct {
		address string
		path    []string
		want    string
	}{
		{"/api/v1/search", nil, "facets hits more next notes total"},
		{"/api/v1/search?q=келісім", nil, "facets hits more next notes total tree"},
		{"/api/v1/search?q=келісім", []string{"hits", "0"}, "countries date id institutions lang outlet score snippets story title url"},
		{"/api/v1/search?q=келісім", []string{"hits", "0", "snippets", "0", "0"}, "match text"},
		{"/api/v1/search", []string{"facets"}, "country date dated exact institution kind lang outlet status"},
		{"/api/v1/search", []string{"facets", "country", "0"}, "count excluded key label selected"},
		{"/api/v1/search?q=%22a", []string{"notes", "0"}, "args code text undo"},
		{"/api/v1/agreements", []string{"hits", "0"}, "confidence date evidence id kind parties reported score snippets status subject"},
		{"/api/v1/agreements", []string{"hits", "0", "parties", "0"}, "country key name text"},
		{"/api/v1/facets", nil, "facets total"},
		{article, nil, "agreements claims countries date home id institutions lang outlet story text title url versions"},
		{article, []string{"countries", "0"}, "iso2 spans"},
		{article, []string{"institutions", "0"}, "country key kind name ror spans surfaces"},
		{article, []string{"agreements", "0"}, "confidence date id kind parties quote reported rule span status why"},
		{article, []string{"claims", "0"}, "kind number text"},
	} {
		if got := keys(tt.address, tt.path...); got != tt.want {
			t.Errorf("%s %v: %s, want %s", tt.address, tt.path, got, tt.want)
		}
	}
	if n := keys("/api/v1/search?q=zzzzzz", "next"); n != "<nil>" {
		t.Errorf("next on the last page is %s", n)
	}
}

// An undo in the answer is an address of the same kind.
func TestUndo(t *testing.T) {
	s := seedSite(t)
	a := s.search(t, "/api/v1/search?hl=ru&q="+url.QueryEscape(`"қос дипломды`))
	if len(a.Notes) == 0 || a.Notes[0].Undo == nil || !strings.Contains(a.Notes[0].Text, "Кавычка") {
		t.Fatalf("notes %+v", a.Notes)
	}
	if u := *a.Notes[0].Undo; !strings.HasPrefix(u, "/api/v1/search?") || !strings.HasSuffix(u, "hl=ru") {
		t.Errorf("undo %s", u)
	} else if b := s.search(t, u); b.Total == 0 {
		t.Errorf("%s finds nothing", u)
	}
}

// Who is not named is told in the reader's language, as the page does; the key stays empty.
func TestUnnamedSidesInWords(t *testing.T) {
	s := seedSite(t)
	for hl, want := range map[string]string{"kk": "Қытай университеттері (аталмаған)", "ru": "Китай: университеты не названы", "en": "China: universities not named"} {
		page := s.get(t, "/api/v1/agreements?country=CN&size=100&hl="+hl).Body.String()
		if !strings.Contains(page, `"key":"","name":"`+want+`"`) || strings.Contains(page, "universities, CN") {
			t.Errorf("%s: no %q", hl, want)
		}
	}
}
