package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"kelisim/index"
)

// doubtful is the site of the seeds with agreements of known confidence, so that nothing hangs on what was learnt.
var doubtful = sync.OnceValues(func() (*site, error) { return newSite(doubts, "../seeds") })

func doubtfulSite(t testing.TB) *site {
	t.Helper()
	s, err := doubtful()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// doubts puts agreements into a seed. Shown are «one», «two», «four», «five» and «six», of which «two» and «five» are
// uncertain: «one» is sure by article 001 alone, «six» because somebody corrected it. «three» is seen by those who ask.
func doubts(r *index.Record) {
	type fact struct {
		id, kind, status string
		sure             float64
		corrected        string
		why              []string
	}
	facts := map[string][]fact{
		"000": {{"one", "memorandum", "signed", .3, "", nil}, {"three", "alliance", "signed", .3, "", nil}},
		"001": {
			{"one", "memorandum", "signed", .9, "", []string{"pair|told|signed|doc", "pair|list join|мен", "pair|word amid|kk:және"}},
			{"two", "branch", "planned", .5, "", []string{"pair|told roles|planned|subject,with", "pair|told|planned", "pair|brand new|x"}},
		},
		"002": {{"four", "double-degree", "signed", .7, "", nil}, {"five", "joint-center", "agreed", .6999, "", []string{"pair|doc|memorandum"}}},
		"003": {{"six", "memorandum", "signed", .3, "status by A: seen", nil}},
	}
	var sentences []int // paragraphs that are long enough to be quoted
	for i, p := range r.Text.Paragraphs {
		if p.End-p.Start > 60 && p.Start > len(r.Article.Title) {
			sentences = append(sentences, i)
		}
	}
	r.Agreements = nil
	for i, f := range facts[r.Article.ID[:3]] {
		p := r.Text.Paragraphs[sentences[i%len(sentences)]].Sentences[0]
		published := r.Article.Published.String()
		// «six» has a side more than «one», so that it is a deed of its own.
		var more []index.Party
		if f.id == "six" {
			more = []index.Party{{Name: "Tus", Country: "CN", Text: "Tus", Unlisted: true}}
		}
		r.Agreements = append(r.Agreements, index.Agreement{
			ID: f.id, Kind: f.kind, Status: f.status, Reported: published,
			Parties: append([]index.Party{
				{Key: "ror:03q0vrn42", Name: "KazNU", Country: "KZ", Text: "ҚазҰУ"}, {Name: "universities, CN", Country: "CN"},
			}, more...),
			Evidence: []index.Evidence{{
				ID: f.id, Article: r.Article.ID, Reported: published, Lang: r.Lang, Outlet: r.Outlet, Kind: f.kind, Status: f.status,
				Quote: r.Text.Source[p.Start:p.End], Start: p.Start, End: p.End, Rule: "pair", Confidence: f.sure, Why: f.why, Corrected: f.corrected,
			}},
		})
	}
}

// thresholds are addresses' confidences with what they leave of the doubtful site.
var thresholds = []struct {
	least            string
	total, uncertain int
	articles         int // that tell something
	memorandums      int // articles that tell one
}{
	{"", 5, 2, 4, 3}, {"0.45", 5, 2, 4, 3}, {"0", 6, 3, 4, 3}, {".3", 6, 3, 4, 3}, {"0.31", 5, 2, 4, 3}, {"0.5", 5, 2, 4, 3}, {"0.51", 4, 1, 4, 3},
	{"0.69", 4, 1, 4, 3}, {".7", 3, 0, 4, 3}, {"0.71", 2, 0, 3, 3}, {"0.91", 1, 0, 1, 1}, {"1", 1, 0, 1, 1},
}

func TestConfidenceOfAnswers(t *testing.T) {
	s := doubtfulSite(t)
	for _, tt := range thresholds {
		least := ""
		if tt.least != "" {
			least = "&min_confidence=" + tt.least
		}
		for _, path := range []string{"/api/v1/agreements?", "/api/v1/search?tab=agreements"} {
			var a struct {
				Total, Uncertain int
				Hits             []struct {
					ID         string
					Confidence float64
				}
			}
			if err := json.Unmarshal(s.get(t, path+least).Body.Bytes(), &a); err != nil {
				t.Fatal(err)
			}
			if a.Total != tt.total || a.Uncertain != tt.uncertain || len(a.Hits) != tt.total {
				t.Errorf("%s%s: %d, %d uncertain, %d hits; want %d, %d", path, least, a.Total, a.Uncertain, len(a.Hits), tt.total, tt.uncertain)
			}
			n := 0
			for _, h := range a.Hits {
				if h.Confidence < .7 {
					n++
				}
			}
			if n != tt.uncertain {
				t.Errorf("%s%s: %d hits are less sure than .7: %v", path, least, n, a.Hits)
			}
		}
		if got := s.search(t, "/api/v1/search?status=signed&status=planned&status=agreed"+least); got.Total != tt.articles {
			t.Errorf("from %q on %d articles tell something, want %d", tt.least, got.Total, tt.articles)
		}
		if got := s.search(t, "/api/v1/search?q=(kind:memorandum)"+least); got.Total != tt.memorandums {
			t.Errorf("from %q on %d articles tell a memorandum, want %d", tt.least, got.Total, tt.memorandums)
		}
		if got := s.search(t, "/api/v1/facets?tab=agreements&more=kind"+least); got.Total != tt.total {
			t.Errorf("facets from %q on: total %d", tt.least, got.Total)
		}
	}
	if w := body(t, s.get(t, "/api/v1/search")); strings.Contains(w, `"uncertain"`) {
		t.Error("articles are said to be uncertain")
	}
}

// For each confidence every count is the total of its choice, in both tabs.
func TestConfidenceCounts(t *testing.T) {
	s := doubtfulSite(t)
	for _, least := range []string{"", "0", "0.51", "0.7", "0.95"} {
		for _, tab := range []string{"articles", "agreements"} {
			for _, state := range []string{"", "&kind=-branch", "&status=signed", "&q=Қазақстан"} {
				address := "/api/v1/search?tab=" + tab + "&min_confidence=" + least + state
				for facet, vs := range s.search(t, address).Facets {
					for _, v := range vs {
						if v.Excluded || v.Selected || facet == "date" || strings.Contains(state, facet+"=") {
							continue
						}
						next := address + "&" + facet + "=" + url.QueryEscape(v.Key)
						if got := s.search(t, next); got.Total != v.Count {
							t.Errorf("%s promises %d, gives %d", next, v.Count, got.Total)
						}
					}
				}
			}
		}
	}
}

func TestConfidenceCursors(t *testing.T) {
	s := doubtfulSite(t)
	for _, tt := range thresholds {
		for _, sort := range []string{"newest", "oldest"} {
			seen := map[string]bool{}
			from := "/api/v1/agreements?size=1&sort=" + sort + "&min_confidence=" + tt.least
			for next := from; next != ""; {
				var a struct {
					Total int
					Hits  []struct{ ID string }
					Next  *string
				}
				if err := json.Unmarshal(s.get(t, next).Body.Bytes(), &a); err != nil {
					t.Fatal(err)
				}
				for _, h := range a.Hits {
					if seen[h.ID] {
						t.Errorf("%s comes twice", h.ID)
					}
					seen[h.ID] = true
				}
				next = ""
				if a.Next != nil {
					next = from + "&cursor=" + url.QueryEscape(*a.Next)
				}
			}
			if len(seen) != tt.total {
				t.Errorf("from %q on the pages show %d of %d", tt.least, len(seen), tt.total)
			}
		}
	}
}

// shown fails unless a page of the doubtful site says all of want.
func shown(t *testing.T, address string, want ...string) string {
	t.Helper()
	w := doubtfulSite(t).get(t, address)
	page := body(t, w)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: status %d", address, w.Code)
	}
	text := words(page)
	for _, x := range want {
		if !strings.Contains(page, x) && !strings.Contains(text, x) {
			t.Errorf("%s does not say %q", address, x)
		}
	}
	return page
}

