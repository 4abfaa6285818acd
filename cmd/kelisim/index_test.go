package main_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kelisim/index/archive"
)

func writeFile(t testing.TB, dir, name, content string) string {
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

func TestIndexReports(t *testing.T) {
	data, files := t.TempDir(), t.TempDir()
	one := writeFile(t, files, "one.txt", " date 2025-11-17 Форум өтті\nБір.")
	writeFile(t, files, "two.txt", " date 2025-11-17 Келісім\nЕкі.")
	for _, c := range []struct {
		name   string
		before func()
		args   []string
		code   int
		out    string
		errOut string
	}{
		{"first", nil, []string{files}, 0, "added 2, changed 0, unchanged 0, failed 0", ""},
		{"again", nil, []string{files}, 0, "added 0, changed 0, unchanged 2, failed 0", ""},
		{"changed", func() { writeFile(t, files, "one.txt", " date 2025-11-17 Форум өтті\nБасқа.") }, []string{files}, 0, "added 0, changed 1, unchanged 1, failed 0", ""},
		{"a bad file", func() { writeFile(t, files, "bad.txt", "%PDF-1.7") }, []string{files}, 1, "added 0, changed 0, unchanged 2, failed 1", "bad.txt: a PDF"},
		{"another file of the id", func() { writeFile(t, files, "sub/two.txt", " date 2025-11-17 Келісім\nЕкі.") },
			[]string{filepath.Join(files, "sub")}, 1, "added 0, changed 0, unchanged 0, failed 1", `the id "two" belongs to the article from`},
		{"pruned", func() { os.Remove(one) }, []string{"--prune", files}, 1, "added 0, changed 0, unchanged 1, failed 2, removed 1", ""},
		{"elsewhere nothing is pruned", nil, []string{"--prune", filepath.Join(files, "sub")}, 1, "added 0, changed 0, unchanged 0, failed 1, removed 0", ""},
		{"no such path", nil, []string{filepath.Join(files, "none")}, 1, "added 0, changed 0, unchanged 0, failed 1", "none: no such file or directory"},
	} {
		if c.before != nil {
			c.before()
		}
		code, out, errOut := kelisim(t, data, append([]string{"index"}, c.args...)...)
		if code != c.code || strings.TrimSpace(out) != c.out || !strings.Contains(errOut, c.errOut) {
			t.Errorf("%s: exit code %d, %q, %q", c.name, code, out, errOut)
		}
	}
}

func TestIndexReadsStandardInput(t *testing.T) {
	data := t.TempDir()
	code, out, errOut := kelisimWith(t, `{"id":"a","title":"Келісім","body":"Бір."}`+"\n{broken\n", data, "index", "--json", "-")
	type report struct {
		Path, Kind           string
		Files, Added, Failed int
		Seq                  uint64
		Warnings             map[string]int
		Problems             []struct{ Line int }
	}
	var lines []report
	for d := json.NewDecoder(strings.NewReader(out)); d.More(); {
		var r report
		if err := d.Decode(&r); err != nil {
			t.Fatalf("%v: %q", err, out)
		}
		lines = append(lines, r)
	}
	if len(lines) != 2 || code != 1 || errOut != "" {
		t.Fatalf("exit code %d, %+v, %q", code, lines, errOut)
	}
	if f := lines[0]; f.Path != "-" || f.Kind != "jsonl" || f.Added != 1 || f.Failed != 1 || len(f.Problems) != 1 || f.Problems[0].Line != 2 {
		t.Errorf("the file: %+v", f)
	}
	if all := lines[1]; all.Files != 1 || all.Added != 1 || all.Failed != 1 || all.Seq != 1 || all.Warnings["undated"] != 1 || len(all.Problems) != 0 {
		t.Errorf("in all: %+v", all)
	}
}

// A table in an old encoding: what it was read as is said, the switches set it right, and a dry run stores nothing.
func TestIndexReadsTables(t *testing.T) {
	data, files := t.TempDir(), t.TempDir()
	text := "Шапка;Содержимое;Когда\nПодписано соглашение;Университеты подписали соглашение об обмене.;12/04/2024\nФорум;Встреча прошла вчера.;вчера\n"
	cp1251 := make([]byte, 0, len(text))
	for _, r := range text {
		if r >= 'А' && r <= 'я' {
			r = r - 'А' + 0xc0
		}
		cp1251 = append(cp1251, byte(r))
	}
	path := writeFile(t, files, "news.csv", string(cp1251))
	code, out, errOut := kelisim(t, data, "index", path)
	if code != 1 || !strings.Contains(errOut, "name them, as in --map") || !strings.Contains(errOut, "Содержимое") {
		t.Errorf("without --map: exit code %d, %q, %q", code, out, errOut)
	}
	as := []string{"index", "--map", "title=Шапка,body=Содержимое,published=Когда"}
	code, out, errOut = kelisim(t, data, append(as, "--dry-run", path)...)
	if code != 0 || !strings.Contains(out, "CSV with «;», windows-1251 (guessed)") || !strings.Contains(out, "2 articles would be stored") ||
		!strings.Contains(out, "«вчера» not used") || !strings.Contains(errOut, "read as 2024-04-12") {
		t.Errorf("dry run: exit code %d, %q, %q", code, out, errOut)
	}
	_, lines, _ := kelisim(t, data, append(as, "--dry-run", "--json", path)...)
	again := writeFile(t, files, "again.jsonl", lines)
	if out := must(t, data, append(as, path)...); !strings.HasPrefix(out, "added 2, changed 0, unchanged 0, failed 0") {
		t.Errorf("%q", out)
	}
	if code, _, errOut := kelisim(t, data, "index", again); code != 1 || !strings.Contains(errOut, "belongs to the article from "+path) {
		t.Errorf("a dry run's lines are other articles: exit code %d, %q", code, errOut)
	}
	for _, bad := range [][]string{{"--as", "docx"}, {"--encoding", "utf-7"}, {"--map", "x=y"}} {
		if code, _, errOut := kelisim(t, data, append(append([]string{"index"}, bad...), path)...); code != 2 || !strings.Contains(errOut, bad[0]) {
			t.Errorf("%v: exit code %d, %q", bad, code, errOut)
		}
	}
}

// Lines of JSONL may move; a line that is gone is pruned, unless the file has faults: then nobody knows what a bad line was.
func TestPruneJSONLines(t *testing.T) {
	data, files := t.TempDir(), t.TempDir()
	a, b, c := `{"id":"a","title":"Бір"}`, `{"id":"b","title":"Екі"}`, `{"id":"c","title":"Үш"}`
	for _, step := range []struct{ lines, out string }{
		{a + "\n" + b + "\n" + c, "added 3, changed 0, unchanged 0, failed 0, removed 0"},
		{c + "\n" + b + "\n" + a, "added 0, changed 0, unchanged 3, failed 0, removed 0"},
		{c + "\n{\n" + a, "added 0, changed 0, unchanged 2, failed 1, removed 0"},
		{c + "\n" + a, "added 0, changed 0, unchanged 2, failed 0, removed 1"},
		{b, "added 1, changed 0, unchanged 0, failed 0, removed 2"},
	} {
		_, out, errOut := kelisim(t, data, "index", "--prune", writeFile(t, files, "x.jsonl", step.lines))
		if strings.TrimSpace(out) != step.out {
			t.Errorf("%q: %q, %q", step.lines, out, errOut)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{
		{"index"}, {"nothing"}, {"--nothing"}, {"index", "--nothing", "x"}, {"serve", "x"}, {"analyze", "--lang", "xx", "a"}, {"extract"},
	} {
		if code, _, errOut := kelisim(t, t.TempDir(), args...); code != 2 || errOut == "" {
			t.Errorf("kelisim %v: exit code %d, %q", args, code, errOut)
		}
	}
	data := t.TempDir()
	if code, _, errOut := kelisim(t, data, "search", "келісім"); code != 1 || !strings.Contains(errOut, "kelisim index") {
		t.Errorf("search in an empty folder: exit code %d, %q", code, errOut)
	}
	must(t, data, "index", seedsFolder)
	if code, _, errOut := kelisim(t, data, "search", "--sort", "xx"); code != 2 || !strings.Contains(errOut, "sort") {
		t.Errorf("search with an order that is none: exit code %d, %q", code, errOut)
	}
	for _, args := range [][]string{{"version"}, {"help"}, {"index", "--help"}} {
		if code, out, _ := kelisim(t, t.TempDir(), args...); code != 0 || out == "" {
			t.Errorf("kelisim %v: exit code %d, %q", args, code, out)
		}
	}
}

// many writes n articles as JSON lines, with words that queries of the tests find.
func many(t testing.TB, n int) string {
	t.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"m%05d","lang":"kk","title":"Келісім №%d","body":"Назарбаев Университеті мен Тарту университеті %d-меморандумға қол қойды.\nЭстония мен Қазақстан ынтымақтастығы.","published":"2025-%02d-%02d"}`+"\n",
			i, i, i, i%12+1, i%28+1)
	}
	return writeFile(t, t.TempDir(), "many.jsonl", b.String())
}

// state is all that a reader can see of a data folder: ids, versions, numbers; totals, counts, hits.
func state(t testing.TB, data string) (out []string) {
	t.Helper()
	a, err := archive.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	changes, err := a.Changes(t.Context(), 0, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		vs, err := a.Versions(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%d %s %d versions %s", c.Seq, c.ID, len(vs), vs[len(vs)-1].SHA256))
	}
	a.Close()
	s := serve(t, data)
	defer s.stop()
	for _, v := range []url.Values{{}, {"q": {"келісімдер"}, "size": {"100"}}, {"country": {"EE"}, "sort": {"oldest"}, "size": {"100"}}} {
		_, body := s.get("/api/v1/search?" + v.Encode())
		out = append(out, string(body))
	}
	return out
}

// A run that was killed at any moment and done again leaves what an undisturbed run leaves.
func TestKilledIndex(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	// More than two batches; «make torture» has more, and more moments.
	n, parts := 1200, []float64{0.5, 0.8}
	if os.Getenv("KELISIM_TORTURE") != "" {
		n, parts = 2000, []float64{0.3, 0.55, 0.7, 0.8, 0.9}
	}
	file := many(t, n)
	undisturbed := t.TempDir()
	began := time.Now()
	if code, _, errOut := process(t, undisturbed, "index", file); code != 0 {
		t.Fatal(errOut)
	}
	took := time.Since(began)
	want := state(t, undisturbed)
	for _, part := range parts {
		data := t.TempDir()
		cmd := exec.Command(program(t), "--data", data, "index", file)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(part * float64(took)))
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		must(t, data, "index", file)
		if diff := cmp.Diff(want, state(t, data)); diff != "" {
			t.Errorf("killed after %.0f %% of the time: %s", part*100, diff)
		}
	}
}
