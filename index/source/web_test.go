package source_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kelisim/index"
	"kelisim/index/source"
)

var web = source.Web{Now: func() time.Time { return time.Date(2025, 11, 20, 0, 0, 0, 0, time.UTC) }}

func TestFeeds(t *testing.T) {
	for _, c := range []struct {
		name string
		body index.Body
		want []index.Item
	}{
		{"RSS", index.Body{URL: "https://x.kz/rss", Data: []byte(`<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>X.KZ &amp; серіктестер</title><language>kk-KZ</language>
			<item><title>Келісім &lt;b&gt;жасалды&lt;/b&gt;</title><link>https://x.kz/1?utm_source=rss#top</link><pubDate>Mon, 17 Nov 2025 10:00:00 +0500</pubDate><description>Қысқа.</description>
			<content:encoded><![CDATA[<p>Бірінші абзац толық.</p><p>Екінші&nbsp;абзац.</p><script>alert(1)</script>]]></content:encoded></item>
			<item><title>Сілтемесіз</title><description>x</description></item></channel></rss>`)},
			[]index.Item{{URL: "https://x.kz/1", Title: "Келісім жасалды", Body: "Бірінші абзац толық.\nЕкінші\u00a0абзац.", Lang: "kk", Outlet: "X.KZ & серіктестер", Dated: "Mon, 17 Nov 2025 10:00:00 +0500"}}},
		{"Atom", index.Body{URL: "https://x.kz/atom", Data: []byte(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ru"><title>Вести</title><entry><title>Соглашение</title><link rel="alternate" href="/n/2"/>
			<id>tag:x</id><updated>2025-11-18T00:00:00Z</updated><published>2025-11-17T00:00:00Z</published><summary>Кратко</summary></entry></feed>`)},
			[]index.Item{{URL: "https://x.kz/n/2", Title: "Соглашение", Body: "Кратко", Lang: "ru", Outlet: "Вести", Dated: "2025-11-17T00:00:00Z"}}},
		{"KZ-1048 called windows-1251", index.Body{URL: "https://x.kz/rss", Charset: "windows-1251", Data: varied(t, kz1048, `<rss version="2.0"><channel><title>Ә</title><item><title>Қазақ ұлттық университеті әріптестерімен келісім жасасты, өңірлік ғылыми орталық ашылды</title><link>https://x.kz/3</link></item></channel></rss>`)},
			[]index.Item{{URL: "https://x.kz/3", Title: "Қазақ ұлттық университеті әріптестерімен келісім жасасты, өңірлік ғылыми орталық ашылды", Outlet: "Ә"}}},
	} {
		l, err := web.Feed(c.body, 1000)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		for i := range l.Items {
			l.Items[i].Stamp = ""
		}
		if diff := cmp.Diff(c.want, l.Items); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestSitemaps(t *testing.T) {
	l, err := web.Sitemap(index.Body{URL: "https://x.kz/sitemap.xml", Data: []byte(`<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
		<url><loc>https://x.kz/old</loc><lastmod>2025-01-01</lastmod></url>
		<url><loc> https://x.kz/new </loc><news:news><news:publication><news:name>X.KZ</news:name><news:language>kz</news:language></news:publication>
			<news:publication_date>2025-11-17T10:00:00+05:00</news:publication_date><news:title>Келісім &amp; шарт</news:title></news:news></url>
		<url><loc>ftp://x.kz/</loc></url></urlset>`)}, 1)
	want := index.Listing{Items: []index.Item{{URL: "https://x.kz/new", Title: "Келісім & шарт", Outlet: "X.KZ", Lang: "kk", Dated: "2025-11-17T10:00:00+05:00"}}, Left: 1, Unread: 1}
	if diff := cmp.Diff(want, l); err != nil || diff != "" {
		t.Error(err, diff)
	}
	l, err = web.Sitemap(index.Body{URL: "https://x.kz/sitemap.xml", Data: []byte(`<sitemapindex><sitemap><loc>https://x.kz/a.xml</loc><lastmod>2025-11-17</lastmod></sitemap></sitemapindex>`)}, 10)
	if diff := cmp.Diff([]index.Item{{URL: "https://x.kz/a.xml", Stamp: "2025-11-17", Sitemap: true}}, l.Items); err != nil || diff != "" {
		t.Error(err, diff)
	}
	for name, data := range map[string]string{"a page": "<html><body><urlset>", "cut": `<urlset><url><loc>https://x.kz/1</loc></url><url>`, "deep": "<urlset>" + strings.Repeat("<x>", 1000)} {
		if _, err := web.Sitemap(index.Body{Data: []byte(data)}, 10); err == nil {
			t.Errorf("%s is taken for a site map", name)
		}
	}
}

// A story has one address, whichever of its forms is read; a page speaks for its own site only, and never for the front page.
func TestForms(t *testing.T) {
	page := func(head, text string) []byte {
		return []byte(`<html><head>` + head + `</head><body><h1>x</h1><div class="article-body">` + text + `</div></body></html>`)
	}
	latin := `<p>Ál-Farabı atyndaǵy Qazaq ulttyq ýnıversıteti men Tartý ýnıversıteti yntymaqtastyq týraly kelisimge qol qoıdy, qujat bes jylǵa eseptelgen.</p>`
	for _, c := range []struct {
		name, url, head, text string
		main                  string
		same                  []string
		others                int
	}{
		{"canonical", "https://x.kz/n/1?from=main", `<link rel="canonical" href="https://x.kz/n/1">`, pageText, "https://x.kz/n/1", []string{"https://x.kz/n/1?from=main"}, 0},
		{"of another site", "https://x.kz/n/1", `<link rel="canonical" href="https://y.kz/n/1">`, pageText, "https://x.kz/n/1", nil, 0},
		{"of another host of the site", "https://m.x.kz/n/1", `<link rel="canonical" href="https://x.kz/n/1">`, pageText, "https://x.kz/n/1", []string{"https://m.x.kz/n/1"}, 0},
		{"of another owner below one suffix", "https://a.gov.kz/n/1", `<link rel="canonical" href="https://b.gov.kz/n/1">`, pageText, "https://a.gov.kz/n/1", nil, 0},
		{"the front page", "https://x.kz/n/1", `<link rel="canonical" href="https://x.kz/">`, pageText, "https://x.kz/n/1", nil, 0},
		{"the list above", "https://x.kz/n/1", `<link rel="canonical" href="https://x.kz/n">`, pageText, "https://x.kz/n/1", nil, 0},
		{"AMP", "https://x.kz/n/1/amp", `<link rel="canonical" href="https://x.kz/n/1">`, pageText, "https://x.kz/n/1", []string{"https://x.kz/n/1/amp"}, 0},
		{"which has AMP", "https://x.kz/n/1", `<link rel="amphtml" href="/n/1/amp">`, pageText, "https://x.kz/n/1", []string{"https://x.kz/n/1/amp"}, 0},
		{"Latin letters", "https://qaz.x.kz/n/1", `<html lang="kk-Latn"><link rel="alternate" hreflang="kk" href="https://kaz.x.kz/n/1"><link rel="alternate" hreflang="ru" href="https://www.x.kz/n/1">`, latin,
			"https://kaz.x.kz/n/1", []string{"https://qaz.x.kz/n/1"}, 1},
		{"Cyrillic letters of such", "https://kaz.x.kz/n/1", `<html lang="kk"><link rel="alternate" hreflang="qz" href="https://qaz.x.kz/n/1"><link rel="alternate" hreflang="kk-CN" href="https://tote.x.kz/n/1">`, pageText,
			"https://kaz.x.kz/n/1", []string{"https://qaz.x.kz/n/1", "https://tote.x.kz/n/1"}, 0},
		{"Latin letters, told by the words of a switch", "https://x.kz/qz/n/1", `<html lang="kk"></head><body><div class="languages"><a href="/kz/n/1">Қаз</a><a href="/ru/n/1">Рус</a><a href="/en">Eng</a></div>`, latin,
			"https://x.kz/kz/n/1", []string{"https://x.kz/qz/n/1"}, 1},
		{"a switch that leads to front pages", "https://x.kz/qz/n/1", `<html lang="kk-Latn"><link rel="alternate" hreflang="kk" href="https://x.kz/kz">`, latin, "https://x.kz/qz/n/1", nil, 0},
	} {
		f, err := web.Page(index.Body{URL: c.url, Data: page(c.head, c.text)})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var same []string
		others := 0
		for _, o := range f.Others {
			if o.Same {
				same = append(same, o.URL)
			} else {
				others++
			}
		}
		if f.Main != c.main || f.Article.URL != c.main || f.Article.Path != c.url || cmp.Diff(c.same, same) != "" || others != c.others {
			t.Errorf("%s: main %s, same %q, %d others", c.name, f.Main, same, others)
		}
	}
	if _, err := web.Page(index.Body{URL: "https://x.kz/", Data: []byte("<html><body></body></html>")}); !errors.Is(err, source.ErrNoText) {
		t.Error(err)
	}
}

func TestLinks(t *testing.T) {
	l, err := web.Links(index.Body{URL: "https://x.kz/news/", Data: []byte(`<html><body><a href="/n/1"><img></a><a href="/n/1#c">Бір</a><a href="n/2?utm_medium=x">Екі</a><a href="mailto:a@b">x</a><a href="javascript:x()">x</a>`)})
	if diff := cmp.Diff([]index.Item{{URL: "https://x.kz/n/1"}, {URL: "https://x.kz/news/n/2"}}, l.Items); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func FuzzFeed(f *testing.F) {
	f.Add([]byte(`<rss><channel><item><title>x</title><link>https://x.kz/1</link></item></channel></rss>`), "")
	f.Add([]byte(`<feed><entry><link href="/1"/><title type="html">&lt;b&gt;</title></entry></feed>`), "windows-1251")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1.1","items":[{"url":"https://x.kz/1"}]}`), "utf-8")
	f.Add([]byte(`<urlset><url><loc>https://x.kz/1</loc></url></urlset>`), "")
	f.Fuzz(func(t *testing.T, data []byte, charset string) {
		for _, read := range []func(index.Body, int) (index.Listing, error){web.Feed, web.Sitemap} {
			l, _ := read(index.Body{URL: "https://x.kz/", Data: data, Charset: charset}, 10)
			if len(l.Items) > 10 {
				t.Errorf("%d items", len(l.Items))
			}
			for _, i := range l.Items {
				if !strings.HasPrefix(i.URL, "http") || strings.ContainsAny(i.Title+i.Body, "\x00\r") {
					t.Errorf("%+v", i)
				}
			}
		}
	})
}
