package source_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"

	"kelisim/analysis"
	"kelisim/index"
	"kelisim/index/source"
)

// outcome is all that a reader tells.
type outcome struct {
	articles []index.Article
	problems []string // with the folder cut off
	warnings []string // line and code
	files    []source.File
	aside    map[string]int
}

func readWith(t testing.TB, dir string, set func(*source.Reader), paths ...string) (o outcome) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	cut := func(s string) string { return strings.ReplaceAll(s, dir+"/", "") }
	r := source.Reader{
		Now:   today,
		Yield: func(a index.Article) error { a.Path = cut(a.Path); o.articles = append(o.articles, a); return nil },
		Fail:  func(p source.Problem) { o.problems = append(o.problems, cut(p.Error())) },
		Warn:  func(p source.Problem) { o.warnings = append(o.warnings, fmt.Sprintf("%d %s", p.Line, p.Code)) },
		Done:  func(f source.File) { f.Path = cut(f.Path); o.files = append(o.files, f) },
	}
	if set != nil {
		set(&r)
	}
	if err := r.Read(context.Background(), paths); err != nil {
		t.Fatal(err)
	}
	o.aside = r.Aside()
	return o
}

// lines are articles for a comparison.
func (o outcome) lines() (out []string) {
	for _, a := range o.articles {
		out = append(out, strings.Join([]string{a.ID, dateOf(a), a.Title, a.Body}, "|"))
	}
	return out
}

const (
	titleKK = "Әл-Фараби университеті мен серіктестер"
	bodyKK  = "Ректорлар келісімге қол қойды, құжат үш жылға есептелген.\nКездесуге он екі өкіл қатысты."
	titleRU = "Подписано соглашение о сотрудничестве"
	bodyRU  = "Университеты подписали соглашение, объём обмена вырастет.\nВстреча прошла в Алматы."
)

// Whatever the letters are encoded in, the same article comes out, and the guess is told.
func TestEncodings(t *testing.T) {
	kk, ru := " date 2025-11-17 "+titleKK+"\n"+bodyKK, " date 2025-11-17 "+titleRU+"\n"+bodyRU
	for _, c := range []struct {
		name, text string
		data       []byte
		encoding   string
		guessed    bool
	}{
		{"UTF-8", kk, []byte(kk), "UTF-8", false},
		{"with a mark", kk, []byte("\ufeff" + kk), "UTF-8", false},
		{"CR LF", kk, []byte(strings.ReplaceAll(kk, "\n", "\r\n")), "UTF-8", false},
		{"NFD", kk, []byte(norm.NFD.String(kk)), "UTF-8", false},
		{"UTF-16 LE", kk, encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), kk), "UTF-16", false},
		{"UTF-16 BE", kk, encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), kk), "UTF-16", false},
		{"UTF-16 LE without a mark", kk, encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), kk), "UTF-16", true},
		{"UTF-16 BE without a mark", ru, encoded(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), ru), "UTF-16", true},
		{"windows-1251", ru, encoded(t, charmap.Windows1251, ru), "windows-1251", true},
		{"KZ-1048", kk, varied(t, kz1048, kk), "KZ-1048", true},
		{"KOI8-R", ru, encoded(t, charmap.KOI8R, ru), "KOI8-R", true},
		{"IBM866", ru, encoded(t, charmap.CodePage866, ru), "IBM866", true},
		{"PTCP154", kk, varied(t, ptcp154, kk), "PTCP154", true},
		{"Mac", ru, encoded(t, charmap.MacintoshCyrillic, ru), "x-mac-cyrillic", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			o := readWith(t, dir, nil, write(t, dir, "a.txt", string(c.data)))
			want := strings.Replace(strings.TrimPrefix(c.text, " date 2025-11-17 "), "\n", "|", 1)
			if diff := cmp.Diff([]string{"a|2025-11-17|" + want}, o.lines()); diff != "" {
				t.Error(diff, o.problems)
			}
			if f := o.files[0]; f.Encoding != c.encoding || f.Guessed != c.guessed {
				t.Errorf("told as %s", f)
			}
			if how := o.articles[0].How; (how != "") != (c.encoding != "UTF-8") {
				t.Errorf("the provenance says %q", how)
			}
		})
	}
}

