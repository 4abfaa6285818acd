package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/source"
)

const (
	// A batch is one transaction: large enough that the disk's flush costs little, small enough for the memory.
	batchArticles = 500
	batchBytes    = 16 << 20
	// maxProblems keeps a file that is no list of articles from flooding the terminal; all are counted.
	maxProblems = 20 // told a file
)

func (a *app) indexCommand() *cobra.Command {
	var prune, asJSON bool
	c := &cobra.Command{
		Use:   "index PATH…",
		Short: "Read articles into the archive and the index",
		Long: `Index reads articles from files, folders (their .txt, .jsonl and .ndjson files) or standard input (-, as JSON lines).

A .txt file is one article: its first line « date YYYY-MM-DD Title», then a paragraph a line. A line of JSON has the keys
id, url, outlet, lang, title, body, published. What cannot be read is named on standard error, and the rest is read.

An article is known by its id. The same id from the same file is a new version of it; from another file it is refused while the
first is there. Reading the same articles twice changes nothing. Beside a running server, the server shows what is new.`,
		Example: "  kelisim index seeds/\n  zcat news.jsonl.gz | kelisim index -\n  kelisim index --prune articles/   # forget what is no longer in the folder",
		Args:    needs("a file or a folder, or - for standard input"),
		RunE: func(cmd *cobra.Command, paths []string) error {
			return a.index(cmd.Context(), paths, prune, asJSON)
		},
	}
	c.Flags().BoolVar(&prune, "prune", false, "remove the articles that came from these paths and are no longer there")
	c.Flags().BoolVar(&asJSON, "json", false, "report as one JSON object")
	return c
}

// report is what came of an index run.
type report struct {
	Added     int       `json:"added"`
	Changed   int       `json:"changed"`
	Unchanged int       `json:"unchanged"`
	Failed    int       `json:"failed"`
	Removed   int       `json:"removed"`
	Seq       uint64    `json:"seq"`              // the archive's newest change
	Server    string    `json:"server,omitempty"` // the address of the server that shows what is new
	Problems  []problem `json:"problems"`         // at most maxProblems a file
}

type problem struct {
	Path  string `json:"path"`
	Line  int    `json:"line,omitempty"`
	Error string `json:"error"`
}

// indexing is one run.
type indexing struct {
	*app
	archive *archive.Archive
	quiet   bool // problems go into the report only
	report  report
	bar     bar
	batch   []index.Article
	bytes   int
	told    map[string]int      // problems told of each file
	faulty  map[string]bool     // files and folders with problems
	seen    map[string]struct{} // ids read, where pruning needs them
}

func (a *app) index(ctx context.Context, paths []string, prune, asJSON bool) error {
	x := &indexing{app: a, quiet: asJSON, told: map[string]int{}, faulty: map[string]bool{}, report: report{Problems: []problem{}}}
	if prune {
		x.seen = map[string]struct{}{}
	}
	err := x.read(ctx, paths, prune)
	if err == nil {
		err = x.show(ctx)
	}
	if asJSON {
		if err := json.NewEncoder(a.out).Encode(x.report); err != nil {
			return err
		}
	} else {
		line := fmt.Sprintf("added %d, changed %d, unchanged %d, failed %d", x.report.Added, x.report.Changed, x.report.Unchanged, x.report.Failed)
		if prune {
			line += fmt.Sprintf(", removed %d", x.report.Removed)
		}
		fmt.Fprintln(a.out, line)
		if x.report.Added+x.report.Changed+x.report.Unchanged+x.report.Failed == 0 && err == nil {
			fmt.Fprintln(a.errOut, "kelisim: no articles there: folders are searched for .txt, .jsonl and .ndjson files")
		}
		if x.report.Server != "" {
			fmt.Fprintf(a.out, "the server at %s shows them\n", x.report.Server)
		}
	}
	if err != nil {
		return err
	}
	if x.report.Failed > 0 {
		return errReported
	}
	return nil
}

