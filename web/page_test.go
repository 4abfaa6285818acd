package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var (
	inline = regexp.MustCompile(`</?(b|span|mark|i|s|small|q|time)\b[^>]*>`)
	tags   = regexp.MustCompile(`<[^>]*>`)
)

// words is a page's text without its tags, every run of white space one blank.
func words(page string) string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(inline.ReplaceAllString(page, ""), " ")), " ")
}

func says(t *testing.T, address string, want ...string) string {
	t.Helper()
	w := seedSite(t).get(t, address)
	page := body(t, w)
	if w.Code != http.StatusOK {
		t.Errorf("%s: status %d", address, w.Code)
	}
	text := words(page)
	for _, x := range want {
		if !strings.Contains(page, x) && !strings.Contains(text, x) {
			t.Errorf("%s does not say %q", address, x)
		}
	}
	return page
}

func TestFirstPage(t *testing.T) {
	says(t, "/", `<html lang="kk">`, "Университеттер кіммен, қашан, не туралы келісті?", "5 мақала", "2025 ж. 2 қыркүйек", "2026 ж. 4 наурыз", "дереккөз")
	says(t, "/?hl=ru", `<html lang="ru">`, "В индексе 5 статей", "2 сентября 2025", "4 марта 2026")
	says(t, "/?hl=en", `<html lang="en">`, "The index holds 5 articles", "2 September 2025")
}

func TestInterfaceLanguage(t *testing.T) {
	s := seedSite(t)
	page := body(t, s.get(t, "/?q=келісім", "Accept-Language", "ru-RU,ru;q=0.9"))
	if !strings.Contains(page, `<html lang="ru">`) {
		t.Error("Accept-Language is not heard")
	}
	if n := strings.Count(page, "hl="); n != 6 { // three languages in the masthead, three in the head
		t.Errorf("hl stands %d times: only the links to languages may have it where none was chosen", n)
	}
	page = body(t, s.get(t, "/?q=келісім&hl=en", "Accept-Language", "ru"))
	for _, m := range regexp.MustCompile(`href="(\?[^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(m[1], "hl=") {
			t.Errorf("%s loses the chosen language", m[1])
		}
	}
}

// Text in another language than the page's says so.
func TestForeignTextCarriesLang(t *testing.T) {
	says(t, "/?q=келісім&hl=ru", `<h2 lang="kk">`, `<p class="snippet" lang="kk">`, "казахский")
	page := says(t, "/article/003_ffa3ad55b486495d?hl=kk", `<h1 lang="ru">`, `<p class="text" lang="ru">`)
	if strings.Contains(page, `lang="kk" lang`) {
		t.Error("two lang")
	}
}

func TestResults(t *testing.T) {
	says(t, "/?q=келісім&hl=kk", "«келісім» сұрауы бойынша 3 мақала", "<mark>", "Kazinform", "Қол қойылды", `<time datetime="2025-11-17">`, "2025 ж. 17 қар.")
	says(t, "/?country=EE&country=CN&hl=kk", "2 мақала", "Ел: Эстония", "онсыз 1", "Бәрін алып тастау — 5 мақала", `aria-current="true"`)
	says(t, "/?country=-EE&hl=kk", "4 мақала", "Ел: Эстония емес", "<s>Эстония</s>")
	says(t, "/?from=2025-11&to=2025-11&hl=ru", "3 статьи", "Дата: ноябрь 2025", `value="2025-11"`)
	says(t, "/?hl=ru", "сентябрь 2025: 1 статья", "ноябрь 2025: 3 статьи", "октябрь 2025 0")
}

// Those with all words count; those with some stand behind, and each way to count them is a click.
func TestSomeOfTheWords(t *testing.T) {
	says(t, "/?q=двойной+диплом&x=0&hl=en", "1 article for", "1 with all words, 2 more with some of them", `<li class="rest">With some of the words</li>`, "match=all", "match=most")
	says(t, "/?q=двойной+диплом&x=0&match=most&hl=en", "3 articles for", "Only with all words", "With all words first")
	page := says(t, "/?q=двойной+диплом&x=0&match=all&hl=en", "1 article for", "Count all together")
	if strings.Contains(page, `class="rest"`) {
		t.Error("match=all shows what lacks a word")
	}
}

func TestNothingFound(t *testing.T) {
	page := says(t, "/?q=Эстония+nosuchword&match=all&hl=en", "Nothing found", "None of 5 articles has “nosuchword”", "Without “nosuchword”: Эстония", "1 article")
	if !strings.Contains(page, `href="?q=`+url.QueryEscape("Эстония")+`&amp;match=all&amp;hl=en"`) {
		t.Error("no way on without the word")
	}
	says(t, "/?q=Эстония+nosuchword&hl=en", "1 article for", " is in none of them and counts for nothing", "Without it")
	says(t, "/?q=Беларусь&hl=ru", "Ничего не найдено", "Слова «Беларусь» нет ни в одной из 5 статей", "Новые статьи", "Следить за этим запросом через Atom")
	says(t, "/?country=BR&hl=kk", "Ештеңе табылмады", "Сүзгісіз")
	says(t, "/?country=EE&lang=ru&hl=kk", "онсыз 1")
}

func TestArticlePage(t *testing.T) {
	page := says(t, "/article/002_14cb3ffd79eb1075?q=келісім&hl=kk",
		"тақырыпсыз жарияланған", "<mark>", `class="mention country" href="/country/CN?hl=kk"`, `class="mention" href="/institution/ror:03q0vrn42?hl=kk"`,
		`class="said"`, `class="no"`, "Мақалада айтылған сан", "SHA-256", "002_14cb3ffd79eb1075.txt", "Сілтеме жасау үлгісі", "BAQ.KZ. (2025, 2 қыркүйек)")
	if strings.Contains(page, "/work") || strings.Contains(page, "../seeds") {
		t.Error("the page tells where the file lies")
	}
	for _, m := range regexp.MustCompile(`class="no" href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(page, fmt.Sprintf(`id=%q`, m[1])) {
			t.Errorf("no quote #%s", m[1])
		}
	}
	// The text stands there whole: tags aside, nothing is lost or doubled. A figure stays on one line.
	says(t, "/article/003_ffa3ad55b486495d?hl=kk", `<span class="tied">1 453</span> договора`)
	says(t, "/article/003_ffa3ad55b486495d?hl=kk", "Между вузами Казахстана и России заключено 1 453 договора")
}