func encoded(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	out, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The switch sets a wrong guess right.
func TestEncodingIsGiven(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "a.txt", string(encoded(t, charmap.KOI8R, "Вуз")))
	o := readWith(t, dir, func(r *source.Reader) { r.Encoding = "koi8-r" }, path)
	if diff := cmp.Diff([]string{"a|||Вуз"}, o.lines()); diff != "" {
		t.Error(diff)
	}
	r := source.Reader{Encoding: "utf-7"}
	if err := r.Read(t.Context(), []string{path}); err == nil {
		t.Error("an encoding that is none was taken")
	}
}

// The ways in which the same word is written do not hide it.
func TestSpellings(t *testing.T) {
	want := terms("Университет ректорлары меморандумға қол қойды")
	for name, body := range map[string]string{
		"NFD":               norm.NFD.String("Университет ректорлары меморандумға қол қойды"),
		"soft hyphens":      "Универ\u00adситет ректор\u00adлары меморан\u00adдумға қол қойды",
		"a stress mark":     "Университе\u0301т ректорлары мемора\u0301ндумға қол қойды",
		"zero-width":        "Универ\u200bситет ректор\u2060лары \ufeffмеморандумға қол қойды",
		"no-break spaces":   "Университет\u00a0ректорлары меморандумға\u202fқол қойды",
		"look-alikes":       "Унивeрситет рeктoрлары мeмoрандумға қoл қoйды", // e and o are Latin
		"entities":          "Университет&nbsp;ректорлары меморандум&#1171;а қол&#x20;қойды",
		"tags":              "<p>Университет <b>ректорлары</b> <a href=\"x\">меморандумға</a> қол қойды</p>",
		"entities of tags":  "&lt;p&gt;Университет ректорлары&amp;nbsp;меморандумға қол қойды&lt;/p&gt;",
		"hidden in comment": "Университет <!-- жарнама --> ректорлары <script>alert(1)</script>меморандумға қол қойды",
	} {
		dir := t.TempDir()
		line := fmt.Sprintf(`{"id":"a","title":"Т","body":%q}`, body)
		o := readWith(t, dir, nil, write(t, dir, "a.jsonl", line))
		if len(o.articles) != 1 {
			t.Errorf("%s: %v", name, o.problems)
			continue
		}
		if diff := cmp.Diff(want, terms(o.articles[0].Body)); diff != "" {
			t.Errorf("%s: %q: %s", name, o.articles[0].Body, diff)
		}
	}
}

func terms(s string) (out []string) {
	for _, tok := range analysis.Read(s, analysis.KK).Tokens {
		out = append(out, fmt.Sprint(tok.Terms))
	}
	return out
}

// HTML in the fields of a dump is read as HTML, with a warning; what only looks like it is kept.
func TestMarkupInFields(t *testing.T) {
	dir := t.TempDir()
	o := readWith(t, dir, nil, write(t, dir, "a.jsonl", `{"id":"e1","title":"&laquo;Болашақ&raquo; &amp; серіктестер","body":"<p>Әл-Фараби университеті&nbsp;мен серіктес <b>келісім</b>ге қол қойды.</p>\n<p>Екінші<br>жол</p>"}
{"id":"e2","title":"AT&T мен R&D; 3 < 5","body":"<Форум> өтті: a<b, c>d."}
{"id":"e3","title":"T","body":"Бірінші <i>абзац</i>.\n\nЕкінші абзац."}`))
	if diff := cmp.Diff([]string{
		"e1||«Болашақ» & серіктестер|Әл-Фараби университеті\u00a0мен серіктес келісімге қол қойды.\nЕкінші\nжол",
		"e2||AT&T мен R&D; 3 < 5|<Форум> өтті: a<b, c>d.",
		"e3||T|Бірінші абзац.\nЕкінші абзац.",
	}, o.lines()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"1 html", "1 undated", "2 undated", "3 html", "3 undated"}, o.warnings); diff != "" {
		t.Error(diff)
	}
}

