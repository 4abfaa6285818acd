package web_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"kelisim/index"
)

// story is a site on which two outlets tell one deed within a week, a third tells of it later, and the first mended its text.
var story = sync.OnceValues(func() (*site, error) {
	at := time.Date(2025, 11, 18, 9, 0, 0, 0, time.UTC)
	article := func(id, url, title, body string, published index.Date) index.Article {
		return index.Article{ID: id, URL: url, Title: title, Body: body, Published: published, Fetched: at, Path: "/news/" + id + ".jsonl"}
	}
	const signed = "Әл-Фараби атындағы Қазақ ұлттық университеті Таллин университетімен ынтымақтастық туралы меморандумға қол қойды."
	first := article("kk1", "https://kaz.inform.kz/1", "ҚазҰУ мен Таллин университеті келісті",
		signed+"\nРектор студенттер алмасуы келер жылы басталатынын айтты.\nКездесуге 20 оқытушы келді.", index.Date{Year: 2025, Month: 11, Day: 17})
	mended := first
	mended.Body = strings.ReplaceAll(first.Body, "20 оқытушы", "24 оқытушы мен студент")
	mended.Fetched = at.Add(24 * time.Hour)
	return siteOf(nil, []index.Article{
		first,
		article("ru1", "https://tengrinews.kz/2", "КазНУ и Таллиннский университет договорились",
			"Казахский национальный университет имени аль-Фараби подписал меморандум о сотрудничестве с Таллиннским университетом.", index.Date{Year: 2025, Month: 11, Day: 18}),
		article("ru2", "https://baq.kz/3", "Год КазНУ",
			"17 ноября 2025 года Казахский национальный университет имени аль-Фараби подписал меморандум о сотрудничестве с Таллиннским университетом.", index.Date{Year: 2026, Month: 2, Day: 1}),
		article("kk2", "", "", "Таллин университетінің студенттері алмасу бағдарламасымен Алматыға келді.", index.Date{}),
		article("kk3", "", "Ауа райы", "Ертең Астанада қар жауады, жел күшейеді.", index.Date{Year: 2025, Month: 11, Day: 17}),
	}, []index.Article{mended})
})

