package web

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kelisim/index"
)

func TestLanguagesHaveTheSameKeys(t *testing.T) {
	for _, lang := range languages[1:] {
		if a, b := allWords["kk"].keys, allWords[lang].keys; !slices.Equal(a, b) {
			for _, k := range a {
				if !slices.Contains(b, k) {
					t.Errorf("%s.txt lacks %s", lang, k)
				}
			}
			for _, k := range b {
				if !slices.Contains(a, k) {
					t.Errorf("kk.txt lacks %s", k)
				}
			}
			t.Errorf("kk.txt and %s.txt should have their keys in one order", lang)
		}
	}
}

// A message that shows a number has all its forms, and the same arguments in each language.
func TestMessagesHaveTheSameArguments(t *testing.T) {
	argument := regexp.MustCompile(`\{[0-9n]\}`)
	args := func(s string) []string {
		out := argument.FindAllString(s, -1)
		slices.Sort(out)
		return slices.Compact(out)
	}
	for _, key := range allWords["kk"].keys {
		want := args(allWords["kk"].of[key][0])
		for _, lang := range languages {
			w := allWords[lang]
			forms := w.of[key]
			if slices.Contains(want, "{n}") && len(forms) != len(w.forms) {
				t.Errorf("%s.txt, %s: %d forms of a number, want %d", lang, key, len(forms), len(w.forms))
			}
			for _, f := range forms {
				if got := args(f); !slices.Equal(got, want) {
					t.Errorf("%s.txt, %s: arguments %v, in Kazakh %v", lang, key, got, want)
				}
			}
		}
	}
}

// made are the keys that code puts together; what stands behind the prefix comes from data.
var made = []string{"month.", "facet.", "kind.", "status.", "lang.", "note.", "tab.", "sort.", "found.", "side.", "body.", "ledger.", "suggest.", "sources.state.", "sources.kind.", "axis.", "table.order.", "about.", "dated.", "exact.", "behind.why.", "entry.partners.", "compare.", "trend.heading.", "concordance.order.", "date.from.", "date.to.", "fault.", "example.", "help.", "nothing.blocker.", "date.value.", "why.", "story.differ."}

func TestEveryKeyIsUsed(t *testing.T) {
	var text strings.Builder
	for _, dir := range []string{".", "page"} {
		names, err := fs.Glob(os.DirFS(dir), "*")
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			if strings.HasSuffix(n, ".html") || strings.HasSuffix(n, ".go") && !strings.HasSuffix(n, "_test.go") {
				b, err := os.ReadFile(dir + "/" + n)
				if err != nil {
					t.Fatal(err)
				}
				text.Write(b)
			}
		}
	}
	source := text.String()
	for _, key := range allWords["kk"].keys {
		if strings.Contains(source, `"`+key+`"`) || slices.ContainsFunc(made, func(p string) bool { return strings.HasPrefix(key, p) }) {
			continue
		}
		t.Errorf("%s is used nowhere", key)
	}
	used := regexp.MustCompile(`(?:\{t |[( ]t |\.text\(|\.count\(|\.rich\(|\.richCount\()"([a-z0-9.-]+)"`)
	for _, m := range used.FindAllStringSubmatch(source, -1) {
		if key := m[1]; !strings.HasSuffix(key, ".") && !allWords["kk"].has(key) {
			t.Errorf("%s is used and stands in no text", key)
		}
	}
}

// What data can bring has words: facets and their values, faults, notes.
func TestDataHasWords(t *testing.T) {
	w := allWords["kk"]
	var keys []string
	for _, f := range index.Facets() {
		keys = append(keys, "facet."+f.Name)
	}
	for _, k := range strings.Fields("memorandum agreement double-degree joint-program branch joint-center joint-lab alliance exchange intergovernmental other") {
		keys = append(keys, "kind."+k)
	}
	for _, k := range strings.Fields("signed in-force agreed planned discussed background") {
		keys = append(keys, "status."+k)
	}
	for _, k := range strings.Fields("count date status kind parties") {
		keys = append(keys, "story.differ."+k)
	}
	for _, code := range found(t, "../index/query", `Code:\s*"([a-z]+)"|repaired\("note\.([a-z]+)"`) {
		if code != absent {
			keys = append(keys, "note."+code)
		}
	}
	for _, key := range found(t, ".", `(?:bad|notFound|fail)\("([a-z]+)"|fault\{[a-zA-Z.]+, "([a-z]+)"`) {
		keys = append(keys, "fault."+key)
	}
	for _, k := range keys {
		if !w.has(k) {
			t.Errorf("no words for %s", k)
		}
	}
}