func TestUncertainIsMarked(t *testing.T) {
	const mark = `class="doubt" title="`
	for _, tt := range []struct{ address, heading, hide, word string }{
		{"/agreements?hl=en", "5 agreements, 2 of them uncertain", "Hide the uncertain ones", "uncertain"},
		{"/agreements?hl=ru", "5 соглашений, из них 2 найдены ненадёжно", "Скрыть найденные ненадёжно", "ненадёжно"},
		{"/agreements?hl=kk", "5 келісім, анық емесі — 2", "Анық еместерін жасыру", "анық емес"},
		{"/?tab=agreements&q=Қазақстан&hl=en", "2 of them uncertain", "Hide the uncertain ones", "uncertain"},
		{"/institution/ror:03q0vrn42?hl=en", "5 agreements, 2 of them uncertain", "Hide the uncertain ones", "uncertain"},
		{"/country/CN?hl=en", "5 agreements, 2 of them uncertain", "Hide the uncertain ones", "uncertain"},
	} {
		page := shown(t, tt.address, tt.heading, tt.hide, ">"+tt.word+`<span class="spoken">`)
		if n := strings.Count(page, mark); n != 2 {
			t.Errorf("%s: %d marks", tt.address, n)
		}
		hide := regexp.MustCompile(`href="([^"]*min_confidence=0\.7[^"]*)" rel="nofollow">` + tt.hide).FindStringSubmatch(page)
		if hide == nil {
			t.Errorf("%s: no link hides them", tt.address)
			continue
		}
		path, _, _ := strings.Cut(tt.address, "?")
		there := path + strings.ReplaceAll(hide[1], "&amp;", "&")
		page = shown(t, there)
		if strings.Contains(page, mark) {
			t.Errorf("%s still shows some", there)
		}
		show := regexp.MustCompile(`<p class="doubts"> ?<a href="([^"]*)" rel="nofollow">[^<]*: 2</a>`).FindStringSubmatch(page)
		if show == nil || strings.Contains(show[1], "min_confidence") {
			t.Errorf("%s: no way back: %v", there, show)
		}
	}
	// How sure, and why, stands with the evidence: in words, each once; what has none stays as it is.
	page := shown(t, "/agreements?hl=en", "Confidence: 90%.", "What speaks for it: what the sentence says was done (“signed”); the parties stand in one list; the words around.",
		"Confidence: 50%.", "What speaks for it: what the sentence says was done (“planned”); brand new x.", "Confidence: 69%.", "Confidence: 70%.", "Corrected: status by A: seen")
	if strings.Contains(page, "Confidence: 30%") || strings.Contains(page, "Confidence: 100%") {
		t.Error("what a person corrected has no confidence")
	}
	shown(t, "/agreements?hl=en&min_confidence=0.9", "2 agreements", "Confidence: <b>at least 90%</b>", "Show the uncertain ones too: 3")
	shown(t, "/agreements?hl=ru&min_confidence=0.95&kind=branch", "Ничего не найдено", "Вместе с найденными ненадёжно")
	shown(t, "/?hl=en", "5 agreements")
}

