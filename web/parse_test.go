package web

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kelisim/index"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"/", "/"},
		{"/?q=меморандум", "?q=меморандум"},
		{"/?q=a+b&q=a+b&q=", "?q=a+b"},
		{"/?country=EE&country=CN&country=EE", "?country=CN&country=EE"},
		{"/?country=-EE&country=EE", "?country=EE"},
		{"/?institution=-ror:03q0vrn42", "?institution=-ror:03q0vrn42"},
		{"/?country=&country=-&from=&size=&tab=&hl=", "/"},
		{"/?size=20&tab=articles&x=1&repair=1", "/"},
		{"/?repair=0&x=0&hl=ru&q=a", "?q=a&x=0&repair=0&hl=ru"},
		{"/?from=2025-11&to=2025", "?from=2025-11&to=2025"},
		{"/?tab=agreements&status=signed", "?tab=agreements&status=signed"},
		{"/agreements?status=signed", "?status=signed"},
		{"/agreements?tab=articles", "?tab=articles"},
		{"/?q=a;country=KZ", "?q=a%3Bcountry%3DKZ"},
		{"/?q=a%00b%FF%FE", "?q=a+b"},
		{"/?q=%20%20a%0D%0ASet-Cookie:+x", "?q=a++Set-Cookie:+x"},
		{"/?utm_source=y&fbclid=z", "/"},
		{"/?page=-1", "fault unknown"},
		{"/?institutions=x", "fault unknown.near"},
		{"/?sort=newst", "fault choice.near"},
		{"/?q=a&q=b", "fault twice"},
		{"/?q=%zz", "fault escape"},
		{"/?tab=table", "?tab=table"},
		{"/?tab=table&rows=home&cols=country&min_confidence=0.7", "?tab=table"},
		{"/?tab=table&rows=kind&count=articles&order=name&min_confidence=.45", "?tab=table&rows=kind&count=articles&order=name&min_confidence=0.45"},
		{"/?tab=tables", "fault choice.near"},
		{"/?tab=table&cols=colour", "fault choice"},
		{"/?tab=table&rows=year&cols=month", "fault axes"},
		{"/?tab=table&rows=quarter&order=size", "?tab=table&rows=quarter"},
		{"/?tab=trend&by=month&split=country&count=agreements&rows=kind", "?tab=trend&by=month&split=country"},
		{"/?tab=trend&vs=b&q=a&vs=&vs=c&vs=b", "?q=a&tab=trend&vs=b&vs=c"},
		{"/?tab=trend&vs=a&split=kind", "fault both"},
		{"/?tab=trend&vs=a&vs=b&vs=c&vs=d", "fault versus"},
		{"/?tab=trend&by=week", "fault choice"},
		{"/?tab=trend&split=year", "fault choice"},
		{"/?rows=kind", "/"},
		{"/?sort=%22onmouseover", "fault choice"},
		{"/?match=some", "fault choice"},
		{"/?hl=fr", "fault choice"},
		{"/?more=colour", "fault choice"},
		{"/agreements?min_confidence=.7", "?min_confidence=0.7"},
		{"/agreements?min_confidence=0.70&status=signed", "?status=signed&min_confidence=0.7"},
		{"/agreements?min_confidence=" + index.Shown.String(), "/agreements"},
		{"/agreements?min_confidence=0&min_confidence=", "?min_confidence=0"},
		{"/agreements?min_confidence=1.00", "?min_confidence=1"},
		{"/?min_confidence=0.05&match=all", "?min_confidence=0.05&match=all"},
		{"/?min_confidence=.7&min_confidence=.8", "fault twice"},
		{"/?min_confidence=70", "fault confidence"},
		{"/?min_confidence=1.01", "fault confidence"},
		{"/?min_confidence=-0.5", "fault confidence"},
		{"/?min_confidence=0.705", "fault confidence"},
		{"/?min_confidence=0,7", "fault confidence"},
		{"/?min_confidence=7e-1", "fault confidence"},
		{"/?min_confidence=NaN", "fault confidence"},
		{"/?min_confidence=.", "fault confidence"},
		{"/?min_confidence=high", "fault confidence"},
		{"/?size=0", "fault number"},
		{"/?size=101", "fault number"},
		{"/?size=010", "fault number"},
		{"/?size=-1", "fault number"},
		{"/?size=1e1", "fault number"},
		{"/?size=999999999999999999999", "fault number"},
		{"/?from=2026-13-45", "fault date"},
		{"/?to=0000-00-00", "fault date"},
		{"/?from=вчера", "fault date"},
		{"/?from=2026&to=2025-12-31", "fault range"},
		{"/?" + strings.Repeat("country=AA&", 5) + strings.Repeat("institution=-x", 1), "?country=AA&institution=-x"},
		{"/?q=" + strings.Repeat("a", maxAddress), "fault long"},
	} {
		u, err := url.Parse(tt.in)
		if err != nil {
			u = &url.URL{Path: "/", RawQuery: strings.TrimPrefix(tt.in, "/?")}
		}
		got, err := parse(&http.Request{URL: u})
		shown := unescape(got.href())
		var f *fault
		if errors.As(err, &f) {
			shown = "fault " + f.Key
		}
		if shown != unescape(tt.want) {
			t.Errorf("%.60s: %s, want %s", tt.in, shown, tt.want)
		}
	}
}

