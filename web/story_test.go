package web_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"

	"kelisim/index"
)

// One story is one hit with the others below it, and numbers go on counting articles.
func TestStoriesAreOneHit(t *testing.T) {
	s := storySite(t)
	page := body(t, s.get(t, "/?hl=en&sort=oldest"))
	checkHTML(t, "stories", page)
	text := html.UnescapeString(words(page)) // «+» is written as &#43;
	for _, want := range []string{"5 articles", "+1 more on this story 18 Nov 2025 Tengrinews Russian КазНУ и Таллиннский университет договорились", "On this page 1 article stands under another one"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if n := strings.Count(page, `<li class="hit">`); n != 4 {
		t.Errorf("%d hits, want 4", n)
	}
	if apart := body(t, s.get(t, "/?group=0&hl=en")); strings.Count(apart, `<li class="hit">`) != 5 || strings.Contains(words(apart), "more on this story") {
		t.Error("group=0 folds")
	}
	for hl, want := range map[string]string{"kk": "Осы оқиға туралы +1 мақала", "ru": "+1 статья об этом же"} {
		if !strings.Contains(html.UnescapeString(words(body(t, s.get(t, "/?hl="+hl)))), want) {
			t.Errorf("%s: no %q", hl, want)
		}
	}
	// What a search does not find is named, and said to be outside.
	if kk := words(body(t, s.get(t, "/?lang=kk&hl=en"))); !strings.Contains(kk, "договорились not found by this search") || strings.Contains(kk, "stands under") {
		t.Errorf("a story of another language: %s", kk)
	}
	if w := s.get(t, "/?group=2"); w.Code != 400 {
		t.Errorf("group=2: status %d", w.Code)
	}
}

// Through all pages, whatever their size and order, each article that is found is once a hit or stands once below one.
func TestStoriesOverPages(t *testing.T) {
	s := seriesSite(t)
	for _, sort := range []string{"newest", "oldest"} {
		for _, size := range []int{1, 2, 3, 100} {
			hits, below, stories := map[string]int{}, map[string]int{}, map[string]bool{}
			next := ""
			for range 100 {
				var page struct {
					Total int
					Next  *string
					Hits  []struct {
						ID, Story string
						Others    []struct {
							ID      string
							Matches bool
						}
					}
				}
				address := fmt.Sprintf("/api/v1/search?q=%s&match=all&group=1&sort=%s&size=%d&cursor=%s", "студент", sort, size, next)
				if err := json.Unmarshal(s.get(t, address).Body.Bytes(), &page); err != nil || page.Total != 7 {
					t.Fatalf("%s: total %d, %v", address, page.Total, err)
				}
				for _, h := range page.Hits {
					hits[h.ID]++
					if stories[h.Story] {
						t.Errorf("%s, %d: story %s is shown twice", sort, size, h.Story)
					}
					stories[h.Story] = true
					for _, o := range h.Others {
						if o.Matches {
							below[o.ID]++
						}
					}
				}
				if page.Next == nil {
					break
				}
				next = *page.Next
			}
			if len(hits)+len(below) != 7 || len(stories) != 3 {
				t.Errorf("%s, %d a page: hits %v, below %v", sort, size, hits, below)
			}
			for id, n := range hits {
				if n+below[id] != 1 {
					t.Errorf("%s, %d a page: %s is %d times a hit and %d below", sort, size, id, n, below[id])
				}
			}
		}
	}
}

// seriesSite tells one story six times, among other news, and once to nobody who asks for students.
func seriesSite(t *testing.T) *site {
	t.Helper()
	const told = "Қызылордада 1350 студентке арналған жатақхана ашылды. Оны ректор Бейбіт Қаратаев пен әкім Нұрлыбек Нәлібаев ашты. Құрылысқа 420 млн теңге кетті."
	var all []index.Article
	add := func(id string, day int, body string) {
		all = append(all, index.Article{ID: id, Title: "Тақырып " + id, Body: body, Lang: "kk", Published: index.Date{Year: 2026, Month: 3, Day: day}, Path: "/news/" + id})
	}
	for i := range 5 {
		add(fmt.Sprint("a", i), 1+i, told+strings.Repeat(" Тағы бір сөйлем.", i))
	}
	add("a5", 2, "Жатақхананы Бейбіт Қаратаев пен Нұрлыбек Нәлібаев ашты. 1350 орын, 420 млн теңге. Құрылыс Қызылордада жүрді.")
	add("b", 3, "Семейде студент хакатонда жеңіп, 300 мың теңге алды.")
	add("c", 4, "Талдықорғанда студент 12 кітап жазды, оны баспа шығарады.")
	s, err := siteOf(nil, all)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Programs are told an article's story, in answers and files; what its articles tell otherwise is told in a sentence.
func TestStoriesForPrograms(t *testing.T) {
	s := storySite(t)
	var page struct {
		Hits []struct {
			ID, Story string
			Others    []any
		}
	}
	if err := json.Unmarshal(s.get(t, "/api/v1/search").Body.Bytes(), &page); err != nil || len(page.Hits) != 5 {
		t.Fatalf("%d hits, %v", len(page.Hits), err)
	}
	for _, h := range page.Hits {
		if want := map[string]string{"ru1": "kk1"}[h.ID]; h.Story != want && h.Story != h.ID || h.Others != nil {
			t.Errorf("%s is of the story %s", h.ID, h.Story)
		}
	}
	var article struct{ Story string }
	if err := json.Unmarshal(s.get(t, "/api/v1/articles/ru1").Body.Bytes(), &article); err != nil || article.Story != "kk1" {
		t.Errorf("the article is of the story %q, %v", article.Story, err)
	}
	rows, err := csv.NewReader(strings.NewReader(s.get(t, "/export.csv").Body.String())).ReadAll()
	if err != nil || len(rows) != 6 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	at := slices.Index(rows[0], "story")
	for _, r := range rows[1:] {
		if r[0] == "ru1" && r[at] != "kk1" || r[0] == "kk3" && r[at] != "kk3" {
			t.Errorf("row %v", r)
		}
	}
}

// Two outlets that give one deed another day are one story, and the page says who gives which.
func TestStoriesTellWhatDiffers(t *testing.T) {
	const told = "Казахский национальный университет имени аль-Фараби подписал меморандум о сотрудничестве с Таллиннским университетом. Ректор Жансеит Туймебаев рассказал об обмене 34 студентами."
	article := func(id, url, day string) index.Article {
		return index.Article{ID: id, URL: url, Title: "КазНУ и Таллинн", Body: day + " ноября 2025 года " + told, Published: index.Date{Year: 2025, Month: 11, Day: 19}, Path: "/news/" + id}
	}
	s, err := siteOf(nil, []index.Article{article("a", "https://kaz.inform.kz/1", "17"), article("b", "https://tengrinews.kz/2", "18")})
	if err != nil {
		t.Fatal(err)
	}
	for hl, want := range map[string]string{
		"en": "The sources differ: date – 17 Nov 2025 (Kazinform), 18 Nov 2025 (Tengrinews).",
		"ru": "Источники расходятся: дата – 17 нояб. 2025 (Kazinform), 18 нояб. 2025 (Tengrinews).",
		"kk": "Дереккөздер әртүрлі айтады: күні – 2025 ж. 17 қар. (Kazinform), 2025 ж. 18 қар. (Tengrinews).",
	} {
		if text := words(body(t, s.get(t, "/?hl="+hl))); !strings.Contains(text, want) {
			t.Errorf("%s: no %q in %s", hl, want, text)
		}
	}
}

// Articles that come while somebody turns pages make no story be passed over, even where its first article is now one of a page behind him.
func TestStoriesComeBetweenPages(t *testing.T) {
	s := seriesSite(t)
	var first, second struct {
		Next *string
		Hits []struct{ ID string }
	}
	if err := json.Unmarshal(s.get(t, "/api/v1/search?group=1&size=2").Body.Bytes(), &first); err != nil || first.Next == nil || len(first.Hits) != 1 || first.Hits[0].ID != "a4" {
		t.Fatalf("first page %+v, %v", first, err)
	}
	if err := s.add(index.Article{
		ID: "d", Title: "Тақырып d", Lang: "kk", Published: index.Date{Year: 2026, Month: 3, Day: 6}, Path: "/news/d", Body: "Талдықорғанда студент 12 кітап жазды, оны баспа шығарады.",
	}); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(s.get(t, "/api/v1/search?group=1&size=100&cursor="+*first.Next).Body.Bytes(), &second); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, h := range second.Hits {
		seen[h.ID] = true
	}
	if !seen["b"] || !seen["c"] {
		t.Errorf("a story is passed over: %+v", second.Hits)
	}
}
