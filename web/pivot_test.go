package web_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

type pivot struct {
	Total      int
	Rows, Cols struct {
		Values []struct {
			Key   string
			Total int
		}
	}
	Cells [][]int
}

func pivotOf(t *testing.T, query string) pivot {
	t.Helper()
	var p pivot
	w := seedSite(t).get(t, "/api/v1/pivot?"+query)
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != 200 {
		t.Fatalf("%s: status %d, %v: %s", query, w.Code, err, w.Body)
	}
	return p
}

func (p pivot) cell(row, col string) int {
	for i, r := range p.Rows.Values {
		for j, c := range p.Cols.Values {
			if r.Key == row && c.Key == col {
				return p.Cells[i][j]
			}
		}
	}
	return 0
}

func TestPivotOfSeeds(t *testing.T) {
	data, err := os.ReadFile("testdata/pivot.txt")
	if err != nil {
		t.Fatal(err)
	}
	p := pivotOf(t, "status=-discussed")
	for line := range strings.Lines(string(data)) {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) < 3 {
			continue
		}
		want, err := strconv.Atoi(f[2])
		if err != nil {
			t.Fatal(err)
		}
		fault := len(f) > 3 && f[3] == "!"
		if got := p.cell(f[0], f[1]); (got == want) == fault {
			t.Errorf("%s × %s: %d, want %d, known fault: %v", f[0], f[1], got, want, fault)
		}
	}
}

// Each number of a table is the total of the list that it leads to, whatever stands on the axes.
func TestPivotLeadsToItsEvidence(t *testing.T) {
	s := seedSite(t)
	link := regexp.MustCompile(`<a href="([^"]*)"[^>]*aria-label="[^"]*: ([0-9]+) [^"]*"`)
	for _, address := range []string{
		"/?tab=table&hl=en", "/?tab=table&hl=en&rows=home&cols=abroad", "/?tab=table&hl=en&rows=kind&cols=status&min_confidence=0.45",
		"/?tab=table&hl=en&rows=country&cols=year&count=articles", "/?tab=table&hl=en&rows=year&cols=kind&country=CN&order=name", "/?tab=table&hl=en&rows=lang&cols=outlet&q=меморандум",
		"/?tab=table&hl=en&rows=institution&cols=institution&country=EE",
	} {
		w := s.get(t, address)
		page := body(t, w)
		if w.Code != 200 {
			t.Fatalf("%s: status %d", address, w.Code)
		}
		links := link.FindAllStringSubmatch(page, -1)
		if len(links) < 4 {
			t.Errorf("%s: only %d numbers", address, len(links))
		}
		for i, m := range links {
			if i%5 > 0 && i < len(links)-3 {
				continue // a fifth of them, and the last totals
			}
			to := html.UnescapeString(m[1])
			if got := s.search(t, "/api/v1/search"+strings.TrimPrefix(to, "/")); fmt.Sprint(got.Total) != m[2] {
				t.Errorf("%s: %s promises %s, gives %d", address, to, m[2], got.Total)
			}
		}
	}
}

func TestPivotWords(t *testing.T) {
	says(t, "/?tab=table&rows=institution&cols=kind&hl=ru", `class="crosstab upright"`)
	says(t, "/?tab=table&rows=kind&cols=year&hl=ru", `<th scope="col"><span>2025</span></th>`, "Показаны последние периоды: 2 из 26")
	says(t, "/?tab=table&status=-discussed&hl=ru", "Казахстанская организация × страна", "Считаются только надёжно найденные соглашения (от 70 %)", "Таблица", "Всего", `<caption id="sheet">`, "Статус: не обсуждалось")
	says(t, "/?tab=table&hl=kk&cols=year", "Қазақстан мекемесі × жыл", "2025 ж.", `href="/export.xlsx?tab=table&amp;cols=year&amp;hl=kk"`)
	page := says(t, "/agreements?hl=en", `href="?tab=table&amp;hl=en"`)
	if strings.Contains(page, "rows=home") {
		t.Error("the default stands in addresses")
	}
	w := seedSite(t).get(t, "/export.csv?tab=table&hl=en&status=-discussed")
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	p := pivotOf(t, "status=-discussed")
	for _, l := range lines[1:] {
		if got := l[slices.Index(lines[0], "Estonia")]; got != strconv.Itoa(p.cell(l[1], "EE")) {
			t.Errorf("%s: %s in the file", l[1], got)
		}
	}
	if len(lines)-1 != len(p.Rows.Values) {
		t.Errorf("%d lines, %d rows", len(lines)-1, len(p.Rows.Values))
	}
	if w := seedSite(t).get(t, "/?tab=table&rows="+url.QueryEscape("contry")); w.Code != 400 || !strings.Contains(w.Body.String(), "country") {
		t.Errorf("a wrong axis: status %d", w.Code)
	}
}