func TestPlainText(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"title and paragraphs", "Форум өтті\n\nБірінші.\n\nЕкінші.\n", "a||Форум өтті|Бірінші.\n\nЕкінші."},
		{"a sentence is no title", "Форум өтті.\nЕкінші.", "a|||Форум өтті.\nЕкінші."},
		{"one paragraph", "Форум өтті", "a|||Форум өтті"},
		{"a date below the title", "Прошёл форум\n29 октября 2019, 14:17\nПервый абзац.", "a|2019-10-29|Прошёл форум|Первый абзац."},
		{"a date above the title", "17:36, 30 Қаңтар 2026\nФорум өтті\nБірінші.", "a|2026-01-30|Форум өтті|Бірінші."},
		{"a year alone is no date", "Жоспар\n2030\nБірінші.", "a||Жоспар|2030\nБірінші."},
	} {
		dir := t.TempDir()
		o := readWith(t, dir, nil, write(t, dir, "a.txt", c.file))
		if diff := cmp.Diff([]string{c.want}, o.lines()); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestJSONArrays(t *testing.T) {
	const a, b = `{"id":9,"title":"Бір","body":"Мәтін.","published":"2025"}`, `{"id":"b","headline":"Екі","content":["Бірінші.","Екінші."],"date":"12.04.2024"}`
	want := []string{"9|2025|Бір|Мәтін.", "b|2024-04-12|Екі|Бірінші.\nЕкінші."}
	for name, text := range map[string]string{
		"an array":        "[" + a + "," + b + "]",
		"over lines":      "\ufeff[\n  " + strings.ReplaceAll(a, ",", ",\n    ") + ",\n  " + b + "\n]\n",
		"one by one":      strings.ReplaceAll(a, ",", ",\n") + "\n" + strings.ReplaceAll(b, `,"`, ",\n\""),
		"in an answer":    `{"status":"ok","page":{"number":1},"articles":[` + a + "," + b + "]}",
		"of a search":     `{"took":3,"hits":{"total":2,"hits":[{"_index":"n","_source":` + a + `},{"_index":"n","_source":` + b + `}]}}`,
		"one a line":      a + "\n" + b,
		"lines with ends": a + "\r\n\r\n" + b + "\r\n",
	} {
		dir := t.TempDir()
		o := readWith(t, dir, nil, write(t, dir, "a.json", text))
		if diff := cmp.Diff(want, o.lines()); diff != "" || len(o.problems) > 0 {
			t.Errorf("%s: %s %q", name, diff, o.problems)
		}
	}
	dir := t.TempDir()
	for text, problem := range map[string]string{
		`[{"title":"a","body":"b"},{"title":"c`:     "a.json:1: the file ends inside this object; it was cut",
		`[{"title":"a","body":"b"},`:                "a.json:1: the file ends inside its list; it was cut",
		`[{"title":"a","body":"b"},7]`:              "a.json:1: not a JSON object",
		`[{"title":"a","body":"b"},{"title":true}]`: `a.json:1: "title" is true or false and must be a string`,
	} {
		o := readWith(t, dir, nil, write(t, dir, "a.json", text))
		if len(o.articles) != 1 || len(o.problems) != 1 || o.problems[0] != problem {
			t.Errorf("%s: %d articles, %q", text, len(o.articles), o.problems)
		}
	}
}

func TestTables(t *testing.T) {
	for _, c := range []struct {
		name, file, text string
		set              func(*source.Reader)
		want             []string
		as               string
	}{
		{"with a header", "a.csv", "id,title,text,date\n1,Форум,\"Бір, екі.\nҮш.\",2025-11-17\n2,\"«Болашақ» \"\"А\"\"\",Мәтін,12.04.2024\n", nil,
			[]string{"1|2025-11-17|Форум|Бір, екі.\nҮш.", "2|2024-04-12|«Болашақ» \"А\"|Мәтін"}, "CSV, UTF-8, columns body=text, id=id, published=date, title=title"},
		{"semicolons and Russian names", "a.csv", "\ufeffНомер;Заголовок;Текст;Дата публикации;Ссылка\r\n1;Форум;Мәтін, үтірмен;29 октября 2019, 14:17;https://x.kz/1\r\n", nil,
			[]string{"1|2019-10-29|Форум|Мәтін, үтірмен"}, "CSV with «;», UTF-8, columns body=Текст, id=Номер, published=Дата публикации, title=Заголовок, url=Ссылка"},
		{"Kazakh names, tabs", "a.tsv", "тақырып\tмәтін\tкүні\nФорум\tМәтін \"тырнақша\tкеше\n", nil,
			[]string{"a-06fc95fce3c9b8ee|«кеше»|Форум|Мәтін \"тырнақша"}, ""},
		{"names of one's own", "a.csv", "Шапка;Содержимое;Когда\nФорум;Мәтін;2025\n", func(r *source.Reader) {
			r.Map = map[string]string{"title": "шапка", "body": "Содержимое", "published": "Когда"}
		}, []string{"a-04ed6c6b53b8a44d|2025|Форум|Мәтін"}, ""},
		{"known without its ending", "a.txt", "title;body;url\nФорум;Мәтін;https://x.kz/1\n", nil, []string{"x.kz-dac0cdb4cc2c1c49||Форум|Мәтін"}, ""},
		{"texts kept from spreadsheets", "a.csv", "id,title,body\n'12345678e123,'=Форум,'тырнақша'\n'0042,'+7 727,'-да\n", nil,
			[]string{"12345678e123||=Форум|'тырнақша'", "0042||+7 727|-да"}, ""},
		{"Excel says its separator", "a.csv", "sep=;\r\ntitle;body\r\nФорум;Мәтін\r\n", nil, []string{"a-7c2e1b5e9a2f4c8a||Форум|Мәтін"}, ""},
	} {
		dir := t.TempDir()
		o := readWith(t, dir, c.set, write(t, dir, c.file, c.text))
		got := o.lines()
		for i := range got { // ids of the text are as they come
			if strings.HasPrefix(got[i], "a-") || strings.HasPrefix(got[i], "x.kz-") {
				_, rest, _ := strings.Cut(got[i], "|")
				_, want, _ := strings.Cut(c.want[min(i, len(c.want)-1)], "|")
				got[i], c.want[i] = rest, want
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" || len(o.problems) > 0 {
			t.Errorf("%s: %s %q", c.name, diff, o.problems)
		}
		if c.as != "" && o.files[0].String() != c.as {
			t.Errorf("%s: told as %s", c.name, o.files[0])
		}
	}
	dir := t.TempDir()
	for text, problem := range map[string]string{
		"a,b\n1,2\n":                      `a.csv:1: no column of the header is known as title or body; name them, as in --map title=…,body=…; there are "a, b"`,
		"title,body\nФорум,бір,екі\n":     "a.csv:2: has 3 fields where the header has 2; a field that holds the separator needs quotation marks",
		"title,body\n\"" + longText(20):   "a.csv:1: behind this line: a row longer than 16 MiB; a quotation mark is not closed, or it is no table",
		"title,body,x\n,,\n,,only this\n": "a.csv:3: neither title nor body",
	} {
		o := readWith(t, dir, nil, write(t, dir, "a.csv", text))
		if len(o.articles) != 0 || len(o.problems) != 1 || o.problems[0] != problem {
			t.Errorf("%.40q: %d articles, %q", text, len(o.articles), o.problems)
		}
	}
}

func longText(mib int) string { return strings.Repeat("мәтін мен сөз. ", mib<<20/25) }

func TestParseMap(t *testing.T) {
	if m, err := source.ParseMap(" title=Заголовок, body = Текст "); err != nil || m["title"] != "Заголовок" || m["body"] != "Текст" {
		t.Errorf("got %v, %v", m, err)
	}
	for _, bad := range []string{"title", "titel=x", "title="} {
		if _, err := source.ParseMap(bad); err == nil {
			t.Errorf("%s: no error", bad)
		}
	}
}

func packed(t testing.TB, how string, data []byte) string {
	t.Helper()
	var b bytes.Buffer
	switch how {
	case "gzip":
		w := gzip.NewWriter(&b)
		w.Write(data)
		w.Close()
	case "zstd":
		w, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(data)
		w.Close()
	}
	return b.String()
}

// What a name says of packing counts for nothing: the content tells.
func TestPacked(t *testing.T) {
	line := `{"id":"a","title":"Т","body":"Б"}` + "\n"
	for _, c := range []struct{ name, how, text, want string }{
		{"a.jsonl.gz", "gzip", line, "a||Т|Б"},
		{"a.jsonl.zst", "zstd", line, "a||Т|Б"},
		{"a.jsonl", "gzip", line, "a||Т|Б"},
		{"a.csv.gz", "gzip", "title,body\nТ,Б\n", "|Т|Б"},
		{"b.txt.gz", "gzip", " date 2025-11-17 Т\nБ", "b|2025-11-17|Т|Б"},
		{"b.json.zst", "zstd", "[" + line + "]", "a||Т|Б"},
		{"c.txt.gz", "gzip", string(encoded(t, charmap.Windows1251, "Форум прошёл\nПодписано соглашение.")), "c||Форум прошёл|Подписано соглашение."},
	} {
		dir := t.TempDir()
		o := readWith(t, dir, nil, write(t, dir, c.name, packed(t, c.how, []byte(c.text))))
		if len(o.articles) != 1 || !strings.HasSuffix(o.lines()[0], c.want) || o.files[0].Packed != c.how {
			t.Errorf("%s: %q, %q, %v", c.name, o.lines(), o.problems, o.files)
		}
	}
	dir := t.TempDir()
	whole := packed(t, "gzip", []byte(strings.Repeat(line, 1000)))
	o := readWith(t, dir, nil, write(t, dir, "cut.jsonl.gz", whole[:len(whole)-20]))
	if len(o.problems) == 0 || !strings.Contains(o.problems[len(o.problems)-1], "unpack gzip: unexpected EOF") {
		t.Errorf("a cut file: %q", o.problems)
	}
	if testing.Short() {
		return
	}
	o = readWith(t, dir, nil, write(t, dir, "bomb.jsonl.gz", packed(t, "gzip", make([]byte, 200<<20))))
	if len(o.problems) != 1 {
		t.Errorf("a bomb: %q", o.problems)
	}
	o = readWith(t, dir, nil, write(t, dir, "bomb2.jsonl.gz", packed(t, "gzip", bytes.Repeat([]byte(" "), 200<<20))))
	if len(o.problems) == 0 || !strings.Contains(o.problems[len(o.problems)-1], "times larger") {
		t.Errorf("a bomb: %q", o.problems)
	}
}

func TestZip(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range []struct{ name, text string }{
		{"news/Келісім.txt", " date 2025-11-17 Т\nБ"},
		{"../../escape.txt", "Қашқын\nМәтін."},
		{"/root.txt", "Түбір\nМәтін."},
		{"news/list.jsonl", `{"id":"j","title":"Т","body":"Б"}`},
		{"news/.hidden.txt", "x"},
		{"__MACOSX/news/a.txt", "x"},
		{"news/photo.jpg", "\xff\xd8\xff"},
		{"news/inner.zip", "PK\x03\x04"},
	} {
		w, err := z.Create(e.name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(e.text))
	}
	// Windows writes names in IBM866 and says nothing of it.
	w, err := z.CreateHeader(&zip.FileHeader{Name: string(encoded(t, charmap.CodePage866, "Новости.txt")), NonUTF8: true})
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte("Новость\nТекст."))
	z.Close()
	dir := t.TempDir()
	o := readWith(t, dir, nil, write(t, dir, "a.zip", b.String()))
	var paths []string
	for _, a := range o.articles {
		paths = append(paths, a.ID+" "+a.Path)
	}
	slices.Sort(paths)
	if diff := cmp.Diff([]string{"escape a.zip/escape.txt", "j a.zip/news/list.jsonl#1", "root a.zip/root.txt", "Келісім a.zip/news/Келісім.txt", "Новости a.zip/Новости.txt"}, paths); diff != "" {
		t.Error(diff, o.problems)
	}
	if diff := cmp.Diff(map[string]int{".jpg": 1, ".zip": 1}, o.aside); diff != "" {
		t.Error(diff)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Error("something was written")
	}
}

// What is not read says what it is.
func TestForeignFiles(t *testing.T) {
	dir := t.TempDir()
	for data, problem := range map[string]string{
		"%PDF-1.7\n":                       "a PDF; save its text as .txt",
		"\x89PNG\r\n\x1a\n\x00\x00":        "a PNG image",
		"BZh91AY&SY":                       "packed with bzip2; unpack it first (bunzip2)",
		"\x00\x01\x02\x03\x04\x05":         "binary, not text",
		"<?xml version=\"1.0\"?><rss >":    "a feed or a list of pages, not an article",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Word or Excel file; save it as CSV or text",
	} {
		o := readWith(t, dir, nil, write(t, dir, "x.txt", data))
		if len(o.articles) != 0 || len(o.problems) != 1 || o.problems[0] != "x.txt: "+problem {
			t.Errorf("%.12q: %d articles, %q", data, len(o.articles), o.problems)
		}
	}
}

// What comes by standard input has no name: one text does not take the place of another.
func TestUnnamed(t *testing.T) {
	ids := map[string]bool{}
	for _, text := range []string{" date 2025-11-17 Форум\nБір.", " date 2025-11-17 Форум\nЕкі.", "Жай мәтін\nҮш.", "<html><head><title>Т</title></head><body><article><p>" + strings.Repeat("Төрт сөз мәтін. ", 40) + "</p></article></body></html>"} {
		o := readWith(t, t.TempDir(), func(r *source.Reader) { r.Stdin = strings.NewReader(text) }, "-")
		if len(o.articles) != 1 || !strings.HasPrefix(o.articles[0].ID, "stdin-") || !slices.ContainsFunc(o.warnings, func(w string) bool { return strings.HasSuffix(w, " no-id") }) {
			t.Fatalf("%.30q: %v, %v, %v", text, o.articles, o.warnings, o.problems)
		}
		ids[o.articles[0].ID] = true
	}
	if len(ids) != 4 {
		t.Errorf("four texts have the ids %v", ids)
	}
}

// Folders hold lists of other things: they are left aside, unless they are named.
func TestListsWithoutArticles(t *testing.T) {
	dir := t.TempDir()
	files := []string{write(t, dir, "gold.json", `[{"id":"a","title":"Т","date":"2025"}]`), write(t, dir, "sources.tsv", "id\turl\na\thttps://x.kz/1\n")}
	write(t, dir, "a.txt", " date 2025-11-17 Т\nБ")
	o := readWith(t, dir, nil, dir)
	if diff := cmp.Diff([]string{"a|2025-11-17|Т|Б"}, o.lines()); diff != "" || len(o.problems) > 0 {
		t.Error(diff, o.problems)
	}
	if diff := cmp.Diff([]string{"0 aside", "0 aside"}, o.warnings); diff != "" {
		t.Error(diff)
	}
	o = readWith(t, dir, nil, files...)
	if len(o.articles) != 1 || len(o.problems) != 1 {
		t.Errorf("named: %q, %q", o.lines(), o.problems)
	}
}

func TestPatternsAndLinks(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a1.txt", "Бір\nМәтін.")
	write(t, dir, "a2.txt", "Екі\nМәтін.")
	write(t, dir, "[a].txt", "Үш\nМәтін.")
	write(t, dir, "page_files/x.txt", "Төрт\nМәтін.")
	write(t, dir, "page.html.txt", "Бес\nМәтін.")
	os.Symlink("loop", filepath.Join(dir, "loop"))
	os.Symlink(dir, filepath.Join(dir, "self"))
	ids := func(paths ...string) string {
		var out []string
		o := readWith(t, dir, nil, paths...)
		for _, a := range o.articles {
			out = append(out, a.ID)
		}
		return strings.Join(append(out, o.problems...), " ")
	}
	if got := ids(filepath.Join(dir, "a?.txt")); got != "a1 a2" {
		t.Error(got)
	}
	if got := ids(filepath.Join(dir, "[a].txt")); got != "[a]" {
		t.Error(got)
	}
	if got := ids(filepath.Join(dir, "loop")); !strings.Contains(got, "too many links") {
		t.Error(got)
	}
	if got := ids(dir); got != "[a] a1 a2 page.html x" {
		t.Error(got)
	}
	if got := readWith(t, dir, nil, dir).aside["symbolic links"]; got != 2 {
		t.Errorf("%d links", got)
	}
}

func FuzzFile(f *testing.F) {
	for _, s := range []string{" date 2025-11-17 Форум\nБір.", "title,body\nТ,\"Б\"\n", "[{\"title\":\"a\"}]", "{\"title\":\"a\",\n\"body\":\"<p>b</p>\"}", "<html><p>x",
		"\x1f\x8b", "PK\x03\x04", "WARC/1.0\r\n", "\xff\xfea\x00", "sep=;\na;b", "\xcf\xf0\xe8\xe2\xe5\xf2", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"} {
		for _, name := range []string{"a.txt", "a.json", "a.csv", "a.html"} {
			f.Add([]byte(s), name)
		}
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		path := filepath.Join(dir, "x"+filepath.Ext(filepath.Base("x"+strings.ReplaceAll(name, "\x00", ""))))
		if len(path) > 200 || os.WriteFile(path, data, 0o644) != nil {
			t.Skip()
		}
		o := readWith(t, dir, nil, path)
		os.Remove(path)
		for _, a := range o.articles {
			if a.ID == "" || strings.TrimSpace(a.Text()) == "" || strings.ContainsAny(a.Text(), "\x00\r") || !utf8.ValidString(a.Text()) || !norm.NFC.IsNormalString(a.Text()) {
				t.Errorf("%+v", a)
			}
		}
		if len(o.files) > 0 && o.files[0].Articles+o.files[0].Failed == 0 && o.files[0].Kind == source.TextFile {
			t.Errorf("nothing came out, and nobody says why: %v", o.files)
		}
	})
}