// An agreement in the list leads to its sentence in the article.
func TestEvidenceLeadsToQuote(t *testing.T) {
	s := seedSite(t)
	page := body(t, s.get(t, "/agreements"))
	links := regexp.MustCompile(`href="(/article/[^"#]+)#([^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(links) == 0 {
		t.Fatal("no evidence")
	}
	for _, m := range links {
		if article := body(t, s.get(t, m[1])); !strings.Contains(article, `id="`+m[2]+`"`) {
			t.Errorf("%s has no #%s", m[1], m[2])
		}
	}
}

func TestEntries(t *testing.T) {
	says(t, "/institution/ror:03q0vrn42?hl=en", "Al-Farabi Kazakh National University", "Казахский национальный университет имени аль-Фараби",
		`lang="kk">Әл-Фараби атындағы Қазақ ұлттық университеті`, "https://ror.org/03q0vrn42", "By year", "All articles that name it: 3", "Partners")
	says(t, "/country/EE?hl=ru", "Эстония", "Estonia", "Все статьи с упоминанием: 1", "Таллиннский университет")
}

func TestFaultPages(t *testing.T) {
	s := seedSite(t)
	for address, want := range map[string]string{
		"/nosuch?hl=ru":                                       "Такой страницы нет",
		"/article/none?hl=en":                                 "The index has no article “none”",
		"/?size=0&hl=kk":                                      "«size» параметрі «0» бола алмайды",
		"/agreements?min_confidence=7&hl=kk":                  "«min_confidence» параметрі «7» бола алмайды",
		"/country/EE?min_confidence=.705&hl=ru":               "Нужно число от 0 до 1",
		"/article/none?min_confidence=x&hl=en":                "at most two decimals",
		"/?from=вчера&hl=ru":                                  "«вчера» в параметре «from» — не дата",
		"/?cursor=abc&hl=en":                                  "Begin at the first page",
		"/institution/no?hl=kk":                               "«no» деген ел де, мекеме де индексте жоқ",
		"/?hl=xx":                                             "«hl» параметрі «xx» бола алмайды",
		"/api/v1/nosuch?hl=ru":                                "Такой страницы нет",
		"/?tab=colour&hl=en":                                  "It can be: articles, agreements",
		"/?q=a&q=b&hl=ru":                                     "задан дважды",
		"/?more=colour&hl=en":                                 "country, institution",
		"/agreements?match=x":                                 "all, most",
		"/article/%3Cb%3E?hl=en":                              "“&lt;b&gt;”",
		"/compare?country=EE&institution=ror:03q0vrn42&hl=en": "two countries or two outlets", "/compare?country=EE&country=CN&country=RU&hl=ru": "две страны",
	} {
		w := s.get(t, address)
		if page := body(t, w); w.Code < 400 || w.Code > 404 || !strings.Contains(page, want) && !strings.Contains(words(page), want) {
			t.Errorf("%s: status %d, no %q in it", address, w.Code, want)
		}
	}
}

// A town is named in the reader's language where a table knows how.
func TestTownsAreTranslated(t *testing.T) {
	says(t, "/institution/ror:03q0vrn42?hl=ru", "Город Алматы")
	says(t, "/institution/ror:03q0vrn42?hl=kk", "Қаласы Алматы")
	says(t, "/institution/ror:03q0vrn42?hl=en", "City Almaty")
	says(t, "/institution/ror:037b5pv06?hl=ru", "Город Печ") // Pécs
}

// What was read of an article is shared by all who look at it: no reader's choice changes it for the next one.
func TestArticleStaysAsRead(t *testing.T) {
	s := doubtfulSite(t)
	const plain = "/article/002_14cb3ffd79eb1075?hl=ru"
	want := body(t, s.get(t, plain))
	for _, other := range []string{"&min_confidence=0.95", "&q=" + url.QueryEscape("меморандум"), "&min_confidence=0.3&q=" + url.QueryEscape("Эстония")} {
		if got := body(t, s.get(t, plain+other)); got == want {
			t.Errorf("%s changes nothing", other)
		}
		if got := body(t, s.get(t, plain)); got != want {
			t.Errorf("after %s the page is another one", other)
		}
	}
}
