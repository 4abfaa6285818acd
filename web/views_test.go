package web_test

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Each line of the network, each of its nodes and each number of the table leads to so many.
func TestNetworkLeadsToItsEvidence(t *testing.T) {
	for _, address := range []string{
		"/?tab=network&hl=en", "/?tab=network&hl=en&min_confidence=0.45&status=signed", "/?tab=network&hl=en&count=articles", "/?tab=network&hl=en&institution=ror:03q0vrn42",
		"/?tab=network&hl=en&institution=-ror:03q0vrn42&institution=-ror:03gvsr558", "/?tab=network&hl=en&q=меморандум&country=EE", "/?tab=network&hl=en&institution=ror:03q0vrn42&institution=ror:03gvsr558",
	} {
		leadsToEvidence(t, address, 4)
		page := body(t, seedSite(t).get(t, address))
		nodes := regexp.MustCompile(`<a class="node[^"]*" href="([^"]*)" rel="nofollow">.*?<tspan class="n">([0-9]+)</tspan>`).FindAllStringSubmatch(page, -1)
		for _, m := range nodes {
			to := html.UnescapeString(m[1])
			if got := seedSite(t).search(t, "/api/v1/search"+strings.TrimPrefix(to, "/")); fmt.Sprint(got.Total) != m[2] {
				t.Errorf("%s: %s promises %s, gives %d", address, to, m[2], got.Total)
			}
		}
		if len(nodes) < 3 {
			t.Errorf("%s: %d nodes", address, len(nodes))
		}
	}
}

// What is chosen among institutions holds for each pair; what is excluded stands in none.
func TestNetworkKeepsTheChoice(t *testing.T) {
	const nu = "ror:03q0vrn42"
	for _, l := range sheetOf(t, "tab=network&institution="+nu)[1:] {
		if l[1] != nu && l[3] != nu {
			all := seedSite(t).search(t, "/api/v1/agreements?min_confidence=0.7&q="+url.QueryEscape(fmt.Sprintf("(institution:%q) (institution:%q) (institution:%q)", nu, l[1], l[3])))
			if fmt.Sprint(all.Total) != l[4] {
				t.Errorf("%s and %s: %s, but %d with the chosen one", l[0], l[2], l[4], all.Total)
			}
		}
	}
	lines := sheetOf(t, "tab=network&institution=-"+nu)
	if len(lines) < 3 {
		t.Fatalf("%d pairs", len(lines)-1)
	}
	for _, l := range lines[1:] {
		if l[1] == nu || l[3] == nu {
			t.Errorf("%s stands in a pair", nu)
		}
	}
}

// A pair's number is that of the cross-tab of institutions.
func TestNetworkIsThePivot(t *testing.T) {
	p := pivotOf(t, "rows=institution&cols=institution")
	n := 0
	for _, l := range sheetOf(t, "tab=network&hl=en")[1:] {
		if c := p.cell(l[1], l[3]); c > 0 {
			n++
			if strconv.Itoa(c) != l[4] {
				t.Errorf("%s × %s: %s, in the table %d", l[0], l[2], l[4], c)
			}
		}
	}
	if n < 5 {
		t.Errorf("only %d pairs could be compared", n)
	}
}

func TestNetworkWords(t *testing.T) {
	page := says(t, "/?tab=network&hl=kk", "Кім кіммен: ", "<desc id=\"network-d\">", "Жұптар", `class="node"`, `<title>Мақсұт Нәрікбаев университеті — Таллин университеті: 1 келісім</title>`)
	if strings.Contains(page, "Серіктесі аталмағандар") != strings.Contains(page, `id="alone"`) {
		t.Error("those without a partner have no heading")
	}
	says(t, "/?tab=network&hl=ru&q=нетаких", "Двух организаций, названных вместе, нет")
}

// Each country's number is the total of its list, on the map and in the table.
func TestMapLeadsToItsEvidence(t *testing.T) {
	for _, address := range []string{"/?tab=map&hl=en", "/?tab=map&hl=en&count=articles", "/?tab=map&hl=en&country=EE&country=-CN", "/?tab=map&hl=en&q=меморандум&from=2025-11&min_confidence=0.45"} {
		leadsToEvidence(t, address, 1)
	}
}

func TestMapWords(t *testing.T) {
	page := says(t, "/?tab=map&hl=kk", "Серіктес елдер: ", `<title>Эстония: 6 келісім</title>`, "Natural Earth", `href="#map-all"`)
	if strings.Contains(page, "Қазақстан: ") {
		t.Error("home is among its partners")
	}
	says(t, "/?tab=map&hl=ru&q=нетаких", "Страны-партнёры не названы")
	lines := sheetOf(t, "tab=map&hl=en")
	if want := []string{"country", "key", "agreements"}; !slices.Equal(lines[0], want) {
		t.Errorf("columns %v", lines[0])
	}
	if !slices.ContainsFunc(lines, func(l []string) bool { return l[1] == "EE" && l[2] == "6" && l[0] == "Estonia" }) {
		t.Errorf("no Estonia with 6 in %v", lines)
	}
}

var (
	lineLink  = regexp.MustCompile(`<a href="(/article/[^"]*)" title="[^"]*"><mark>([^<]*)</mark></a>`)
	passageOf = regexp.MustCompile(`(?s)<div class="passage" id="(m[0-9]+)">(.*?)</div>`)
)

