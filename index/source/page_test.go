package source_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	"kelisim/index/source"
)

// pageText are paragraphs long enough to look like an article's.
const pageText = `<p>Әл-Фараби атындағы Қазақ ұлттық университеті мен Тарту университеті 17 қарашада ынтымақтастық туралы келісімге қол қойды, құжат бес жылға есептелген.</p>
<p>Қысқа абзац.</p>
<p>Ректорлар студент алмасу бағдарламасын кеңейтуге, бірлескен зертхана ашуға және қос диплом беруге уағдаласты, деп хабарлады университеттің баспасөз қызметі.</p>`

const pageWant = "Әл-Фараби атындағы Қазақ ұлттық университеті мен Тарту университеті 17 қарашада ынтымақтастық туралы келісімге қол қойды, құжат бес жылға есептелген.\n" +
	"Қысқа абзац.\n" +
	"Ректорлар студент алмасу бағдарламасын кеңейтуге, бірлескен зертхана ашуға және қос диплом беруге уағдаласты, деп хабарлады университеттің баспасөз қызметі."

// What stands around a text and above it is none of it, and its paragraphs stay apart, however short it is.
func TestPagesWithoutRules(t *testing.T) {
	one, two := "КазНУ и Варшавский университет подписали меморандум.", "Встреча прошла в Алматы 17 ноября."
	long := strings.Repeat("Стороны договорились о программе двух дипломов. ", 4) + "Она начнётся осенью."
	text := "<p>" + one + "</p><p>" + two + "</p>"
	const head = "<h1>Меморандум подписан</h1>"
	for _, c := range []struct{ name, body, want string }{
		{"an article", "<article>" + head + text + "</article>", one + "\n" + two},
		{"no element of its own", head + text, one + "\n" + two},
		{"a container", "<div class=qq>" + head + text + "<p>" + long + "</p></div>", one + "\n" + two + "\n" + long},
		{"lines broken in one block", "<div class=qq>" + head + one + "<br>" + two + "<br><br>" + long + "</div>", one + "\n" + two + "\n" + long},
		{"a table", "<table><tr><td>" + head + text + "<p>" + long + "</p></td></tr></table>", one + "\n" + two + "\n" + long},
		{"a date in a line of its own", "<article>" + head + `<time datetime="2025-11-17">17 ноября</time>` + text + "<p>" + long + "</p></article>", one + "\n" + two + "\n" + long},
		{"a date in a sentence", `<article>` + head + `<p>` + one + `</p><p>Встреча прошла в Алматы <time datetime="2025-11-17">17 ноября</time>.</p><p>` + long + "</p></article>", one + "\n" + two + "\n" + long},
		{"a headline inside what a rule knows", `<div class="entry-content">` + head + text + "<p>" + long + "</p></div>", one + "\n" + two + "\n" + long},
		{"another headline stays", "<article><h1>Меморандум подписан в Алматы</h1>" + text + "</article>", "Меморандум подписан в Алматы\n" + one + "\n" + two},
	} {
		page := `<!DOCTYPE html><html lang="ru"><head><title>Меморандум подписан</title><meta property="og:title" content="Меморандум подписан"></head><body><nav><a href="/">Главная</a></nav>` + c.body + "<footer>© 2025 Сайт</footer></body></html>"
		dir := t.TempDir()
		o := readWith(t, dir, nil, write(t, dir, "a.html", page))
		if len(o.articles) != 1 || o.articles[0].Title != "Меморандум подписан" && c.name != "another headline stays" {
			t.Errorf("%s: %q, %q", c.name, o.lines(), o.problems)
		} else if diff := cmp.Diff(c.want, o.articles[0].Body); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestPages(t *testing.T) {
	menu := `<nav><ul><li><a href="/">Басты бет</a><li><a href="/n">Жаңалықтар</a></ul></nav>`
	foot := `<footer><p>© 2025 Барлық құқықтар қорғалған. Материалдарды пайдаланған кезде сілтеме міндетті болып табылады.</p></footer>`
	for _, c := range []struct{ name, page, id, url, outlet, lang, title, date string }{
		{"JSON-LD and rules", `<!DOCTYPE html><html lang="kk-KZ"><head><title>Келісім – Сайт</title><link rel="canonical" href="https://x.kz/n/1#top">
			<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"Келісім жасалды",
			"datePublished":"2025-11-17T10:00:00+05:00","publisher":{"@type":"Organization","name":"X.KZ"}}]}</script></head>
			<body>` + menu + `<h1>Келісім жасалды</h1><div itemprop="articleBody">` + pageText + `<div class="share">Бөлісу</div><div class="related"><p>Тағы оқыңыз: басқа мақала</p></div></div>` + foot,
			"x.kz-14a94e2fbb95d338", "https://x.kz/n/1", "X.KZ", "kk", "Келісім жасалды", "2025-11-17"},
		{"OpenGraph", `<html><head><meta property="og:title" content="Келісім жасалды | X.KZ"><meta property="og:site_name" content="X.KZ"><meta property="og:url" content="https://x.kz/n/2">
			<meta property="og:locale" content="kk_KZ"><meta property="article:published_time" content="2025-11-17T10:00:00+05:00"></head>
			<body>` + menu + `<h1>Келісім жасалды</h1><div class="entry-content">` + pageText + `</div>` + foot,
			"", "https://x.kz/n/2", "X.KZ", "kk", "Келісім жасалды", "2025-11-17"},
		{"no rule knows it", `<html><head><title>Келісім жасалды</title></head><body>` + menu + `<div><div class="zzz"><h1>Келісім жасалды</h1></div><div class="qqq">` + pageText + `</div></div>` + foot,
			"a", "", "", "", "Келісім жасалды", ""},
		{"saved by a browser", `<!DOCTYPE html>
<!-- saved from url=(0018)https://x.kz/n/3 -->
<html lang="kk"><body><article><h1>Келісім жасалды</h1><time datetime="2025-11-17">17 қараша</time><div class="article__text">` + pageText + `</div></article></body>`,
			"", "https://x.kz/n/3", "", "kk", "Келісім жасалды", "2025-11-17"},
		{"a date in words", `<html><body><h1>Келісім жасалды</h1><div class="news-date">17 қараша 2025, 10:15</div><div class="news-text">` + pageText + `</div></body>`,
			"a", "", "", "", "Келісім жасалды", "2025-11-17"},
		{"of a site", `<html><head><meta property="og:url" content="https://kaz.nur.kz/1"></head><body><h1>Келісім жасалды</h1><div class="formatted-body">` + pageText + `</div></body>`,
			"", "https://kaz.nur.kz/1", "", "", "Келісім жасалды", ""},
		{"hostile", `<html><head><title>Келісім жасалды</title><link rel="canonical" href="javascript:alert(1)"></head><body><article><div class="article-body">` + pageText +
			`<script>alert(1)</script><img src=x onerror=alert(1)><iframe src="https://evil.kz">x</iframe></div></article>`,
			"a", "", "", "", "Келісім жасалды", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			o := readWith(t, dir, nil, write(t, dir, "a.html", c.page))
			if len(o.articles) != 1 {
				t.Fatalf("%d articles, %q", len(o.articles), o.problems)
			}
			a := o.articles[0]
			if !strings.HasPrefix(a.ID, c.id) || a.URL != c.url || a.Outlet != c.outlet || a.Lang != c.lang || a.Title != c.title || dateOf(a) != c.date {
				t.Errorf("got %q %q %q %q %q %q", a.ID, a.URL, a.Outlet, a.Lang, a.Title, dateOf(a))
			}
			if diff := cmp.Diff(pageWant, a.Body); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A page's own word on its encoding counts, unless it is plainly UTF-8.
func TestPageEncodings(t *testing.T) {
	ru := `<html><head><meta charset="windows-1251"><title>Соглашение</title></head><body><div class="article-body"><p>Университеты подписали соглашение о сотрудничестве, документ рассчитан на пять лет.</p></div></body></html>`
	dir := t.TempDir()
	for name, data := range map[string]string{"as it says": string(encoded(t, charmap.Windows1251, ru)), "saved again as UTF-8": ru} {
		o := readWith(t, dir, nil, write(t, dir, "a.html", data))
		if len(o.articles) != 1 || o.articles[0].Title != "Соглашение" {
			t.Errorf("%s: %+v %q", name, o.articles, o.problems)
		}
	}
}

func TestPagesWithoutArticle(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"empty":  "<html><body></body></html>",
		"deep":   "<html>" + strings.Repeat("<div>", 300000),
		"tables": "<html>" + strings.Repeat("<table><tr><td>", 100000),
	} {
		o := readWith(t, dir, nil, write(t, dir, "a.html", text))
		if len(o.articles) != 0 || len(o.problems) != 1 {
			t.Errorf("%s: %d articles, %q", name, len(o.articles), o.problems)
		}
	}
}

func TestMHTML(t *testing.T) {
	text := "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.kz/n/1\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b\"\r\n\r\n" +
		"----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://x.kz/n/1\r\n\r\n" +
		strings.ReplaceAll(quotedPrintable("<html><body><h1>Келісім жасалды</h1><div class=\"entry-content\">"+pageText+"</div></body></html>"), "\n", "\r\n") +
		"\r\n----b\r\nContent-Type: image/png\r\n\r\nx\r\n----b--\r\n"
	dir := t.TempDir()
	o := readWith(t, dir, nil, write(t, dir, "a.mhtml", text))
	if len(o.articles) != 1 || o.articles[0].Body != pageWant || o.articles[0].URL != "https://x.kz/n/1" {
		t.Errorf("got %+v, %q", o.articles, o.problems)
	}
}

func quotedPrintable(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c == '=' {
			fmt.Fprintf(&b, "=%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// warcRecord is a record as crawlers write it.
func warcRecord(kind, uri, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2025-11-18T09:30:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n"+
		"Content-Type: application/http; msgtype=%s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, len(block), kind, len(block), block)
}

func TestWARC(t *testing.T) {
	page := func(title string) string {
		return `<html><head><title>` + title + `</title></head><body><div class="entry-content">` + pageText + `</div></body></html>`
	}
	answer := func(status, head, body string) string {
		return "HTTP/1.1 " + status + "\r\n" + head + "\r\n\r\n" + body
	}
	html := "Content-Type: text/html; charset=utf-8"
	chunks := fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(page("Үш")), page("Үш"))
	text := warcRecord("request", "https://x.kz/1", "GET /1 HTTP/1.1\r\nHost: x.kz\r\n\r\n") +
		warcRecord("response", "https://x.kz/1", answer("200 OK", html, page("Бір"))) +
		warcRecord("response", "https://x.kz/2", answer("404 Not Found", html, page("Жоқ"))) +
		warcRecord("response", "https://x.kz/2.png", answer("200 OK", "Content-Type: image/png", "\x89PNG")) +
		warcRecord("response", "https://x.kz/list", answer("200 OK", html, "<html><body><a href=/1>Бір</a></body></html>")) +
		warcRecord("response", "https://x.kz/3", answer("200 OK", html+"\r\nTransfer-Encoding: chunked", chunks)) +
		warcRecord("response", "https://x.kz/4", answer("200 OK", html+"\r\nContent-Encoding: gzip", packed(t, "gzip", []byte(page("Төрт"))))) +
		warcRecord("response", "https://x.kz/1", answer("200 OK", html, page("Бір, түзетілген")))
	for name, data := range map[string]string{"a.warc": text, "a.warc.gz": packed(t, "gzip", []byte(text))} {
		dir := t.TempDir()
		o := readWith(t, dir, nil, write(t, dir, name, data))
		var got []string
		for _, a := range o.articles {
			got = append(got, a.URL+" "+a.Title+" "+a.Fetched.Format("2006-01-02"))
			if a.Body != pageWant {
				t.Errorf("%s: %q", a.URL, a.Body)
			}
		}
		if diff := cmp.Diff([]string{"https://x.kz/1 Бір 2025-11-18", "https://x.kz/3 Үш 2025-11-18", "https://x.kz/4 Төрт 2025-11-18", "https://x.kz/1 Бір, түзетілген 2025-11-18"}, got); diff != "" || len(o.problems) > 0 {
			t.Errorf("%s: %s %q", name, diff, o.problems)
		}
	}
	dir := t.TempDir()
	o := readWith(t, dir, nil, write(t, dir, "cut.warc", text[:len(text)-500]))
	if len(o.articles) != 3 || len(o.problems) != 1 {
		t.Errorf("a cut file: %d articles, %q", len(o.articles), o.problems)
	}
}

// A WACZ is a zip of WARC files with lists of their pages, which are no articles.
func TestWACZ(t *testing.T) {
	page := `<html><head><title>Бір</title></head><body><div class="entry-content">` + pageText + `</div></body></html>`
	warc := packed(t, "gzip", []byte(warcRecord("response", "https://x.kz/1", "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"+page)))
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range []struct{ name, data string }{
		{"datapackage.json", `{"profile":"data-package","title":"x","description":"y","resources":[]}`}, {"archive/data.warc.gz", warc},
		{"pages/pages.jsonl", `{"format":"json-pages-1.0","id":"pages","title":"All"}` + "\n" + `{"id":"1","url":"https://x.kz/1","title":"Бір","text":"Бір"}` + "\n"}, {"indexes/index.cdx", "kz,x)/1 2025"},
	} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store})
		if err == nil {
			_, err = io.WriteString(w, f.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, path := range []string{write(t, dir, "a.wacz", out.String()), dir} {
		o := readWith(t, dir, nil, path)
		if len(o.articles) != 1 || o.articles[0].URL != "https://x.kz/1" || o.articles[0].Body != pageWant || len(o.problems) > 0 {
			t.Errorf("got %+v, %q", o.articles, o.problems)
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add([]byte("<html><body><article><p>Текст</p></article></body></html>"))
	f.Add([]byte(`<html><head><script type="application/ld+json">[{"@type":"Article","articleBody":"x"}]</script>`))
	f.Add([]byte(warcRecord("response", "https://x.kz/1", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x")))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, as := range []source.Kind{source.PageFile, source.MHTMLFile, source.WARCFile} {
			path := dir + "/x"
			if os.WriteFile(path, data, 0o644) != nil {
				t.Skip()
			}
			o := readWith(t, dir, func(r *source.Reader) { r.As = as }, path)
			for _, a := range o.articles {
				if a.ID == "" || strings.TrimSpace(a.Body) == "" || strings.ContainsAny(a.Text(), "\x00\r") {
					t.Errorf("%+v", a)
				}
			}
		}
	})
}
