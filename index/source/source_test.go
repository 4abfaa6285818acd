package source_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/index"
	"kelisim/index/source"
	"kelisim/seeds"
)

// read reads paths and gives what came out: articles, and problems with dir cut off.
func read(t *testing.T, dir, stdin string, paths ...string) (articles []index.Article, problems []string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := source.Reader{
		Stdin: strings.NewReader(stdin),
		Yield: func(a index.Article) error { articles = append(articles, a); return nil },
		Fail: func(p source.Problem) {
			problems = append(problems, strings.TrimPrefix(p.Error(), dir+string(filepath.Separator)))
		},
	}
	if err := r.Read(context.Background(), paths); err != nil {
		t.Fatal(err)
	}
	return articles, problems
}

func write(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// dateOf is an article's date, in «» where it is only kept as typed.
func dateOf(a index.Article) string {
	if a.Dated != "" {
		return "«" + a.Dated + "»"
	}
	return a.Published.String()
}

func TestSeedForm(t *testing.T) {
	for _, c := range []struct{ name, file, title, body, published, problem string }{
		{"plain", " date 2025-11-17 Форум өтті\nБірінші.\nЕкінші.", "Форум өтті", "Бірінші.\nЕкінші.", "2025-11-17", ""},
		{"lead", " date 2025-09-02 Құжатқа қол қойылды.\nЕкінші.", "", "Құжатқа қол қойылды.\nЕкінші.", "2025-09-02", ""},
		{"a lead alone", "date 2025-09-02 Құжатқа қол қойылды.\n", "", "Құжатқа қол қойылды.", "2025-09-02", ""},
		{"dots are no full stop", " date 2025-09-02 Кім біледі...\nА.", "Кім біледі...", "А.", "2025-09-02", ""},
		{"a question", " date 2025-09-02 Не болды?\nА.", "Не болды?", "А.", "2025-09-02", ""},
		{"mark and CR LF", "\ufeff date 2025-11-17 Форум\r\nБір.\r\nЕкі.\r\n", "Форум", "Бір.\nЕкі.", "2025-11-17", ""},
		{"no title", " date 2025-11-17\nБір.", "", "Бір.", "2025-11-17", ""},
		{"NFD", " date 2025-11-17 Қытаи\u0306\nи\u0306.", "Қытай", "й.", "2025-11-17", ""},
		{"control characters", " date 2025-11-17 А\x00Б\nВ\x07Г\u0085Д\tЕ", "АБ", "ВГ\nД Е", "2025-11-17", ""},
		{"empty", "", "", "", "", "x.txt: empty"},
		{"blank", "\n \n", "", "", "", "x.txt: empty"},
		{"no date", "Форум өтті\nБір.", "Форум өтті", "Бір.", "", ""},
		{"no such day", " date 2025-02-30 Форум\nБір.", "Форум", "Бір.", "«2025-02-30»", ""},
		{"a month", " date 2025-02 Форум\nБір.", "Форум", "Бір.", "2025-02", ""},
		{"words", " date 17 қараша 2025 Форум өтті\nБір.", "Форум өтті", "Бір.", "2025-11-17", ""},
		{"a year in the title", " date 2025-11-17 2026 жылғы жоспар\nБір.", "2026 жылғы жоспар", "Бір.", "2025-11-17", ""},
		{"yesterday", " date кеше Форум\nБір.", "Форум", "Бір.", "«кеше»", ""},
		{"no date at all", "Date palms grow\nБір.", "Date palms grow", "Бір.", "", ""},
		{"only a date", " date 2025-02-03 \n\n", "", "", "", "x.txt:1: no text behind the date"},
		{"not UTF-8", " date 2025-02-03 Форум\nБір.\n\xcf\xf0\xe8", "", "", "", "x.txt:3: not UTF-8 text, as the file's beginning is; --encoding sets another"},
		{"too long", " date 2025-02-03 Форум\n" + strings.Repeat("а", 2<<20), "", "", "", "x.txt: longer than 4 MiB, which no article is"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			got, problems := read(t, dir, "", write(t, dir, "x.txt", c.file))
			if c.problem != "" {
				if len(got) > 0 || len(problems) != 1 || problems[0] != c.problem {
					t.Errorf("got %v and %q, want the problem %q", got, problems, c.problem)
				}
				return
			}
			if len(problems) > 0 || len(got) != 1 {
				t.Fatalf("%d articles, problems %q", len(got), problems)
			}
			a := got[0]
			if a.ID != "x" || a.Title != c.title || a.Body != c.body || dateOf(a) != c.published {
				t.Errorf("got %q %q %q %s", a.ID, a.Title, a.Body, dateOf(a))
			}
		})
	}
}

// The seeds' texts must come through to the byte: gold offsets count in them.
func TestSeedsAreKept(t *testing.T) {
	names, err := seeds.Files.ReadDir(".")
	if err != nil || len(names) != 5 {
		t.Fatalf("%d seeds, %v", len(names), err)
	}
	for _, n := range names {
		data, _ := seeds.Files.ReadFile(n.Name())
		a, _, err := source.Seed(n.Name(), data)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.TrimPrefix(a.Text(), "\n")
		if want := bytes.TrimRight(data[len(" date 2025-11-17 "):], "\n"); text != string(want) {
			t.Errorf("%s: the text differs from the file", n.Name())
		}
	}
}