func TestUncertainInArticle(t *testing.T) {
	page := shown(t, "/article/001_246f79690591176a?hl=en", "2 agreements, 1 of them uncertain:", "Hide the uncertain ones", `class="doubt"`, "quote of an uncertain agreement",
		`<details class="grounds"><summary>Confidence: 90%. Why? An error?</summary>`, `data-status="planned" data-doubt`)
	if strings.Count(page, `class="record"`) != 2 {
		t.Error("two records")
	}
	page = shown(t, "/article/001_246f79690591176a?hl=en&min_confidence=0.7", "1 agreement:", "Show the uncertain ones too: 1")
	if strings.Contains(page, "uncertain agreement") || strings.Count(page, `class="record"`) != 1 {
		t.Error("a hidden one is shown")
	}
	// Another article tells «one» more clearly; «three» nobody.
	page = shown(t, "/article/000_374bd11769898af7?hl=en", "1 agreement:", "Confidence: 90%.")
	if strings.Contains(page, "alliance") || strings.Contains(page, "Alliance") || strings.Contains(page, `class="doubt`) {
		t.Error("what is hardly sure is shown")
	}
	shown(t, "/article/000_374bd11769898af7?hl=ru&min_confidence=0.3", "2 соглашения, из них 1 найдено ненадёжно:", "Альянс")
	for _, address := range []string{"/api/v1/articles/000_374bd11769898af7", "/api/v1/articles/000_374bd11769898af7?min_confidence=0.3"} {
		var a struct {
			Agreements []struct {
				ID         string
				Confidence float64
				Why        []string
			}
		}
		if err := json.Unmarshal(doubtfulSite(t).get(t, address).Body.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		if got, want := fmt.Sprint(a.Agreements), "[{one 0.9 []}]"; !strings.Contains(address, "0.3") && got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		} else if strings.Contains(address, "0.3") && len(a.Agreements) != 2 {
			t.Errorf("%s: %s", address, got)
		}
	}
}

// Whatever confidence is asked for, it is kept on the way: evidence leads to its quote, and pages to pages.
func TestConfidenceIsKept(t *testing.T) {
	s := doubtfulSite(t)
	for _, least := range []string{"", "0.3", "0.7"} {
		page := body(t, s.get(t, "/agreements?hl=en&min_confidence="+least))
		for _, m := range regexp.MustCompile(`href="(/article/[^"#]+)#([^"]+)"`).FindAllStringSubmatch(page, -1) {
			address := strings.ReplaceAll(m[1], "&amp;", "&")
			if article := body(t, s.get(t, address)); !strings.Contains(article, `id="`+m[2]+`"`) {
				t.Errorf("%s has no #%s", address, m[2])
			}
		}
	}
	page := body(t, s.get(t, "/agreements?hl=en&min_confidence=.3&status=signed"))
	var lost []string
	for _, m := range regexp.MustCompile(`href="((?:\?|/(?:article|institution|country|agreements))[^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(m[1], "min_confidence=") || strings.Contains(m[1], "min_confidence=0.45") {
			lost = append(lost, m[1])
		}
	}
	// Only those lose it that drop it: the chip of it, and all filters.
	slices.Sort(lost)
	if lost = slices.Compact(lost); len(lost) != 2 {
		t.Errorf("links lose the confidence: %v", lost)
	}
	if !strings.Contains(page, `name="min_confidence" value="0.3"`) {
		t.Error("the forms lose the confidence")
	}
	page = body(t, s.get(t, "/agreements?hl=en&min_confidence=0.45"))
	if strings.Contains(strings.ReplaceAll(page, "min_confidence=0.7", ""), "min_confidence") {
		t.Error("the default stands in addresses")
	}
}