// Each line leads to the paragraph that has it, with its word marked there.
func TestConcordanceLeadsToItsPlace(t *testing.T) {
	s := seedSite(t)
	for _, q := range []string{"келісім", "меморандум", "қос диплом", `"қос диплом"`, "университет", "Эстония", "договор OR соглашение", "келісім -Эстония", "country:Estonia университет", "Tallinn"} {
		page := body(t, s.get(t, "/?tab=concordance&hl=en&q="+url.QueryEscape(q)))
		links := lineLink.FindAllStringSubmatch(page, -1)
		if len(links) == 0 {
			t.Errorf("%s: no lines", q)
		}
		for _, m := range links {
			address, fragment, _ := strings.Cut(html.UnescapeString(m[1]), "#")
			article := body(t, s.get(t, address))
			if fragment == "" {
				if h1, _, _ := strings.Cut(article[strings.Index(article, "<h1"):], "</h1>"); !strings.Contains(h1, "<mark>") {
					t.Errorf("%s: a line leads to a headline without a mark", q)
				}
				continue
			}
			found := false
			for _, p := range passageOf.FindAllStringSubmatch(article, -1) {
				words := strings.Fields(html.UnescapeString(m[2]))
				found = found || p[1] == fragment && strings.Contains(p[2], "<mark>") && strings.Contains(html.UnescapeString(p[2]), words[0])
			}
			if !found {
				t.Errorf("%s: %s#%s has no «%s»", q, address, fragment, m[2])
			}
		}
	}
}

// The file has each place once; pages one after another have the same lines, in whatever order.
func TestConcordancePages(t *testing.T) {
	s := seedSite(t)
	const q = "университет"
	file := sheetOf(t, "tab=concordance&q="+url.QueryEscape(q))
	seen := map[string]bool{}
	for _, l := range file[1:] {
		if key := l[0] + " " + l[8]; seen[key] {
			t.Errorf("%s twice", key)
		} else {
			seen[key] = true
		}
	}
	next := regexp.MustCompile(`<a href="([^"]*cursor=[^"]*)" rel="nofollow next"`)
	for _, order := range []string{"", "&order=left", "&order=right"} {
		n, address := 0, "/?tab=concordance&hl=en&q="+url.QueryEscape(q)+order
		for pages := 0; address != "" && pages < 100; pages++ {
			page := body(t, s.get(t, address))
			n += len(lineLink.FindAllString(page, -1))
			m := next.FindStringSubmatch(page)
			if address = ""; m != nil {
				address = "/" + html.UnescapeString(m[1])
			}
		}
		if n != len(file)-1 {
			t.Errorf("%s: %d lines on pages, %d in the file", order, n, len(file)-1)
		}
	}
	if len(file) < 45 {
		t.Errorf("%d lines are one page: nothing was tested", len(file))
	}
}

// By the word behind, the words behind stand in the order of the alphabet; by the word before, those before.
func TestConcordanceOrder(t *testing.T) {
	s := seedSite(t)
	cells := regexp.MustCompile(`<span>([^<]*)</span> ?</td><td[^>]*><a [^>]*><mark>[^<]*</mark></a> ?</td><td[^>]*><span>([^<]*)</span>`)
	words := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(html.UnescapeString(s)), func(r rune) bool { return strings.ContainsRune(" ,.:;«»\"“”()–—…", r) })
	}
	for i, order := range []string{"left", "right"} {
		var got []string
		for _, m := range cells.FindAllStringSubmatch(body(t, s.get(t, "/?tab=concordance&hl=kk&q="+url.QueryEscape("келісім")+"&order="+order)), -1) {
			w := words(m[i+1])
			switch {
			case len(w) == 0:
				got = append(got, "")
			case order == "left":
				got = append(got, w[len(w)-1])
			default:
				got = append(got, w[0])
			}
		}
		alphabet := collate.New(language.Kazakh, collate.IgnoreCase)
		if len(got) < 10 || !slices.IsSortedFunc(got, alphabet.CompareString) {
			t.Errorf("%s: %q", order, got)
		}
	}
}

func TestConcordanceWords(t *testing.T) {
	says(t, "/?tab=concordance&hl=kk", "Сөз теріңіз")
	says(t, "/?tab=concordance&hl=ru&q=меморандум", "«меморандум» в контексте: ", "По слову слева", "<mark>меморандум")
	says(t, "/?tab=concordance&hl=en&q=нетаких", "Nothing found")
	for _, bad := range []string{"x", "1", "-1.", "01.", "0.%%%", "0.zzz"} {
		if w := seedSite(t).get(t, "/?tab=concordance&q=a&cursor="+url.QueryEscape(bad)); w.Code != 400 {
			t.Errorf("cursor %q: status %d", bad, w.Code)
		}
	}
	if w := seedSite(t).get(t, "/?tab=concordance&order=size"); w.Code != 400 {
		t.Errorf("an order of tables: status %d", w.Code)
	}
}

// Pages of numbers stay light, and keep everything to themselves.
func TestViewsAreLight(t *testing.T) {
	for _, view := range []string{"tab=trend", "tab=trend&by=month&split=country", "tab=network", "tab=map", "tab=concordance&q=келісім", "tab=table"} {
		for _, hl := range []string{"kk", "ru", "en"} {
			w := seedSite(t).get(t, "/?"+strings.ReplaceAll(view, "келісім", url.QueryEscape("келісім"))+"&hl="+hl)
			if n := w.Body.Len(); n > 60_000 || w.Code != 200 {
				t.Errorf("%s in %s: status %d, %d bytes", view, hl, w.Code, n)
			}
			if page := w.Body.String(); strings.Contains(page, " style=") || strings.Contains(page, "<style") || strings.Contains(page, "ZgotmplZ") {
				t.Errorf("%s: style in the page, or an unsafe value", view)
			}
		}
	}
}