// read brings the articles into the archive.
func (x *indexing) read(ctx context.Context, paths []string, prune bool) (err error) {
	if x.archive, err = archive.OpenWriter(ctx, x.data); err != nil {
		return err
	}
	defer x.archive.Close()
	x.bar = x.newBar("reading", source.Size(paths), "bytes")
	r := source.Reader{Stdin: x.in, Now: time.Now().UTC(), Fail: x.fail, Bytes: x.bar.add,
		Yield: func(a index.Article) error { return x.take(ctx, a) }}
	err = r.Read(ctx, paths)
	if err == nil {
		err = x.flush(ctx)
	}
	x.bar.end()
	if err == nil && prune {
		err = x.prune(ctx, paths)
	}
	if seq, seqErr := x.archive.Seq(context.WithoutCancel(ctx)); seqErr == nil {
		x.report.Seq = seq
	}
	return err
}

func (x *indexing) take(ctx context.Context, a index.Article) error {
	x.batch = append(x.batch, a)
	x.bytes += len(a.Body)
	if len(x.batch) < batchArticles && x.bytes < batchBytes {
		return nil
	}
	return x.flush(ctx)
}

func (x *indexing) flush(ctx context.Context) error {
	outcomes, refused, err := x.archive.Put(ctx, x.batch, gone)
	if err != nil {
		return err
	}
	for i, o := range outcomes {
		switch o {
		case archive.Added:
			x.report.Added++
		case archive.Changed:
			x.report.Changed++
		case archive.Unchanged:
			x.report.Unchanged++
		case archive.Refused:
			x.fail(at(x.batch[i].Path, refused[i]))
			continue
		}
		if x.seen != nil {
			x.seen[x.batch[i].ID] = struct{}{}
		}
	}
	x.batch, x.bytes = x.batch[:0], 0
	return nil
}

// at says where a recorded path lies, with its line of JSONL.
func at(path string, err error) source.Problem {
	p := source.Problem{Path: index.Origin(path), Err: err}
	if line, ok := strings.CutPrefix(path, p.Path+"#"); ok {
		p.Line, _ = strconv.Atoi(line)
	}
	return p
}

// gone reports whether a file that articles came from is no longer there. Standard input and addresses are never gone.
func gone(origin string) bool {
	if len(origin) == 0 || origin[0] != os.PathSeparator {
		return false
	}
	_, err := os.Lstat(origin)
	return os.IsNotExist(err)
}

func (x *indexing) fail(p source.Problem) {
	x.report.Failed++
	x.faulty[index.Origin(p.Path)] = true
	x.told[index.Origin(p.Path)]++
	switch n := x.told[index.Origin(p.Path)]; {
	case n <= maxProblems:
		x.report.Problems = append(x.report.Problems, problem{p.Path, p.Line, p.Err.Error()})
		x.say("%v", p)
	case n == maxProblems+1:
		x.say("%s: more lines like these; they are counted, not named", p.Path)
	}
}

// say writes a line to standard error without breaking the progress bar.
func (x *indexing) say(format string, args ...any) {
	if !x.quiet {
		x.bar.clear()
		fmt.Fprintf(x.errOut, "kelisim: "+format+"\n", args...)
	}
}

// prune removes what came from under paths and was not read now. What could not be read is no reason to forget its article.
func (x *indexing) prune(ctx context.Context, paths []string) error {
	var under, broken []string
	for _, p := range paths {
		if c, err := source.Canonical(p); err == nil && p != source.Stdin {
			under = append(under, c)
		}
	}
	for p := range x.faulty {
		broken = append(broken, p)
	}
	var away []string
	err := x.archive.Origins(ctx, func(id, origin string) {
		if _, ok := x.seen[id]; !ok && source.Under(origin, under) && !source.Under(origin, broken) {
			away = append(away, id)
		}
	})
	if err != nil {
		return err
	}
	x.report.Removed, err = x.archive.Remove(ctx, away)
	return err
}