func TestJSONLines(t *testing.T) {
	const file = "\ufeff" + `{"id":"a","url":"https://x.kz/1","outlet":" Kazinform ","lang":"KK","title":"Т","body":"Б1\r\nБ2\n","published":"2025-11-13T10:00:00+05:00","more":{"x":[1]}}` + "\r\n" + `{broken

{"id":1,"title":"t"}
null
"text"
{"id":"a","title":"other"}
{"id":"b","title":"t","published":"2025-11-31"}
{"id":"../c","title":"t"}
{"id":"d"}
{"title":"t","body":"b"}
{"id":"e","title":"t","url":"javascript:alert(1)"}
{"url":"https://x.kz/2","url":"javascript:alert(1)","title":"t","body":"b"}
{"id":"f","title":"` + "\xff" + `"}
{"id":"g","title":"А\u0000Б\nВ","published":"2025"}
{"url":"https://www.x.kz/3#top","title":"t"}
{"url":"https://www.x.kz/3#top","title":"t"}
{"id":"h","title":"last"}`
	dir := t.TempDir()
	got, problems := read(t, dir, "", write(t, dir, "x.jsonl", file))
	var lines []string
	for _, a := range got {
		lines = append(lines, fmt.Sprintf("%s|%s|%s|%s|%q|%q|%s|%s", a.ID, a.URL, a.Outlet, a.Lang, a.Title, a.Body, dateOf(a), filepath.Base(a.Path)))
	}
	if diff := cmp.Diff([]string{
		`a|https://x.kz/1|Kazinform|kk|"Т"|"Б1\nБ2"|2025-11-13|x.jsonl#1`,
		`1||||"t"|""||x.jsonl#4`,
		`b||||"t"|""|«2025-11-31»|x.jsonl#8`,
		`x-5ac9949949ec6008||||"t"|"b"||x.jsonl#11`,
		`e||||"t"|""||x.jsonl#12`,
		`g||||"АБ В"|""|2025|x.jsonl#15`,
		`x.kz-84d7feb3f01889ab|https://www.x.kz/3#top|||"t"|""||x.jsonl#16`,
		`h||||"last"|""||x.jsonl#18`,
	}, lines); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{
		"x.jsonl:2: not JSON: invalid character 'b' looking for beginning of object key string",
		"x.jsonl:5: not a JSON object",
		"x.jsonl:6: not a JSON object",
		`x.jsonl:7: the id "a" stands in line 1 already`,
		`x.jsonl:9: the id "../c" contains '/'`,
		"x.jsonl:10: neither title nor body",
		"x.jsonl:14: not UTF-8 text, as the file's beginning is; --encoding sets another",
	}, problems); diff != "" {
		t.Error(diff)
	}
}

func TestHostileLines(t *testing.T) {
	dir := t.TempDir()
	ok := `{"id":"ok","title":"t"}`
	for _, c := range []struct{ name, file, problem string }{
		{"a long line", `{"title":"` + strings.Repeat("a", 16<<20) + "\"}\n" + ok, "long.jsonl:1: longer than 4 MiB, which no article is"},
		{"deep", strings.Repeat("[", 200000) + strings.Repeat("]", 200000) + "\n" + ok, "long.jsonl:1: not a JSON object"},
		{"deep inside", `{"x":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + "}\n" + ok, "long.jsonl:1: not JSON: invalid character '[' exceeded max depth"},
		{"binary", "\x00\x01\x02\n" + ok, "long.jsonl: binary, not text"},
	} {
		got, problems := read(t, dir, "", write(t, dir, "long.jsonl", c.file))
		if len(problems) != 1 || problems[0] != c.problem {
			t.Errorf("%s: problems %q, want %q", c.name, problems, c.problem)
		}
		if want := 1; c.name[0] != 'b' && c.name[0] != 'U' && len(got) != want {
			t.Errorf("%s: %d articles, want %d", c.name, len(got), want)
		}
	}
}

func TestFolders(t *testing.T) {
	dir := t.TempDir()
	seed := " date 2025-11-17 Форум\nБір."
	for _, name := range []string{"a/2.txt", "a/1.txt", "a/b/3.TXT", "a/.git/4.txt", "a/.5.txt", "a/README.md", "plain"} {
		write(t, dir, name, seed)
	}
	write(t, dir, "a/c.jsonl", `{"id":"j","title":"t"}`)
	if err := os.Symlink(filepath.Join(dir, "plain"), filepath.Join(dir, "a", "link.txt")); err != nil {
		t.Fatal(err)
	}
	got, problems := read(t, dir, `{"id":"s","title":"t"}`,
		filepath.Join(dir, "a"), filepath.Join(dir, "a", "1.txt"), filepath.Join(dir, "plain"), filepath.Join(dir, "none"), "-")
	var ids []string
	for _, a := range got {
		ids = append(ids, a.ID)
	}
	if diff := cmp.Diff([]string{"1", "2", "3", "j", "plain", "s"}, ids); diff != "" {
		t.Error(diff)
	}
	if len(problems) != 1 || !strings.HasSuffix(problems[0], "none: no such file or directory") {
		t.Errorf("problems %q", problems)
	}
}

func TestUnder(t *testing.T) {
	for _, c := range []struct {
		path string
		want bool
	}{
		{"/a/b.txt", true}, {"/a/c/d.jsonl#12", true}, {"/ab/b.txt", false}, {"/x.jsonl#3", true}, {"-#3", false},
	} {
		if got := source.Under(c.path, []string{"/a", "/x.jsonl"}); got != c.want {
			t.Errorf("Under(%q) = %v", c.path, got)
		}
	}
}

func FuzzLine(f *testing.F) {
	f.Add([]byte(`{"id":"a","title":"t","body":"b","published":"2025"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := source.Line(data)
		if err == nil && (a.ID == "" || strings.ContainsAny(a.Text(), "\x00\r")) {
			t.Errorf("%+v", a)
		}
	})
}
