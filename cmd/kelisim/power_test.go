package main_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The power is cut while a backup is made, or one is restored, onto a disk: what is left is what the file system had brought to it. There is no
// half of a backup that passes for a whole one, one that was told is whole, and the same restore can be done again. In index is the same of
// indexing.
func TestPowerCutBackup(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes and mounts disks")
	}
	rounds := 1
	if n, err := strconv.Atoi(os.Getenv("KELISIM_TORTURE")); err == nil {
		rounds = min(n, 40)
	}
	data, whole := t.TempDir(), filepath.Join(t.TempDir(), "whole")
	must(t, data, "index", seedsFolder)
	must(t, data, "backup", whole)
	restores := func(t *testing.T, from string) (whole bool) {
		t.Helper()
		there := filepath.Join(t.TempDir(), "there")
		code, _, errOut := kelisim(t, there, "restore", from)
		if code != 0 {
			if !strings.Contains(errOut, "no whole backup") {
				t.Errorf("a backup that was cut short: %s", errOut)
			}
			return false
		}
		if out := must(t, there, "verify"); !strings.Contains(out, "archive: 5 articles") || !strings.Contains(out, "index: change 5") {
			t.Errorf("restored is %q", out)
		}
		return true
	}
	for _, c := range []struct {
		doing string
		args  func(disk string) []string
		holds func(t *testing.T, disk string) bool // whether it was done to its end
	}{
		{"backup", func(disk string) []string { return []string{"--data", data, "backup", filepath.Join(disk, "made")} },
			func(t *testing.T, disk string) bool { return restores(t, filepath.Join(disk, "made")) }},
		{"restore", func(disk string) []string { return []string{"--data", filepath.Join(disk, "made"), "restore", whole} },
			func(t *testing.T, disk string) bool {
				there := filepath.Join(disk, "made")
				code, _, errOut := kelisim(t, there, "verify")
				if code != 0 {
					if !strings.Contains(errOut, "restore") && !strings.Contains(errOut, "no articles") {
						t.Errorf("half of a restore: %s", errOut)
					}
					must(t, there, "restore", whole)
				}
				if out := must(t, there, "verify"); !strings.Contains(out, "archive: 5 articles") || !strings.Contains(out, "index: change 5") {
					t.Errorf("restored is %q", out)
				}
				return code == 0
			}},
	} {
		t.Run(c.doing, func(t *testing.T) {
			took, ended := time.Duration(0), 0
			for round := range rounds + 1 {
				d := diskImage(t)
				cmd := exec.Command(program(t), c.args(d.dir)...)
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				over := make(chan error, 1)
				go func() { over <- cmd.Wait() }()
				told, exited := false, false
				wait := func(most time.Duration) {
					select {
					case err := <-over:
						told, exited = err == nil, true
					case <-time.After(most):
					}
				}
				// To start takes longer than to do it: the time counts from where something is on the disk.
				for begun := false; !begun && !exited; {
					_, err := os.Stat(filepath.Join(d.dir, "made"))
					begun = !errors.Is(err, fs.ErrNotExist)
					wait(time.Millisecond)
				}
				if began := time.Now(); round == 0 {
					wait(patience) // to its end, once: what is told is there
					took = time.Since(began)
				} else if !exited {
					wait(rand.N(took) >> rand.IntN(6)) // the first has it slower
				}
				if !exited {
					_ = cmd.Process.Signal(syscall.SIGSTOP)
				}
				d.cut(t, func() { _ = cmd.Process.Kill() })
				if c.holds(t, d.dir) {
					ended++
				} else if told {
					t.Errorf("it said that it was done, and is not")
				}
				d.unmount()
				if t.Failed() {
					t.Fatalf("in round %d of %d", round, rounds)
				}
			}
			t.Logf("%d rounds, %d done to their end", rounds+1, ended)
		})
	}
}

// image is a disk whose power can be cut.
type image struct{ file, dir string }

func diskImage(t *testing.T) image {
	t.Helper()
	work := t.TempDir()
	d := image{filepath.Join(work, "image"), filepath.Join(work, "disk")}
	for _, args := range [][]string{{"truncate", "-s", "32M", d.file}, {"mkfs.ext4", "-q", "-F", "-m", "0", d.file}, {"mkdir", d.dir}, {"mount", "-o", "loop", d.file, d.dir}} {
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
			t.Skipf("no disk image can be mounted here (root, mkfs.ext4 and loop devices are needed): %s: %v %s", args[0], err, out)
		}
	}
	t.Cleanup(d.unmount)
	return d
}

// cut leaves in the folder what the disk has at this moment; after is called when that is kept.
func (d image) cut(t *testing.T, after func()) {
	t.Helper()
	out, err := exec.Command("cp", "--sparse=always", d.file, d.file+".cut").CombinedOutput()
	after()
	d.unmount()
	if err == nil {
		out, err = exec.Command("mount", "-o", "loop", d.file+".cut", d.dir).CombinedOutput()
	}
	if err != nil {
		t.Fatal(fmt.Errorf("mount what is left: %w: %s", err, out))
	}
}

// unmount is lazy: what was mapped is let go of when memory is collected.
func (d image) unmount() { _ = exec.Command("umount", "-l", d.dir).Run() }