// found are the matches of a pattern's groups in the Go files of a folder, tests aside.
func found(t *testing.T, dir, pattern string) []string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	names, err := fs.Glob(os.DirFS(dir), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, n := range names {
		if strings.HasSuffix(n, "_test.go") {
			continue
		}
		b, err := os.ReadFile(dir + "/" + n)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range re.FindAllStringSubmatch(string(b), -1) {
			out = append(out, strings.Join(m[1:], ""))
		}
	}
	return out
}

func TestPlurals(t *testing.T) {
	for _, tt := range []struct {
		lang string
		n    int
		want string
	}{
		{"kk", 1, "1 мақала"}, {"kk", 5, "5 мақала"},
		{"ru", 1, "1 статья"}, {"ru", 2, "2 статьи"}, {"ru", 5, "5 статей"}, {"ru", 0, "0 статей"},
		{"ru", 11, "11 статей"}, {"ru", 12, "12 статей"}, {"ru", 21, "21 статья"}, {"ru", 111, "111 статей"},
		{"ru", 1453, "1\u202f453 статьи"}, {"ru", 1000000, "1\u202f000\u202f000 статей"},
		{"en", 1, "1 article"}, {"en", 0, "0 articles"}, {"en", 21, "21 articles"},
	} {
		if got := allWords[tt.lang].count("n.articles", tt.n); got != tt.want {
			t.Errorf("%s %d: %q, want %q", tt.lang, tt.n, got, tt.want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, tt := range []struct{ lang, date, long, short string }{
		{"kk", "2025-11-17", "2025 ж. 17 қараша", "2025 ж. 17 қар."},
		{"kk", "2025-11", "2025 ж. қараша", "2025 ж. қараша"},
		{"ru", "2025-11-17", "17 ноября 2025", "17 нояб. 2025"},
		{"ru", "2025-11", "ноябрь 2025", "ноябрь 2025"},
		{"en", "2025-11-17", "17 November 2025", "17 Nov 2025"},
		{"en", "2025", "2025", "2025"},
		{"kk", "", "", ""},
	} {
		d, err := index.ParseDate(tt.date)
		if err != nil {
			t.Fatal(err)
		}
		w := allWords[tt.lang]
		if got := w.date(d); unbound(got) != tt.long || strings.Contains(got, " ") {
			t.Errorf("%s %s: %q, want %q, and no line parts it", tt.lang, tt.date, got, tt.long)
		}
		if got := w.shortDate(d); unbound(got) != tt.short || strings.Contains(got, " ") {
			t.Errorf("%s %s short: %q, want %q, and no line parts it", tt.lang, tt.date, got, tt.short)
		}
	}
}

// Of two days of a year a line parts at most the year.
func TestRangesOfDays(t *testing.T) {
	for lang, want := range map[string][]string{
		"kk": {"2025 ж.", "30 там. – 3 қыр."}, "ru": {"30 авг. – 3 сент.", "2025"}, "en": {"30 Aug – 3 Sept", "2025"},
	} {
		w := allWords[lang]
		if got := strings.Split(w.stated("2025-08-30/2025-09-03").Text, " "); len(got) != 2 || unbound(got[0]) != want[0] || unbound(got[1]) != want[1] {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
		if got := w.stated("2025-12-30/2026-01-03").Text; strings.Count(got, " ") != 1 {
			t.Errorf("%s: %q breaks elsewhere than between two days", lang, got)
		}
	}
}

func TestArgumentsAreNotMessages(t *testing.T) {
	w := allWords["en"]
	if got := w.text("way.without", "{1}{n}", "x"); got != "Without “{1}{n}”: x" {
		t.Errorf("got %q", got)
	}
	if got := w.rich("note.field", "<b>{0}"); got != "The condition &lt;b&gt;{0} is not clear and was left out." {
		t.Errorf("got %q", got)
	}
}
