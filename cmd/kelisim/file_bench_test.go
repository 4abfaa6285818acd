package main_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"kelisim/index"
	"kelisim/index/enginetest"
	"kelisim/index/source"
	"kelisim/seeds"
)

// BenchmarkFile is `make bench-file`: what a large file costs the real binary, read into an empty data folder and once more with nothing
// changed: processor's time and memory at most. KELISIM_BENCH_BYTES is the file's size (20 MB); its articles are of 20 kB, and tell of the
// universities of the table that have names in both languages, some often and most seldom. KELISIM_BENCH_FEW=1 has them tell of a few dozen; KELISIM_BENCH_SAME=1 has them be the seed articles, again and again: each
// agreement is told by ten thousands of articles. KELISIM_BENCH_SAME=days gives each of those a day of six years.
func BenchmarkFile(b *testing.B) {
	size := 20_000_000
	if n, err := strconv.Atoi(os.Getenv("KELISIM_BENCH_BYTES")); err == nil {
		size = n
	}
	dir := b.TempDir()
	path := filepath.Join(dir, "articles.jsonl")
	n, err := generatedFile(path, size)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d articles, %d bytes", n, size)
	for range b.N {
		data, first := filepath.Join(dir, "data"), 0.
		for _, run := range []string{"first", "again"} {
			cmd := exec.CommandContext(b.Context(), program(b), "--data", data, "index", path)
			out, err := cmd.CombinedOutput()
			if err != nil {
				b.Fatalf("%v: %s", err, out)
			}
			state := cmd.ProcessState
			used := (state.UserTime() + state.SystemTime()).Seconds()
			b.ReportMetric(used, run+"-CPU-s")
			if u, ok := state.SysUsage().(*syscall.Rusage); ok {
				b.ReportMetric(float64(u.Maxrss)/1000, run+"-MB") // Linux counts in kB
			}
			if run == "first" {
				first = used
			} else {
				b.ReportMetric(100*used/first, "again-%")
			}
			said := strings.Split(strings.TrimSpace(string(out)), "\n")
			b.Logf("%s: %s", run, said[len(said)-1])
		}
		if err := os.RemoveAll(data); err != nil {
			b.Fatal(err)
		}
	}
}

// generatedFile writes so many bytes of invented articles as JSON lines, of 20 kB each, and gives their number.
func generatedFile(path string, size int) (n int, err error) {
	article, least := enginetest.Article, 20_000
	if same := os.Getenv("KELISIM_BENCH_SAME"); same != "" {
		if article, err = again(same == "days"); err != nil {
			return 0, err
		}
		least = 1
	} else if os.Getenv("KELISIM_BENCH_FEW") == "" {
		home, abroad, err := universities()
		if err != nil {
			return 0, err
		}
		article = func(seed uint64, i int) index.Article {
			return enginetest.ArticleAmong(seed, i, seldom(home), seldom(abroad))
		}
	}
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriter(f)
	lines := json.NewEncoder(w)
	for written, i := 0, 0; written < size && err == nil; n++ {
		a := article(1, i)
		var body strings.Builder
		for body.Len() < least {
			fmt.Fprintln(&body, article(1, i).Body)
			i++
		}
		written += body.Len()
		err = lines.Encode(map[string]string{"id": fmt.Sprint("large-", n), "title": a.Title, "body": body.String(), "date": a.Published.String()})
	}
	return n, errors.Join(err, w.Flush(), f.Close())
}

// again gives the seed articles in turn, of their own days or of any.
func again(anyDay bool) (func(seed uint64, i int) index.Article, error) {
	entries, err := seeds.Files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var all []index.Article
	for _, e := range entries {
		data, err := seeds.Files.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		a, _, err := source.Seed(e.Name(), data)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return func(seed uint64, i int) index.Article {
		a := all[i%len(all)]
		if anyDay {
			a.Published = index.Day(18_000 + rand.New(rand.NewPCG(seed, uint64(i))).IntN(6*365))
		}
		return a
	}, nil
}

// seldom draws the first of some names often and the last seldom, by Zipf's law.
func seldom(of [][2]string) enginetest.Draw {
	return func(r *rand.Rand) [2]string { return of[rand.NewZipf(r, 1.1, 1, uint64(len(of)-1)).Uint64()] }
}

// universities are those of the table that have a Kazakh and a Russian name, in Kazakhstan and elsewhere.
func universities() (home, abroad [][2]string, err error) {
	f, err := os.Open("../../analysis/names/data/institutions.tsv")
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	for sc := bufio.NewScanner(f); sc.Scan(); {
		cells := strings.Split(sc.Text(), "\t") // id, country, kind, name_kk, name_ru
		if len(cells) < 5 || cells[2] != "university" || cells[3] == "" || cells[4] == "" {
			continue
		}
		if cells[1] == "KZ" {
			home = append(home, [2]string{cells[3], cells[4]})
		} else {
			abroad = append(abroad, [2]string{cells[3], cells[4]})
		}
	}
	return home, abroad, nil
}
