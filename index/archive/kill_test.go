package archive_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/index"
	"kelisim/index/archive"
)

// TestMain lets the test binary be the program that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("KELISIM_ARCHIVE"); dir != "" {
		if err := fill(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// fill puts 300 articles in batches of 10 and tells each batch.
func fill(dir string) error {
	ctx := context.Background()
	a, err := archive.OpenWriter(ctx, dir)
	if err != nil {
		return err
	}
	defer a.Close()
	for i := 0; i < 300; i += 10 {
		var batch []index.Article
		for j := i; j < i+10; j++ {
			batch = append(batch, article(fmt.Sprintf("%03d", j), fmt.Sprint("мәтін ", j), "/a.jsonl"))
		}
		if _, _, err := a.Put(ctx, batch, nil); err != nil {
			return err
		}
		fmt.Println(i)
	}
	return nil
}

// A writer that is killed leaves whole batches. What it had not written comes with the next run, and then the archive is as
// if nothing had happened.
func TestKilledWriter(t *testing.T) {
	undisturbed := t.TempDir()
	run(t, undisturbed, -1)
	want := history(t, writer(t, undisturbed))
	for _, after := range []int{0, 1, 7, 20} {
		dir := t.TempDir()
		run(t, dir, after)
		killed := writer(t, dir)
		if n := len(history(t, killed)); n%10 != 0 || n > 300 {
			t.Errorf("killed after %d batches: %d articles, which is no whole batch", after, n)
		}
		killed.Close()
		run(t, dir, -1)
		if diff := cmp.Diff(want, history(t, writer(t, dir))); diff != "" {
			t.Errorf("killed after %d batches: %s", after, diff)
		}
	}
}

// run fills an archive in a process of its own and kills it after some batches; never where after is negative.
func run(t *testing.T, dir string, after int) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "KELISIM_ARCHIVE="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; lines.Scan(); n++ {
		if n == after {
			_ = cmd.Process.Kill()
		}
	}
	if err := cmd.Wait(); err != nil && after < 0 {
		t.Fatal(err)
	}
}
