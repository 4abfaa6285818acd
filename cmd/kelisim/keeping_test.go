package main_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// contents are a folder's files with what they hold, to see that nothing was touched. What says who has it open is left out.
func contents(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "lock" || strings.HasSuffix(path, ".lock") || strings.HasSuffix(path, "-shm") || strings.HasSuffix(path, "-wal") {
			return err
		}
		data, err := os.ReadFile(path)
		out[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func same(a, b map[string]string) bool {
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return len(a) == len(b)
}

func copyFile(t testing.TB, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// An archive that is not the one of the index stops every command that would build on it; what to restore is said, and nothing is
// touched.
func TestLostArchive(t *testing.T) {
	other := t.TempDir()
	must(t, other, "index", seedsFolder)
	for _, c := range []struct {
		name string
		harm func(t *testing.T, archive, older string)
		says string
	}{
		{"missing", func(t *testing.T, archive, _ string) { os.Remove(archive) }, "is missing or empty"},
		{"empty", func(t *testing.T, archive, _ string) { os.Truncate(archive, 0) }, "is missing or empty"},
		{"older", func(t *testing.T, archive, older string) { copyFile(t, older, archive) }, "is older than its index"},
		{"another", func(t *testing.T, archive, _ string) { copyFile(t, filepath.Join(other, "archive.sqlite"), archive) }, "is another one"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, files := t.TempDir(), t.TempDir()
			archive, older := filepath.Join(data, "archive.sqlite"), filepath.Join(t.TempDir(), "older.sqlite")
			must(t, data, "index", writeFile(t, files, "one.txt", " date 2025-11-17 Бірінші келісім\nБір."))
			copyFile(t, archive, older)
			must(t, data, "index", writeFile(t, files, "two.txt", " date 2025-11-18 Екінші келісім\nЕкі."))
			c.harm(t, archive, older)
			before := contents(t, data)
			three := writeFile(t, files, "three.txt", " date 2025-11-19 Үшінші келісім\nҮш.")
			for _, args := range [][]string{{"serve", "--addr", "127.0.0.1:0"}, {"search", "келісім"}, {"index", three}, {"verify"}, {"show", "three"},
				{"backup", filepath.Join(files, "b")}, {"backup", "--no-index", filepath.Join(files, "b")}} {
				code, _, errOut := kelisim(t, data, args...)
				if code != 1 || !strings.Contains(errOut, c.says) || !strings.Contains(errOut, "ack") && !strings.Contains(errOut, "back") {
					t.Errorf("%s: exit code %d, %q", args[0], code, errOut)
				}
				if !same(before, contents(t, data)) {
					t.Fatalf("%s touched the folder", args[0])
				}
			}
			// The way on that was named works.
			if strings.HasPrefix(c.says, "is missing") {
				must(t, data, "index", "--new", three)
			} else {
				must(t, data, "reindex")
				must(t, data, "index", three)
			}
			if out := must(t, data, "search", "үшінші"); !strings.Contains(out, "three") {
				t.Errorf("afterwards the search says %q", out)
			}
			if out := must(t, data, "search", "екінші келісім", "--match", "all"); !strings.Contains(out, "0 articles") {
				t.Errorf("what the archive does not have is found: %q", out)
			}
		})
	}
	empty := t.TempDir()
	if code, _, errOut := kelisim(t, empty, "serve"); code != 1 || !strings.Contains(errOut, "kelisim index") || len(contents(t, empty)) != 0 {
		t.Errorf("serve in an empty folder: exit code %d, %q", code, errOut)
	}
}

// An archive that is taken away while it is served: the pages go on, readyz and the log tell, and index acknowledges nothing that
// is not shown.
func TestArchiveLostWhileServing(t *testing.T) {
	data, files := t.TempDir(), t.TempDir()
	must(t, data, "index", writeFile(t, files, "one.txt", " date 2025-11-17 Бірінші келісім\nБір."))
	s := serve(t, data)
	if status, _ := s.get("/readyz"); status != http.StatusOK {
		t.Fatalf("readyz: %d", status)
	}
	archive := filepath.Join(data, "archive.sqlite")
	if err := os.Rename(archive, archive+".away"); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if status, _ := s.get("/readyz"); status == http.StatusServiceUnavailable {
			break
		}
		if time.Since(began) > patience {
			t.Fatalf("readyz does not tell\n%s", s.log)
		}
	}
	if got := s.search(map[string][]string{"q": {"келісім"}}); got.Total != 1 {
		t.Errorf("the pages have stopped: %d", got.Total)
	}
	if code, _, errOut := kelisim(t, data, "index", files); code != 1 || !strings.Contains(errOut, "is missing or empty") {
		t.Errorf("index: exit code %d, %q", code, errOut)
	}
	if s.stop(); !strings.Contains(s.log.String(), "emptied or replaced") {
		t.Errorf("the log says %s", s.log)
	}
}

// A folder that is not mounted looks empty: nothing is forgotten because of it.
func TestPruneOfNothingAsks(t *testing.T) {
	data, files := t.TempDir(), t.TempDir()
	one := writeFile(t, files, "one.txt", " date 2025-11-17 Форум өтті\nБір.")
	must(t, data, "index", files)
	os.Remove(one)
	if code, out, errOut := kelisim(t, data, "index", "--prune", files); code != 1 || !strings.Contains(errOut, "--yes") || !strings.Contains(out, "removed 0") {
		t.Errorf("exit code %d, %q, %q", code, out, errOut)
	}
	if out := must(t, data, "index", "--prune", "--yes", files); !strings.Contains(out, "removed 1") {
		t.Errorf("%q", out)
	}
}

// What is taken down is gone beside a running server, and is refused until it is forced.
func TestRemove(t *testing.T) {
	data, files := t.TempDir(), t.TempDir()
	one := writeFile(t, files, "one.txt", " date 2025-11-17 Бірінші келісім\nБір.")
	writeFile(t, files, "two.txt", " date 2025-11-18 Екінші келісім\nЕкі.")
	must(t, data, "index", files)
	if code, _, errOut := kelisim(t, data, "remove", "one"); code != 2 || !strings.Contains(errOut, "--reason") {
		t.Errorf("without a reason: exit code %d, %q", code, errOut)
	}
	s := serve(t, data)
	code, out, errOut := kelisim(t, data, "remove", "--reason", "by order of the court", "one")
	if code != 0 || !strings.Contains(out, "1 article taken down") || !strings.Contains(errOut, "backups") {
		t.Errorf("exit code %d, %q, %q", code, out, errOut)
	}
	if got := s.search(map[string][]string{"q": {"келісім"}}); got.Total != 1 {
		t.Errorf("%d articles are found", got.Total)
	}
	if status, _ := s.get("/article/one"); status != http.StatusNotFound && status != http.StatusGone {
		t.Errorf("its page: %d", status)
	}
	if code, _, errOut := kelisim(t, data, "index", one); code != 1 || !strings.Contains(errOut, "by order of the court") {
		t.Errorf("again: exit code %d, %q", code, errOut)
	}
	if out := must(t, data, "index", "--force", one); !strings.HasPrefix(out, "added 1") {
		t.Errorf("by force: %q", out)
	}
	if code, _, _ := kelisim(t, data, "remove", "--reason", "x", "none"); code != 1 {
		t.Errorf("an unknown id: exit code %d", code)
	}
	must(t, data, "remove", "--reason", "x", "two")
	s.stop()
	if out := must(t, data, "reindex"); out != "1 article indexed\n" {
		t.Errorf("of what is left: %q", out)
	}
}

// verify names what is damaged; a backup made beside a server restores to what was there.
func TestVerifyBackupRestore(t *testing.T) {
	data, files, away := t.TempDir(), t.TempDir(), t.TempDir()
	must(t, data, "index", seedsFolder)
	if out := must(t, data, "verify"); !strings.Contains(out, "archive: 5 articles, 5 versions, change 5") || !strings.Contains(out, "index: change 5") {
		t.Errorf("%q", out)
	}
	s := serve(t, data)
	must(t, data, "verify")
	backup := filepath.Join(away, "b")
	if out := must(t, data, "backup", backup); !strings.Contains(out, "5 articles, change 5, the index at change 5") {
		t.Errorf("%q", out)
	}
	bare := filepath.Join(away, "bare")
	if out := must(t, data, "backup", "--no-index", bare); strings.Contains(out, "the index") {
		t.Errorf("%q", out)
	}
	if code, _, _ := kelisim(t, data, "backup", backup); code != 1 {
		t.Errorf("a backup over another: exit code %d", code)
	}
	must(t, data, "index", writeFile(t, files, "later.txt", " date 2025-11-19 Кейінгі келісім\nҮш."))
	s.stop()
	if code, _, errOut := kelisim(t, data, "restore", backup); code != 1 || !strings.Contains(errOut, "not empty") {
		t.Errorf("over articles: exit code %d, %q", code, errOut)
	}
	restored := filepath.Join(away, "data")
	must(t, restored, "restore", backup)
	index := contents(t, filepath.Join(restored, "index", "0001", "store"))
	if len(index) < 2 {
		t.Errorf("restored of the index are %d files", len(index))
	}
	again := serve(t, restored)
	if again.search(map[string][]string{}).Total != 5 || strings.Contains(again.log.String(), "anew") {
		t.Errorf("served is %s", again.log)
	}
	again.stop()
	for name, was := range contents(t, filepath.Join(restored, "index", "0001", "store")) {
		if filepath.Ext(name) == ".zap" && index[name] != was {
			t.Errorf("%s was built when it was opened", name)
		}
	}
	if out := must(t, restored, "search", "келісім"); !strings.Contains(out, "article") || strings.Contains(out, "later") {
		t.Errorf("%q", out)
	}
	must(t, restored, "verify")

	for _, pattern := range []string{"archive.sqlite", "index/0001/store/*.zap"} {
		found, _ := filepath.Glob(filepath.Join(data, pattern))
		if len(found) == 0 {
			t.Fatalf("no %s", pattern)
		}
		whole, err := os.ReadFile(found[0])
		if err != nil {
			t.Fatal(err)
		}
		harmed := append([]byte(nil), whole...)
		for i := len(harmed) / 2; i < len(harmed)/2+40; i++ {
			harmed[i] ^= 0xff
		}
		if err := os.WriteFile(found[0], harmed, 0o644); err != nil {
			t.Fatal(err)
		}
		if code, _, errOut := kelisim(t, data, "verify"); code != 1 || !strings.Contains(errOut, filepath.Base(found[0])) {
			t.Errorf("%s: exit code %d, %q", pattern, code, errOut)
		}
		if err := os.WriteFile(found[0], whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(backup, "archive.sqlite")
	os.Truncate(file, 5000)
	if code, _, errOut := kelisim(t, filepath.Join(away, "data2"), "restore", backup); code != 1 || !strings.Contains(errOut, "not what was backed up") {
		t.Errorf("a harmed backup: exit code %d, %q", code, errOut)
	}
	if entries, _ := os.ReadDir(away); len(entries) != 3 {
		t.Errorf("the restore that failed left something: %v", entries)
	}
}

// An index that is harmed in a backup, or not in it, is built from the archive; one that the archive went on from is brought up with it.
func TestRestoreWithoutIndex(t *testing.T) {
	data, away := t.TempDir(), t.TempDir()
	must(t, data, "index", seedsFolder)
	for what, harm := range map[string]func(segment string) error{
		"cut":  func(segment string) error { return os.Truncate(segment, 100) },
		"lost": os.Remove,
	} {
		backup, restored := filepath.Join(away, what), filepath.Join(away, what+" restored")
		must(t, data, "backup", backup)
		found, _ := filepath.Glob(filepath.Join(backup, "index", "0001", "store", "*.zap"))
		if len(found) == 0 {
			t.Fatal("no segments")
		}
		if err := harm(found[0]); err != nil {
			t.Fatal(err)
		}
		code, out, errOut := kelisim(t, restored, "restore", backup)
		if code != 0 || !strings.Contains(errOut, filepath.Base(found[0])) || !strings.Contains(errOut, "built from the archive") || strings.Contains(out, "the index") {
			t.Errorf("%s: exit code %d, %q %q", what, code, out, errOut)
		}
		if _, err := os.Stat(filepath.Join(restored, "index")); err == nil {
			t.Errorf("%s: the index is there", what)
		}
		if out := must(t, restored, "search", "келісім"); !strings.Contains(out, "article") {
			t.Errorf("%s: found is %q", what, out)
		}
	}
	if err := os.WriteFile(filepath.Join(data, "index", "CURRENT"), []byte("0009\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, _, errOut := kelisim(t, data, "backup", filepath.Join(away, "damaged")); code != 0 || !strings.Contains(errOut, "without the index") {
		t.Errorf("a damaged index: exit code %d, %q", code, errOut)
	}
}

// Killed while it backs up or restores, there is no half of a backup that passes for one, and the same restore goes on.
func TestKilledBackup(t *testing.T) {
	if testing.Short() {
		t.Skip("starts many processes")
	}
	rounds := 4
	if n, err := strconv.Atoi(os.Getenv("KELISIM_TORTURE")); err == nil {
		rounds = n
	}
	data, away := t.TempDir(), t.TempDir()
	must(t, data, "index", seedsFolder)
	killed := func(of time.Duration, data string, args ...string) {
		t.Helper()
		cmd := exec.Command(program(t), append([]string{"--data", data}, args...)...)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(rand.N(of))
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	whole := filepath.Join(away, "whole")
	began := time.Now()
	if code, _, errOut := process(t, data, "backup", whole); code != 0 {
		t.Fatal(errOut)
	}
	took, made, restored := time.Since(began), 0, 0
	for range rounds {
		one, there := filepath.Join(away, "one"), filepath.Join(away, "there")
		killed(took, data, "backup", one)
		switch code, _, errOut := kelisim(t, there, "restore", one); {
		case code == 0:
			made++
			must(t, there, "verify")
		case !strings.Contains(errOut, "no whole backup"):
			t.Errorf("a backup that was cut short: %s", errOut)
		}
		for _, name := range []string{one, there} {
			if err := os.RemoveAll(name); err != nil {
				t.Fatal(err)
			}
		}
		killed(took, there, "restore", whole)
		if code, _, _ := kelisim(t, there, "verify"); code == 0 {
			restored++
		} else {
			must(t, there, "restore", whole)
		}
		if out := must(t, there, "verify"); !strings.Contains(out, "index: change 5") {
			t.Errorf("restored is %q", out)
		}
		if err := os.RemoveAll(there); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d rounds: %d backups whole, %d restores", rounds, made, restored)
}

// A text that was damaged in the archive is one marked hit among the others, and the log names it.
func TestDamagedTextIsOneHit(t *testing.T) {
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	file := filepath.Join(data, "archive.sqlite")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	// A word of one article's text; the file keeps its form.
	i := strings.Index(string(raw), "Льеж")
	if i < 0 {
		t.Fatal("the text is not in the file as it is")
	}
	copy(raw[i:], "Xxxx")
	if err := os.WriteFile(file, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	s := serve(t, data)
	if got := s.search(map[string][]string{}); got.Total != 5 || len(got.Hits) != 5 {
		t.Errorf("%d articles, %d hits", got.Total, len(got.Hits))
	}
	if status, body := s.get("/?hl=en"); status != http.StatusOK || !strings.Contains(string(body), "is damaged in the archive") {
		t.Errorf("the list: %d", status)
	}
	if s.stop(); !strings.Contains(s.log.String(), "is not what was stored") {
		t.Errorf("the log says %s", s.log)
	}
}

// A signal ends index with what it has read stored, also where it waits for somebody to type.
func TestInterruptedIndex(t *testing.T) {
	data := t.TempDir()
	cmd := exec.Command(program(t), "--data", data, "index", "-")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// More than a batch, so that the first is stored while the run goes on.
	for i := range 600 {
		fmt.Fprintf(in, `{"id":"%d","title":"Келісім","body":"%s"}`+"\n", i, strings.Repeat("Мәтін. ", 50))
	}
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if code, out, _ := kelisim(t, data, "verify"); code == 0 && strings.Contains(out, "500 articles") {
			break
		}
		if time.Since(began) > patience {
			t.Fatal("nothing is stored")
		}
	}
	_ = cmd.Process.Signal(syscall.SIGTERM)
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-ended:
	case <-time.After(patience):
		_ = cmd.Process.Kill()
		t.Fatal("it does not end")
	}
	if code := cmd.ProcessState.ExitCode(); code != 1 || !strings.Contains(errOut.String(), "interrupted; 600 stored") && !strings.Contains(errOut.String(), "interrupted; 5") {
		t.Errorf("exit code %d, %q", code, errOut.String())
	}
	if out := must(t, data, "verify"); !strings.Contains(out, "whole") {
		t.Errorf("%q", out)
	}
}
