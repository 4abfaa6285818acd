package web_test

import (
	"encoding/csv"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// evidenceLinks are the links of a page whose words end with a number of agreements or articles: where they lead, and that
// number.
var evidenceLinks = regexp.MustCompile(`<a [^>]*?href="([^"]*)"[^>]*?(?: aria-label="[^"]*: ([0-9]+) (?:agree|artic)[^"]*"[^>]*>|><title>[^<]*: ([0-9]+) (?:agree|artic)[^<]*</title>)`)

// leadsToEvidence follows all of them: each list has so many as was promised.
func leadsToEvidence(t *testing.T, address string, least int) {
	t.Helper()
	s := seedSite(t)
	w := s.get(t, address)
	page := body(t, w)
	if w.Code != 200 {
		t.Fatalf("%s: status %d", address, w.Code)
	}
	links := evidenceLinks.FindAllStringSubmatch(page, -1)
	if len(links) < least {
		t.Errorf("%s: only %d numbers with evidence", address, len(links))
	}
	known := map[string]int{}
	for _, m := range links {
		to := html.UnescapeString(m[1])
		if _, ok := known[to]; !ok {
			known[to] = s.search(t, "/api/v1/search"+strings.TrimPrefix(to, "/")).Total
		}
		if want := m[2] + m[3]; fmt.Sprint(known[to]) != want {
			t.Errorf("%s: %s promises %s, gives %d", address, to, want, known[to])
		}
	}
}

var trends = []string{
	"/?tab=trend", "/?tab=trend&by=month", "/?tab=trend&by=quarter&split=country", "/?tab=trend&by=year&split=institution&min_confidence=0.45",
	"/?tab=trend&by=month&split=kind&status=signed", "/?tab=trend&by=month&split=country&count=articles&status=signed", "/?tab=trend&by=quarter&split=abroad&country=EE&country=RU",
	"/?tab=trend&by=month&from=2025-11-18&to=2026-03-01", "/?tab=trend&by=quarter&from=2025-10-10", "/?tab=trend&by=month&exact=day", "/?tab=trend&by=month&exact=year",
	"/?tab=trend&by=month&exact=-day", "/?tab=trend&by=month&exact=-year", "/?tab=trend&by=month&date=undated", "/?tab=trend&by=month&date=-undated",
	"/?tab=trend&by=month&q=меморандум&vs=келісім&vs=договор", "/?tab=trend&by=month&q=date:2025-11..2026&split=lang", "/?tab=trend&count=articles&by=month&split=lang",
}

// Each bar and each number of the table beside it is the total of the list that it leads to.
func TestTrendLeadsToItsEvidence(t *testing.T) {
	for _, address := range trends {
		least := 1
		if strings.Contains(address, "exact=-year") {
			least = 0 // the seeds have no such date
		}
		leadsToEvidence(t, address+"&hl=en", least)
	}
}

// sheetOf is a view's file.
func sheetOf(t *testing.T, query string) [][]string {
	t.Helper()
	w := seedSite(t).get(t, "/export.csv?"+query)
	if w.Code != 200 {
		t.Fatalf("%s: status %d: %s", query, w.Code, w.Body)
	}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// Nothing is counted twice and nothing is lost: periods, what is before them, vague and undated make the total.
func TestTrendAddsUp(t *testing.T) {
	for _, address := range trends {
		lines := sheetOf(t, strings.TrimPrefix(address, "/?"))
		if strings.Contains(address, "count=articles&status") {
			continue // an article tells several agreements, in several months
		}
		for col := 2; col < len(lines[0]); col++ {
			sum, total := 0, 0
			for _, l := range lines[1:] {
				n, err := strconv.Atoi(l[col])
				if err != nil {
					t.Fatal(err)
				}
				if l[1] == "total" {
					total = n
				} else {
					sum += n
				}
			}
			if sum != total {
				t.Errorf("%s, %s: the parts make %d of %d", address, lines[0][col], sum, total)
			}
		}
	}
}

// Empty months stand between full ones, in the file and in the picture; the table has one line for many.
func TestTrendFillsZeros(t *testing.T) {
	lines := sheetOf(t, "tab=trend&by=month&split=country&country=EE&country=BE&hl=en")
	var keys []string
	for _, l := range lines[1:] {
		keys = append(keys, l[1])
	}
	if want := strings.Fields("2025-11 2025-12 2026-01 2026-02 2026-03 before vague undated total"); !slices.Equal(keys, want) {
		t.Errorf("%v, want %v", keys, want)
	}
	page := says(t, "/?tab=trend&by=month&hl=en", "<desc ", "An empty place is a zero", "Date not exact")
	if strings.Count(page, ">0<") > 40 {
		t.Error("years of empty months stand in the table one by one")
	}
}

func TestTrendWords(t *testing.T) {
	says(t, "/?tab=trend&hl=kk&by=quarter", "Тоқсандар бойынша", "2025 ж. IV тоқсан", "Күні дәл емес", `href="/export.csv?tab=trend&amp;by=quarter&amp;hl=kk"`)
	says(t, "/?tab=trend&hl=ru&by=month&split=country", "По месяцам", "Эстония", "Дата неточная", "Больше всего")
	page := says(t, "/?tab=trend&hl=en&q=меморандум&vs=договор", "Stop comparing", `name="vs" value="договор"`)
	if strings.Contains(page, `name="split"`) {
		t.Error("values and queries cannot be compared at once, yet the form offers it")
	}
	says(t, "/?tab=trend&hl=en&date=undated", "Nothing has an exact date")
}

// Months and quarters are axes of a table too, as rows and as columns, and each cell has its evidence.
func TestPivotByMonthAndQuarter(t *testing.T) {
	for _, address := range []string{
		"/?tab=table&rows=month&cols=country&hl=en", "/?tab=table&rows=country&cols=quarter&hl=en", "/?tab=table&rows=quarter&cols=kind&hl=en&from=2025-11", "/?tab=table&rows=lang&cols=month&count=articles&hl=en",
	} {
		leadsToEvidence(t, address, 4)
	}
	p := pivotOf(t, "rows=quarter&cols=country&exact=quarter")
	if n := p.cell("2025-Q4", "EE"); n != 6 {
		t.Errorf("Estonia in the last quarter of 2025: %d", n)
	}
	turned := pivotOf(t, "rows=country&cols=quarter&exact=quarter")
	if n := turned.cell("EE", "2025-Q4"); n != 6 {
		t.Errorf("the same turned: %d", n)
	}
}

// What was understood of each query is said, and undone in that query only.
func TestTrendNotesOfEachQuery(t *testing.T) {
	s := seedSite(t)
	page := says(t, "/?tab=trend&hl=ru&q="+url.QueryEscape("меморандум")+"&vs="+url.QueryEscape("соглашение")+"&vs="+url.QueryEscape("форум жоқсөз"),
		"соглашение: искали и в переводе", "жоқсөз — такого слова нет")
	undo := regexp.MustCompile(`жоқсөз[^\n]*[^<]*<a href="([^"]*vs=[^"]*)"`).FindStringSubmatch(page)
	if undo == nil {
		t.Fatal("the word of a query beside cannot be undone")
	}
	to, err := url.Parse(html.UnescapeString(undo[1]))
	if err != nil {
		t.Fatal(err)
	}
	if got := to.Query(); got.Get("q") != "меморандум" || !slices.Equal(got["vs"], []string{"соглашение", "форум"}) {
		t.Errorf("undone: %v", got)
	}
	if again := body(t, s.get(t, "/"+strings.TrimPrefix(to.String(), "/"))); strings.Contains(again, "жоқсөз") {
		t.Error("undone, and it is there")
	}
}
