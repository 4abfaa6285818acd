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
		{"a bad file", func() { writeFile(t, files, "bad.txt", "no date") }, []string{files}, 1, "added 0, changed 0, unchanged 2, failed 1", "bad.txt:1: no date"},
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
	var r struct {
		Added, Failed int
		Seq           uint64
		Problems      []struct {
			Path string
			Line int
		}
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v: %q", err, out)
	}
	if code != 1 || r.Added != 1 || r.Failed != 1 || r.Seq != 1 || len(r.Problems) != 1 || r.Problems[0].Line != 2 || errOut != "" {
		t.Errorf("exit code %d, %+v, %q", code, r, errOut)
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
	const n = 2000
	file := many(t, n)
	undisturbed := t.TempDir()
	began := time.Now()
	must(t, undisturbed, "index", file)
	took := time.Since(began)
	want := state(t, undisturbed)
	for _, part := range []float64{0.3, 0.55, 0.8} {
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