// FuzzKinds: whatever a file is, it can be read as each kind, in each encoding, packed or not.
func FuzzKinds(f *testing.F) {
	for _, s := range []string{" date 2025-11-17 Форум\nБір.", "17 қараша 2025\nФорум\n\nБір.", "title;body;date\nТ;\"Б\";12.04.2024\n", "sep=|\nbody|id\na|1\n", "[{\"title\":\"a\"},{\"id\":9,\"body\":[\"b\"]}]",
		"{\"hits\":[{\"_source\":{\"title\":\"a\",\n\"body\":\"<p>b</p>\"}}]}", "{\"id\":\"a\",\"body\":\"b&nbsp;\",\"published\":1712942100}\n{}\n", "<html><body><p>x", "\xff\xfea\x00", "\xcf\xf0\xe8\xe2\xe5\xf2"} {
		for kind := range source.Kinds {
			f.Add([]byte(s), uint8(kind), uint8(0), uint8(0))
		}
		f.Add([]byte(s), uint8(2), uint8(3), uint8(1))
		f.Add([]byte(s), uint8(4), uint8(1), uint8(2))
	}
	encodings := []string{"", "windows-1251", "UTF-16", "KZ-1048", "KOI8-R", "iso-2022-jp", "gb18030"}
	packs := []string{"", "gzip", "zstd", "zip"}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte, kind, encoding, pack uint8) {
		switch how := packs[int(pack)%len(packs)]; how {
		case "zip":
			var b bytes.Buffer
			z := zip.NewWriter(&b)
			w, err := z.Create("a/x.txt")
			if err == nil {
				_, err = w.Write(data)
			}
			if err != nil || z.Close() != nil {
				t.Fatal(err)
			}
			data = b.Bytes()
		case "":
		default:
			data = []byte(packed(t, how, data))
		}
		path := filepath.Join(dir, "x")
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		o := readWith(t, dir, func(r *source.Reader) {
			r.As, r.Encoding = source.Kinds[int(kind)%len(source.Kinds)], encodings[int(encoding)%len(encodings)]
		}, path)
		for _, a := range o.articles {
			if a.ID == "" || strings.TrimSpace(a.Text()) == "" || strings.ContainsAny(a.Text(), "\x00\r") || !utf8.ValidString(a.Text()) || !norm.NFC.IsNormalString(a.Text()) {
				t.Errorf("%+v", a)
			}
		}
	})
}