func TestTooManyValues(t *testing.T) {
	var b strings.Builder
	for i := range maxValues + 1 {
		b.WriteString("&country=" + string(rune('A'+i%26)) + string(rune('A'+i/26)))
	}
	_, err := parse(httptest.NewRequest("GET", "/?q=a"+b.String(), nil))
	var f *fault
	if !errors.As(err, &f) || f.Key != "values" {
		t.Errorf("got %v", err)
	}
}

func TestLongTextIsCut(t *testing.T) {
	r, err := parse(httptest.NewRequest("GET", "/?q="+strings.Repeat(url.QueryEscape("ә"), maxText+1), nil))
	if err != nil || !r.Cut || r.Text != strings.Repeat("ә", maxText) {
		t.Errorf("cut %v, %d bytes, error %v", r.Cut, len(r.Text), err)
	}
}

// A request written as an address and read again is the same request.
func TestAddressKeepsRequest(t *testing.T) {
	word := rapid.SampledFrom([]string{"", "меморандум", "a & b=c", "«қос диплом»~3", "-x", "100%", "a+b", "ror:03q0vrn42", "new:эльзас / университеті", "\"</a>"})
	rapid.Check(t, func(t *rapid.T) {
		r := request{Path: rapid.SampledFrom([]string{"/", "/agreements"}).Draw(t, "path")}
		r.Text, _ = text(word.Draw(t, "q"), maxText)
		r.Tab = rapid.SampledFrom([]index.Tab{index.Articles, index.Agreements}).Draw(t, "tab")
		r.Match = rapid.SampledFrom([]string{"", "all", "most"}).Draw(t, "match")
		r.Sort = rapid.SampledFrom([]index.Sort{"", index.Oldest, index.Newest, index.Relevance}).Draw(t, "sort")
		r.Size = rapid.SampledFrom([]int{0, 1, 100}).Draw(t, "size")
		r.MinConfidence = rapid.SampledFrom([]index.Percent{0, index.Any, 1, 29, index.Sure, 100}).Draw(t, "confidence")
		r.HL = rapid.SampledFrom([]string{"", "kk", "ru", "en"}).Draw(t, "hl")
		r.Group = rapid.SampledFrom([]string{"", apart}).Draw(t, "group")
		r.NoExpand, r.NoRepair = rapid.Bool().Draw(t, "x"), rapid.Bool().Draw(t, "repair")
		for range rapid.IntRange(0, 4).Draw(t, "values") {
			f := rapid.SampledFrom(facetNames()).Draw(t, "facet")
			v := strings.TrimSpace(strings.TrimPrefix(word.Draw(t, "value"), "-"))
			if v == "" {
				continue
			}
			if rapid.Bool().Draw(t, "minus") {
				v = "-" + v
			}
			r.Selection = r.Selection.With(f, v)
		}
		got, err := parse(httptest.NewRequest("GET", r.url(), nil))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r.query(), got.query()); diff != "" {
			t.Fatal(diff)
		}
		if got.Text != r.Text || got.Tab != r.Tab || got.Size != r.Size || got.NoExpand != r.NoExpand || got.Match != r.Match || got.Least() != r.Least() {
			t.Fatalf("got %+v of %s", got, r.url())
		}
	})
}

func TestLanguageOf(t *testing.T) {
	for _, tt := range []struct{ hl, accept, want string }{
		{"", "", "kk"}, {"ru", "en", "ru"}, {"xx", "ru", "ru"},
		{"", "ru-RU,ru;q=0.9,en;q=0.8", "ru"}, {"", "en-GB,en;q=0.5", "en"}, {"", "kk", "kk"},
		{"", "de", "kk"}, {"", "de,en;q=0.5", "en"}, {"", "*", "kk"},
		{"", "\xff\xfe;q=NaN,*;q=-1", "kk"}, {"", strings.Repeat("en,", 200_000), "en"}, {"", strings.Repeat("x", 1000), "kk"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Language", tt.accept)
		if got := languageOf(r, tt.hl); got != tt.want {
			t.Errorf("hl %q, Accept-Language %.30q: %s, want %s", tt.hl, tt.accept, got, tt.want)
		}
	}
}

func TestOutward(t *testing.T) {
	for _, bad := range []string{"", "javascript:alert(1)", "//evil.example", "data:text/html,x", "https:", "https://user@evil.example/", "ftp://a/", "\x00"} {
		if got := outward(bad); got != "" {
			t.Errorf("%q is taken as %q", bad, got)
		}
	}
	if got := outward("https://baq.kz/news/1?a=b"); got != "https://baq.kz/news/1?a=b" {
		t.Errorf("got %q", got)
	}
}
