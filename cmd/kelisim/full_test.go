package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"kelisim/index"
)

// smallDisk mounts a small disk of its own, where this machine may.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted here (root and Linux's tmpfs are needed): %s", out)
	}
	t.Cleanup(func() { _ = exec.Command("umount", "-l", dir).Run() })
	return dir
}

// fillUp leaves so many bytes free on a disk.
func fillUp(t *testing.T, disk string, leave int) {
	t.Helper()
	name := filepath.Join(disk, "filler")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for block := make([]byte, 64<<10); ; n += len(block) {
		if _, err := f.Write(block); err != nil {
			break
		}
	}
	if err := f.Truncate(int64(max(0, n-leave))); err != nil {
		t.Fatal(err)
	}
}

// worked is the time that this process has worked.
func worked(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Skip("the system does not tell how long a process has worked")
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// total is how many articles are found; -1 where that is not told.
func (s *served) total() int {
	code, body := s.get("/api/v1/search?size=1")
	n := -1
	if _, err := fmt.Sscanf(body, `{"total":%d`, &n); code != http.StatusOK || err != nil {
		return -1
	}
	return n
}

// until waits for something that must happen soon.
func (s *served) until(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for began := time.Now(); !happened(); time.Sleep(50 * time.Millisecond) {
		if time.Since(began) > 3*time.Minute {
			t.Fatalf("%s: not yet\n%s", what, s.log)
		}
	}
}

func text(t *testing.T, name, content string) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// On a disk with too little room for the index what is there is searched, readyz, index, the log and the foot of the page say what is
// not, nothing is worked for nothing, and it goes on by itself when there is room. On one that is quite full serve and search begin.
func TestFullDisk(t *testing.T) {
	disk := smallDisk(t, "64m")
	data := filepath.Join(disk, "data")
	if code, said := command(data, "index", "../../seeds"); code != 0 {
		t.Fatal(said)
	}
	fillUp(t, disk, 10<<20)
	s, err := serving(t, data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.stop()
	web := httptest.NewServer(s.handler)
	defer web.Close()
	if err := s.engine.SetAddress(web.Listener.Addr().String()); err != nil {
		t.Fatal(err)
	}
	if n := s.total(); n != 5 {
		t.Errorf("%d articles are found", n)
	}
	one := text(t, "one.txt", " date 2025-11-17 Бірінші келісім\nБір.")
	code, said := command(data, "index", one)
	if code != 0 || !strings.Contains(said, "does not show them yet (the disk is full)") {
		t.Errorf("index: exit code %d, %q", code, said)
	}
	if status, body := s.get("/readyz"); status != http.StatusServiceUnavailable || !strings.Contains(body, "the disk is full\n1 changes are not shown") {
		t.Errorf("readyz: %d %s", status, body)
	}
	if _, body := s.get("/?hl=en"); !strings.Contains(body, "1 newer change is not shown yet: the disk of the server is full") {
		t.Error("the foot of the page does not tell")
	}
	before, began := worked(t), time.Now()
	time.Sleep(6 * time.Second)
	if share := 100 * float64(worked(t)-before) / float64(time.Since(began)); share >= 5 {
		t.Errorf("it works %.1f %% of the time for nothing", share)
	} else {
		t.Logf("it works %.1f %% of the time", share)
	}
	if n := s.total(); n != 5 {
		t.Errorf("%d articles are found", n)
	}
	if err := os.Remove(filepath.Join(disk, "filler")); err != nil {
		t.Fatal(err)
	}
	began = time.Now()
	s.until(t, "the new article is shown", func() bool { return s.total() == 6 })
	t.Logf("it goes on after %v", time.Since(began).Round(100*time.Millisecond))
	s.until(t, "readyz is well", func() bool { status, _ := s.get("/readyz"); return status == http.StatusOK })
	s.stop()
	if log := s.log.String(); strings.Count(log, "is full") != 1 || !strings.Contains(log, "follows the archive again") {
		t.Errorf("the log says %s", log)
	}

	fillUp(t, disk, 0)
	still := func(where string) {
		t.Helper()
		s, err := serving(t, data)
		if err != nil {
			t.Fatalf("serve %s: %v", where, err)
		}
		if n := s.total(); n != 6 {
			t.Errorf("%s %d articles are found", where, n)
		}
		if status, body := s.get("/readyz"); status != http.StatusServiceUnavailable {
			t.Errorf("%s readyz says %d %s", where, status, body)
		}
		s.stop()
		if code, said := command(data, "search", "келісім"); code != 0 || !strings.Contains(said, "one") {
			t.Errorf("search %s: exit code %d, %q", where, code, said)
		}
	}
	still("on a full disk")
	if code, said := command(data, "index", text(t, "two.txt", " date 2025-11-18 Екінші келісім\nЕкі.")); code != 1 || !strings.Contains(said, "is full") {
		t.Errorf("index on a full disk: exit code %d, %q", code, said)
	}
	if err := exec.Command("mount", "-o", "remount,ro", disk).Run(); err != nil {
		t.Skip("the disk cannot be made read-only")
	}
	still("in a read-only folder")
}

// A disk that becomes full while the index is built anew, because an editor's corrections changed or because it was damaged: what is
// there is searched, or it is said that there is nothing; of the new one nothing is left, nothing is worked for nothing, and it is built
// by itself when there is room.
func TestFullDiskRebuilding(t *testing.T) {
	disk := smallDisk(t, "64m")
	data := filepath.Join(disk, "data")
	const all = 1200 // articles: three batches
	var lines strings.Builder
	for i := range all {
		fmt.Fprintf(&lines, "{\"id\":\"n%d\",\"title\":\"Сөз\",\"body\":\"Мәтін %d\",\"published\":\"2025-11-17\"}\n", i, i)
	}
	if code, said := command(data, "index", text(t, "many.jsonl", lines.String())); code != 0 {
		t.Fatal(said)
	}
	generations := func() string {
		names, _ := filepath.Glob(filepath.Join(data, "index", "0*"))
		for i := range names {
			names[i] = filepath.Base(names[i])
		}
		return strings.Join(names, " ")
	}
	if err := os.WriteFile(filepath.Join(data, corrections), []byte("# none yet\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, damaged := range []bool{false, true} {
		if damaged && testing.Short() {
			continue
		}
		var read atomic.Int64
		s, err := servingWith(t, data, pace{followEvery, slowest}, func(s *site) {
			plainly := s.keeper.Read
			s.keeper.Read = func(a index.Article) *index.Record {
				if read.Add(1) == all/2 {
					fillUp(t, disk, 0)
				}
				return plainly(a)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		before, found := generations(), all
		if damaged {
			s.engine.Distrust(errors.New("a test"))
			found = -1 // 503
		}
		s.until(t, "readyz says that the disk is full", func() bool {
			status, body := s.get("/readyz")
			return status == http.StatusServiceUnavailable && strings.Contains(body, "the disk is full")
		})
		if n := s.total(); n != found {
			t.Errorf("damaged %v: %d articles are found", damaged, n)
		}
		if now := generations(); now != before && !damaged || now != "" && damaged {
			t.Errorf("damaged %v: %s lie there, before %s", damaged, now, before)
		}
		work, began := worked(t), time.Now()
		time.Sleep(4 * time.Second)
		if share := 100 * float64(worked(t)-work) / float64(time.Since(began)); share >= 5 {
			t.Errorf("it works %.1f %% of the time for nothing", share)
		} else {
			t.Logf("it works %.1f %% of the time", share)
		}
		if n := s.total(); n != found {
			t.Errorf("damaged %v: %d articles are found", damaged, n)
		}
		if err := os.Remove(filepath.Join(disk, "filler")); err != nil {
			t.Fatal(err)
		}
		began = time.Now()
		s.until(t, "it is built anew", func() bool {
			status, _ := s.get("/readyz")
			return status == http.StatusOK && !s.engine.Stale() && s.total() == all
		})
		t.Logf("built %v after there was room", time.Since(began).Round(100*time.Millisecond))
		s.stop()
		if code, said := command(data, "verify"); code != 0 || generations() == before {
			t.Errorf("damaged %v: %s lie there, %s", damaged, generations(), said)
		}
	}
}

// A backup and a restore for which there is no room say so and leave nothing; what was there is as it was.
func TestFullDiskBackup(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	if code, said := command(data, "index", "../../seeds"); code != 0 {
		t.Fatal(said)
	}
	disk := smallDisk(t, "2m")
	whole := filepath.Join(t.TempDir(), "whole")
	if code, said := command(data, "backup", whole); code != 0 {
		t.Fatal(said)
	}
	for _, leave := range []int{0, 40 << 10, 100 << 10} {
		fillUp(t, disk, leave)
		for _, c := range []struct {
			data string
			args []string
		}{{data, []string{"backup", filepath.Join(disk, "b")}}, {filepath.Join(disk, "new"), []string{"restore", whole}}} {
			code, said := command(c.data, c.args...)
			if code != 1 || !strings.Contains(said, "full") && !strings.Contains(said, "no space left") {
				t.Errorf("%s with %d bytes free: exit code %d, %q", c.args[0], leave, code, said)
			}
		}
		if left, err := os.ReadDir(disk); err != nil || len(left) != 1 {
			t.Errorf("with %d bytes free there are %v, %v", leave, left, err)
		}
	}
	if err := os.Remove(filepath.Join(disk, "filler")); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"backup", filepath.Join(disk, "b")}, {"verify"}} {
		if code, said := command(data, args...); code != 0 {
			t.Errorf("%s with room: %s", args[0], said)
		}
	}
	// A data folder may be a disk of its own, as those of containers are, and a restore before may have been cut short.
	own := smallDisk(t, "2m")
	if err := os.MkdirAll(filepath.Join(own, restoringName), 0o755); err != nil {
		t.Fatal(err)
	}
	if code, said := command(own, "restore", whole); code != 0 || !strings.Contains(said, "5 articles") {
		t.Errorf("restore onto a disk: %s", said)
	}
	if left, err := os.ReadDir(own); err != nil || len(left) != 2 {
		t.Errorf("restored are %v, %v", left, err)
	}
}

// What a file states of its date, and how it was read, stand on the article's page.
func TestProvenanceIsShown(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	lines := text(t, "a.csv", "id;title;body;published\nd1;Форум;Форум өтті.;вчера, 16:22\n")
	if code, said := command(data, "index", lines); code != 0 {
		t.Fatal(said)
	}
	s, err := serving(t, data)
	if err != nil {
		t.Fatal(err)
	}
	defer s.stop()
	for hl, want := range map[string]string{"kk": "Көрсетілген күні (қолданылмады)", "ru": "Дата, как указана (не использована)", "en": "Date as stated (not used)"} {
		if code, page := s.get("/article/d1?hl=" + hl); code != http.StatusOK || !strings.Contains(page, want) || !strings.Contains(page, "вчера, 16:22") || !strings.Contains(page, "CSV") {
			t.Errorf("%s: %d, %v", hl, code, strings.Contains(page, "вчера, 16:22"))
		}
	}
}