func storySite(t *testing.T) *site {
	t.Helper()
	s, err := story()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// section is the text of a part of a page by the id of its heading, "" where there is none.
func section(page, id string) string {
	_, rest, ok := strings.Cut(page, `aria-labelledby="`+id+`"`)
	if !ok {
		return ""
	}
	rest, _, _ = strings.Cut(rest, "</section>")
	return words("<" + rest)
}

// An article's page names who tells the same story, what is like it, and how its text changed.
func TestAroundAnArticle(t *testing.T) {
	s := storySite(t)
	page := body(t, s.get(t, "/article/kk1?hl=en"))
	checkHTML(t, "/article/kk1", page)
	same, similar := section(page, "same"), section(page, "similar")
	if !strings.Contains(same, "КазНУ и Таллиннский университет договорились 1 agreement in common") || strings.Contains(same, "Год КазНУ") || strings.Contains(same, "ҚазҰУ мен") {
		t.Errorf("the same story: %s", same)
	}
	if !strings.HasPrefix(similar[strings.Index(similar, "Similar"):], "Similar articles 1 Feb 2026 BAQ.KZ Russian Год КазНУ 1 agreement in common") ||
		!strings.Contains(similar, "Таллин университетінің студенттері") || strings.Contains(similar, "Ауа райы") {
		t.Errorf("similar: %s", similar)
	}
	if other := body(t, s.get(t, "/article/ru1?hl=kk")); !strings.Contains(section(other, "same"), "ҚазҰУ мен Таллин университеті келісті") {
		t.Errorf("the other way round: %s", section(other, "same"))
	}
	if alone := body(t, s.get(t, "/article/kk3?hl=en")); section(alone, "same")+section(alone, "similar") != "" {
		t.Errorf("the weather is like %s", section(alone, "similar"))
	}
	if got := section(page, "provenance"); !strings.Contains(got, "version 2 19 November 2025") || !strings.Contains(got, "Compare") {
		t.Errorf("provenance: %s", got)
	}
}

// Two states of an article are compared word by word; what stayed is counted, not repeated.
func TestVersions(t *testing.T) {
	s := storySite(t)
	page := body(t, s.get(t, "/article/kk1/versions?hl=en"))
	checkHTML(t, "versions", page)
	changed := regexp.MustCompile(`<(ins|del)><span[^>]*>[^<]*</span>([^<]*)`).FindAllStringSubmatch(page, -1)
	var got []string
	for _, m := range changed {
		got = append(got, m[1]+" "+m[2])
	}
	if want := []string{"del 20", "ins 24", "ins мен студент "}; !slices.Equal(got, want) {
		t.Errorf("changes %q, want %q", got, want)
	}
	if text := words(page); !strings.Contains(text, "… 3 unchanged paragraphs … Кездесуге") || strings.Contains(text, "Ректор") {
		t.Errorf("what stayed: %s", text)
	}
	back := body(t, s.get(t, "/article/kk1/versions?old=2&new=1&hl=ru"))
	if !strings.Contains(back, "</span>20</ins>") || !strings.Contains(back, "</span>24</del>") {
		t.Error("the other way round is the same")
	}
	for address, want := range map[string]string{
		"/article/kk1/versions?old=1&new=1&hl=en": "The texts of both versions are the same.",
		"/article/ru1/versions?hl=kk":             "бір-ақ рет алынды",
	} {
		if page := body(t, s.get(t, address)); !strings.Contains(page, want) {
			t.Errorf("%s does not say %q", address, want)
		}
	}
	for address, status := range map[string]int{"/article/kk1/versions?new=3": 404, "/article/kk1/versions?old=0": 400, "/article/nosuch/versions": 404} {
		if w := s.get(t, address); w.Code != status {
			t.Errorf("%s: status %d, want %d", address, w.Code, status)
		}
	}
}

// An article is cited in the reader's language and as files, and machines are told of it what it states and nothing else.
func TestCitingAnArticle(t *testing.T) {
	s := storySite(t)
	for hl, want := range map[string]string{
		"kk": "Tengrinews. (2025, 18 қараша). КазНУ и Таллиннский университет договорились. https://tengrinews.kz/2.",
		"ru": "Tengrinews. (2025, 18 ноября). КазНУ и Таллиннский университет договорились. https://tengrinews.kz/2.",
		"en": "Tengrinews. (2025, November 18). КазНУ и Таллиннский университет договорились. https://tengrinews.kz/2.",
	} {
		if page := words(body(t, s.get(t, "/article/ru1?hl="+hl))); !strings.Contains(page, want) {
			t.Errorf("%s: no %q", hl, want)
		}
	}
	ris := s.get(t, "/article/ru1/cite.ris?hl=ru")
	for _, line := range []string{"TY  - NEWS", "TI  - КазНУ и Таллиннский университет договорились", "DA  - 2025/11/18/", "UR  - https://tengrinews.kz/2", "ER  -"} {
		if !strings.Contains(ris.Body.String(), line) {
			t.Errorf("no %q in\n%s", line, ris.Body)
		}
	}
	if d := ris.Header().Get("Content-Disposition"); !strings.Contains(d, ".ris") {
		t.Errorf("Content-Disposition %s", d)
	}
	var items []struct{ ID, Title string }
	if err := json.Unmarshal(s.get(t, "/article/ru1/cite.csl.json").Body.Bytes(), &items); err != nil || len(items) != 1 || items[0].ID != "ru1" {
		t.Errorf("CSL %+v, %v", items, err)
	}
	if bib := s.get(t, "/article/ru1/cite.bib").Body.String(); strings.Count(bib, "@online{") != 1 || !strings.Contains(bib, "date = {2025-11-18}") {
		t.Error(bib)
	}
	if w := s.get(t, "/article/ru1/cite.csv"); w.Code != 404 {
		t.Errorf("cite.csv: status %d", w.Code)
	}
	data := func(id string) map[string]any {
		var out map[string]any
		z := html.NewTokenizer(strings.NewReader(body(t, s.get(t, "/article/"+id+"?hl=en"))))
		for z.Next() != html.ErrorToken {
			if token := z.Token(); token.Data == "script" && len(token.Attr) == 1 && token.Attr[0].Val == "application/ld+json" {
				z.Next()
				if err := json.Unmarshal(z.Raw(), &out); err != nil {
					t.Fatal(err)
				}
			}
		}
		return out
	}
	got := data("ru1")
	for key, want := range map[string]string{
		"@type": "NewsArticle", "headline": "КазНУ и Таллиннский университет договорились", "inLanguage": "ru", "datePublished": "2025-11-18",
		"isBasedOn": "https://tengrinews.kz/2", "url": "https://tengrinews.kz/2", "mainEntityOfPage": "http://example.com/article/ru1",
	} {
		if got[key] != want {
			t.Errorf("%s: %v, want %s", key, got[key], want)
		}
	}
	for _, key := range []string{"headline", "datePublished", "url", "isBasedOn", "publisher"} {
		if v, ok := data("kk2")[key]; ok {
			t.Errorf("%s is invented: %v", key, v)
		}
	}
}
