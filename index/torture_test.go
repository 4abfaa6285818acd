package index_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/enginetest"
	"kelisim/index/local"
)

// KELISIM_TORTURE is how many rounds each of these takes; «make torture» sets the long form. Without it they are few.
func rounds(t *testing.T, few int) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv("KELISIM_TORTURE"))
	if err != nil {
		return few
	}
	return n
}

// TestMain lets the test binary be the program that is killed.
func TestMain(m *testing.M) {
	if doing := os.Getenv("KELISIM_TEST_DOING"); doing != "" {
		if err := victim(context.Background(), doing, os.Getenv("KELISIM_TEST_DIR")); err != nil {
			fmt.Fprintln(os.Stderr, doing, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// plainly reads an article's words only: it is the storing that is tortured.
func plainly(a index.Article) *index.Record {
	r := enginetest.NewRecord(a.ID, a.Title, a.Body)
	r.Article = a
	return r
}

// opened opens the index of a data folder, builds it where it has to be, and brings it to what the archive holds.
func opened(ctx context.Context, a *archive.Archive, dir string) (*local.Engine, index.Keeper, error) {
	k := index.Keeper{Archive: a, Read: plainly}
	e, err := local.Open(filepath.Join(dir, "index"), 1)
	if err != nil {
		return nil, k, err
	}
	k.Engine = e
	if e.Stale() {
		err = e.Rebuild(ctx, func(n index.Engine) error {
			k := k
			k.Engine = n
			_, err := k.CatchUp(ctx, nil)
			return err
		})
	}
	if err == nil {
		_, err = k.CatchUp(ctx, nil)
	}
	return e, k, err
}

// victim does one thing for ever and tells after each step which change is stored, found or backed up.
func victim(ctx context.Context, doing, dir string) error {
	if doing == "follow" {
		a, err := archive.Open(ctx, dir)
		if err != nil {
			return err
		}
		e, k, err := opened(ctx, a, dir)
		if err != nil {
			return err
		}
		for {
			fmt.Println(e.Seq())
			if _, err := k.CatchUp(ctx, nil); err != nil {
				return err
			}
			time.Sleep(time.Millisecond)
		}
	}
	if doing == "backup" { // beside the one that indexes
		a, err := archive.Open(ctx, dir)
		if err != nil {
			return err
		}
		for round := 0; ; round++ {
			if err := backUp(ctx, a, filepath.Join(dir, "index"), filepath.Join(dir, fmt.Sprint("backup", round))); err != nil {
				return err
			}
			fmt.Println(0)
		}
	}
	a, err := archive.OpenWriter(ctx, dir)
	if err != nil {
		return err
	}
	var e *local.Engine
	var k index.Keeper
	if doing != "archive" {
		if e, k, err = opened(ctx, a, dir); err != nil {
			return err
		}
	}
	for {
		seq, err := a.Seq(ctx)
		if err != nil {
			return err
		}
		switch doing {
		case "index", "archive":
			var batch []index.Article
			for i := range 10 {
				n := seq + uint64(i) + 1
				batch = append(batch, index.Article{ID: fmt.Sprint(n), Title: "тақырып", Body: fmt.Sprintf("сөз n%d мәтін", n), Path: "/a.jsonl"})
			}
			// One that changes each time, so that old versions are deleted.
			batch = append(batch, index.Article{ID: "again", Body: fmt.Sprintf("n%d", seq), Path: "/b.txt"})
			if _, _, err = a.Put(ctx, batch, nil); err == nil && e != nil {
				_, err = k.CatchUp(ctx, nil)
			}
			seq += 11
		case "rebuild":
			err = e.Rebuild(ctx, func(n index.Engine) error {
				k := k
				k.Engine = n
				_, err := k.CatchUp(ctx, nil)
				return err
			})
		}
		if err != nil {
			return err
		}
		fmt.Println(seq)
	}
}

// backUp copies the index and the archive, and says last that it has.
func backUp(ctx context.Context, a *archive.Archive, from, to string) error {
	if err := os.Mkdir(to, 0o755); err != nil {
		return err
	}
	if _, err := local.Backup(ctx, from, filepath.Join(to, "index"), 1); err != nil {
		return err
	}
	if err := a.Backup(ctx, filepath.Join(to, "archive.sqlite")); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to, whole), nil, 0o644)
}

// whole is the file of a backup that was made to its end.
const whole = "WHOLE"

// begin starts a victim. ended gives the last change that it told, after its end.
func begin(t *testing.T, doing, dir string) (cmd *exec.Cmd, first <-chan struct{}, ended func() uint64) {
	t.Helper()
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "KELISIM_TEST_DOING="+doing, "KELISIM_TEST_DIR="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	told, last := make(chan struct{}), make(chan uint64, 1)
	go func() {
		seq, lines := uint64(0), bufio.NewReader(out)
		for n := 0; ; n++ {
			line, err := lines.ReadString('\n')
			if err == nil { // a line that was cut tells nothing
				if s, err := strconv.ParseUint(strings.TrimSpace(line), 10, 64); err == nil {
					seq = s
				}
			}
			if n == 0 {
				close(told)
			}
			if err != nil {
				last <- seq
				return
			}
		}
	}()
	return cmd, told, func() uint64 {
		seq := <-last
		_ = cmd.Wait() // killed
		return seq
	}
}

// holds checks a folder that a victim has left: the archive is whole and has what was told, the index opens, and comes to the same
// articles.
func holds(t *testing.T, dir string, told uint64, unbuilt bool) {
	t.Helper()
	ctx := t.Context()
	a, err := archive.Open(ctx, dir)
	if errors.Is(err, archive.ErrMissing) && told == 0 {
		return // killed before anything was
	}
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	sums, err := a.Verify(ctx, func(says string) { t.Error(says) })
	if err != nil {
		t.Fatal(err)
	}
	if sums.Seq < told {
		t.Fatalf("lost: the archive ends with change %d, %d was told", sums.Seq, told)
	}
	if e, err := local.Open(filepath.Join(dir, "index"), 1); err != nil {
		t.Fatal(err)
	} else {
		if err := e.Damage(); err != nil && !unbuilt {
			t.Errorf("cannot be opened: %v", err)
		}
		if e.Seq() > sums.Seq {
			t.Errorf("the index is ahead: %d, the archive %d", e.Seq(), sums.Seq)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
	e, _, err := opened(ctx, a, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	have, err := a.Roll(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if found, err := e.Roll(ctx); err != nil || found != have {
		t.Errorf("found are %+v, archived %+v, %v", found, have, err)
	}
	newest := fmt.Sprintf("n%d", sums.Seq-11)
	if sums.Seq < 11 {
		return
	}
	res, err := e.Search(ctx, index.Request{Tree: index.AnyTerm{Terms: []string{newest}}, Tab: index.Articles, Size: 3})
	if err != nil || res.Total == 0 {
		t.Errorf("the newest word %s finds %d articles, %v", newest, res.Total, err)
	}
}

// Killed at any moment, nothing that was told is lost, and everything opens.
func TestKilled(t *testing.T) {
	for _, doing := range []string{"index", "create", "rebuild", "backup"} {
		t.Run(doing, func(t *testing.T) {
			n := rounds(t, 5)
			if doing != "index" {
				n = (n + 2) / 3 // the three of them together are as many rounds
			}
			dir, backups := t.TempDir(), 0
			for round := range n {
				if doing == "create" {
					dir = t.TempDir()
				} else if doing != "index" && round == 0 {
					cmd, first, ended := begin(t, "index", dir)
					<-first
					time.Sleep(200 * time.Millisecond)
					_ = cmd.Process.Kill()
					ended()
				}
				does := doing
				if does == "create" || does == "backup" {
					does = "index"
				}
				cmd, first, ended := begin(t, does, dir)
				if doing != "create" {
					<-first
				}
				kill := func() uint64 { _ = cmd.Process.Kill(); return ended() }
				if doing == "backup" {
					beside, first, copied := begin(t, "backup", dir)
					if round%2 == 0 {
						<-first
					}
					kill = func() uint64 {
						_ = errors.Join(beside.Process.Kill(), cmd.Process.Kill())
						copied()
						return ended()
					}
				}
				time.Sleep(time.Duration(rand.IntN(120)) * time.Millisecond)
				holds(t, dir, kill(), false)
				backups += restores(t, dir)
				if t.Failed() {
					t.Fatalf("in round %d of %d", round+1, n)
				}
			}
			t.Logf("%d rounds, %d backups made to their end", n, backups)
		})
	}
}

// restores checks the backups that were made to their end, and removes all.
func restores(t *testing.T, dir string) (n int) {
	t.Helper()
	made, _ := filepath.Glob(filepath.Join(dir, "backup*"))
	for _, to := range made {
		if _, err := os.Stat(filepath.Join(to, whole)); err == nil {
			holds(t, to, 0, false)
			n++
		}
		if err := os.RemoveAll(to); err != nil {
			t.Error(err)
		}
	}
	return n
}

// The power is cut: what is left is what the file system had on its disk at that moment. The folder lies on a disk image; the victim
// is halted, the image copied as it is, and the copy mounted, which plays its journal back. It is large enough for a fast machine to
// write for a while: a full disk is another test's matter.
func TestPowerCut(t *testing.T) {
	for _, beside := range []bool{false, true} {
		t.Run(fmt.Sprintf("beside a server %v", beside), func(t *testing.T) {
			n := min(rounds(t, 3), 40)
			for round := range n {
				powerCut(t, beside)
				if t.Failed() {
					t.Fatalf("in round %d of %d", round+1, n)
				}
			}
			t.Logf("%d rounds", n)
		})
	}
}

func powerCut(t *testing.T, beside bool) {
	t.Helper()
	work, err := os.MkdirTemp("", "kelisim-power")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(work)
	image, disk := filepath.Join(work, "image"), filepath.Join(work, "disk")
	for _, args := range [][]string{{"truncate", "-s", "128M", image}, {"mkfs.ext4", "-q", "-F", "-m", "0", image}, {"mkdir", disk}, {"mount", "-o", "loop", image, disk}} {
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Skipf("no disk image can be mounted here (root, mkfs.ext4 and loop devices are needed): %s: %v %s", args[0], err, out)
		}
	}
	unmount := func() { // lazily: what was mapped is let go of when memory is collected
		if out, err := exec.Command("umount", "-l", disk).CombinedOutput(); err != nil {
			t.Fatalf("umount: %s", out)
		}
	}
	dir := filepath.Join(disk, "data")
	var victims []*exec.Cmd
	var ends []func() uint64
	start := func(doing string) {
		cmd, first, ended := begin(t, doing, dir)
		victims, ends = append(victims, cmd), append(ends, ended)
		<-first
	}
	if beside {
		start("archive")
		start("follow")
	} else {
		start("index")
	}
	time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
	for _, v := range victims {
		_ = v.Process.Signal(syscall.SIGSTOP)
	}
	cut := filepath.Join(work, "cut")
	err = copyImage(image, cut)
	told := uint64(0)
	for i, v := range victims {
		_ = v.Process.Kill()
		if seq := ends[i](); i == 0 {
			told = seq
		}
	}
	unmount()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-o", "loop", cut, disk).CombinedOutput(); err != nil {
		t.Fatalf("mount what is left: %s", out)
	}
	defer unmount()
	holds(t, dir, told, false)
}

func copyImage(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
