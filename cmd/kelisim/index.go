package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/local"
	"kelisim/index/source"
)

const (
	// A batch is one transaction: large enough that the disk's flush costs little, small enough for the memory.
	batchArticles = 500
	batchBytes    = 16 << 20
	// memoryAim makes the collector of memory work harder before it is reached: names and words take 110 MiB, the rest is of batches.
	memoryAim = 420 << 20 // bytes
	// collectAt lets garbage grow to three times what is used, as long as memoryAim is not reached: a program that ends need not be small on
	// its way. With an aim of 450 MiB and the usual 100 %, 300 articles of 20 kB took 6 % more of the processor's time and 50 MB more.
	collectAt = 300     // percent
	leastFree = 1 << 20 // bytes on the disk, beside what a batch takes
	// maxProblems keeps a file that is no list of articles from flooding the terminal; all are counted.
	maxProblems = 20 // told a file
)

func (a *app) indexCommand() *cobra.Command {
	var prune, asJSON, dry, fresh, yes, force bool
	var how forms
	c := &cobra.Command{
		Use:   "index PATH…",
		Short: "Read articles into the archive and the index",
		Long: `Index reads articles from files, folders, patterns ('news/*.csv') or standard input (-).

What a file is, its content tells: a text, whose first line may be « date YYYY-MM-DD Title»; JSON lines, a JSON array or the answer
of a service; CSV or TSV with a header; a saved web page; a WARC; all that packed with gzip or zstd, or in a zip archive. Columns
and keys are found by their usual names (id, url, outlet, lang, title, body, published; Заголовок, Мәтін …), or named with --map.
Letters may be in UTF-8, UTF-16 (JSON only where --encoding says so), windows-1251, KZ-1048, PTCP154, KOI8-R, IBM866, ISO-8859-5 or
x-mac-cyrillic. A wrong guess is set right with --as and --encoding.

What cannot be read is named on standard error, and the rest is read. A date that cannot be used is kept as typed, the article
undated. --dry-run prints what would be stored and every warning; warnings beyond the first ones are else only counted.

An article is known by its id. The same id from the same file is a new version of it; from another file it is refused while the
first is there. Reading the same articles twice changes nothing. Beside a running server, the server shows what is new.`,
		Example: "  kelisim index seeds/\n  kelisim index --map title=Шапка,body=Содержимое news.csv\n  kelisim index --dry-run --json pages/ | jq .title\n" +
			"  curl … | kelisim index -\n  kelisim index --prune articles/   # forget what is no longer in the folder",
		Args: needs("a file or a folder, or - for standard input"),
		RunE: func(cmd *cobra.Command, paths []string) error {
			if dry {
				return a.dryRun(cmd.Context(), paths, how, asJSON)
			}
			if err := a.mayWrite(cmd.Context(), fresh); err != nil {
				return err
			}
			aimMemory()
			return a.index(cmd.Context(), paths, how, pruning{prune, yes}, force, asJSON)
		},
	}
	how.flags(c)
	c.Flags().BoolVar(&prune, "prune", false, "remove the articles that came from these paths and are no longer there")
	c.Flags().BoolVar(&yes, "yes", false, "let --prune forget all articles of a path in which there are none now")
	c.Flags().BoolVar(&force, "force", false, "take in what was taken down with «kelisim remove»")
	c.Flags().BoolVar(&fresh, "new", false, "make a new archive where the old one is lost; the index begins anew")
	c.Flags().BoolVar(&dry, "dry-run", false, "print what would be stored, and store nothing; with --json as lines that index reads")
	c.Flags().BoolVar(&asJSON, "json", false, "report as JSON: a line a file, then one of sums")
	return c
}

// aimMemory has the collector of memory work for a run that indexes and ends. What the environment says goes before.
func aimMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryAim)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
}

// report is what came of an index run.
type report struct {
	Files     int            `json:"files"`
	Added     int            `json:"added"`
	Changed   int            `json:"changed"`
	Unchanged int            `json:"unchanged"`
	Failed    int            `json:"failed"`
	Removed   int            `json:"removed"`
	Seq       uint64         `json:"seq"`                // the archive's newest change
	Server    string         `json:"server,omitempty"`   // the address of the server that has the index open
	Shown     bool           `json:"shown,omitempty"`    // it shows what is new
	Why       string         `json:"why,omitempty"`      // why it does not
	Warnings  map[string]int `json:"warnings,omitempty"` // by their codes
	Aside     map[string]int `json:"aside,omitempty"`    // files of folders that were not read, by the endings of their names
	Problems  []problem      `json:"problems"`           // of what is no file, as a path that is not there
}

// fileReport is what came of a file.
type fileReport struct {
	Path      string         `json:"path"`
	Kind      string         `json:"kind,omitempty"`
	Encoding  string         `json:"encoding,omitempty"`
	Guessed   bool           `json:"guessed,omitempty"` // the encoding
	Packed    string         `json:"packed,omitempty"`
	Columns   string         `json:"columns,omitempty"`
	Added     int            `json:"added"`
	Changed   int            `json:"changed"`
	Unchanged int            `json:"unchanged"`
	Failed    int            `json:"failed"`
	Warnings  map[string]int `json:"warnings,omitempty"` // by their codes
	Problems  []problem      `json:"problems,omitempty"` // at most maxProblems
	read      bool           // to its end
}

type problem struct {
	Path  string `json:"path,omitempty"`
	Line  int    `json:"line,omitempty"`
	Error string `json:"error"`
}

// indexing is one run.
type indexing struct {
	*app
	archive *archive.Archive
	quiet   bool // problems go into the report only
	force   bool // what was taken down comes back
	report  report
	files   map[string]*fileReport // not yet reported
	order   []string               // of them
	kinds   map[string]int         // files of each kind
	bar     bar
	batch   []index.Article
	bytes   int
	warned  map[string]int      // warnings told of each code
	faulty  map[string]bool     // files and folders with problems
	seen    map[string]struct{} // ids read, where pruning needs them
}

// pruning is whether to remove what is no longer there, and whether that may be all.
type pruning struct{ on, yes bool }

func (a *app) index(ctx context.Context, paths []string, how forms, prune pruning, force, asJSON bool) error {
	x := &indexing{app: a, quiet: asJSON, force: force, files: map[string]*fileReport{}, kinds: map[string]int{}, warned: map[string]int{}, faulty: map[string]bool{},
		report: report{Problems: []problem{}, Warnings: map[string]int{}}}
	if prune.on {
		x.seen = map[string]struct{}{}
	}
	err := x.read(ctx, paths, how, prune)
	if err == nil {
		err = x.show(ctx)
	}
	x.reportFiles(true)
	if asJSON {
		if err := json.NewEncoder(a.out).Encode(x.report); err != nil {
			return err
		}
	} else if _, usage := errors.AsType[usageError](err); !usage {
		x.print(prune.on, err == nil)
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) && !asJSON {
		fmt.Fprintf(a.errOut, "kelisim: interrupted; %d stored, and the same command goes on\n", x.report.Added+x.report.Changed)
		return errReported
	}
	if err != nil {
		return err
	}
	if x.report.Failed > 0 {
		return errReported
	}
	return nil
}

// print is the summary for people.
func (x *indexing) print(prune, whole bool) {
	r := x.report
	line := fmt.Sprintf("added %d, changed %d, unchanged %d, failed %d", r.Added, r.Changed, r.Unchanged, r.Failed)
	if prune {
		line += fmt.Sprintf(", removed %d", r.Removed)
	}
	fmt.Fprintln(x.out, line)
	x.tellCounts(r.Warnings, r.Aside, true)
	if r.Added+r.Changed+r.Unchanged+r.Failed == 0 && whole {
		fmt.Fprintln(x.errOut, "kelisim: no articles there: «kelisim help index» names the kinds of files that are read")
	}
	if r.Server != "" {
		if r.Shown {
			fmt.Fprintf(x.out, "the server at %s shows them\n", r.Server)
		} else {
			fmt.Fprintf(x.out, "stored; the server at %s does not show them yet", r.Server)
			if r.Why != "" {
				fmt.Fprintf(x.out, " (%s)", r.Why)
			}
			fmt.Fprintln(x.out)
		}
	}
}

// tellCounts says how many warnings of each code there were, and what lay aside in folders.
func (a *app) tellCounts(warnings, aside map[string]int, hint bool) {
	if len(warnings) > 0 {
		more := ""
		if hint {
			more = " (--dry-run prints each)"
		}
		fmt.Fprintf(a.errOut, "kelisim: warnings: %s%s\n", countedBy(warnings), more)
	}
	if len(aside) > 0 {
		fmt.Fprintf(a.errOut, "kelisim: left aside in folders: %s\n", countedBy(aside))
	}
}

func countedBy(counts map[string]int) string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		name := k
		if name == "" {
			name = "no ending"
		}
		out = append(out, fmt.Sprintf("%d %s", counts[k], name))
	}
	return strings.Join(out, ", ")
}

// read brings the articles into the archive.
func (x *indexing) read(ctx context.Context, paths []string, how forms, prune pruning) (err error) {
	r := source.Reader{Stdin: x.in, Now: time.Now().UTC(), Fail: x.fail, Warn: x.warn, Done: x.done,
		Yield: func(a index.Article) error { return x.take(ctx, a) }}
	if err := how.set(&r); err != nil {
		return err
	}
	if x.archive, err = archive.OpenWriter(ctx, x.data); err != nil {
		return err
	}
	defer x.archive.Close()
	x.archive.Force = x.force
	x.bar = x.newBar("reading", source.Size(paths), "bytes")
	r.Bytes = x.bar.add
	err = r.Read(ctx, paths)
	if err == nil || ctx.Err() != nil {
		// After a signal, too: what was read is stored.
		err = errors.Join(err, x.flush(context.WithoutCancel(ctx)))
	}
	x.bar.end()
	x.report.Aside = r.Aside()
	if err == nil && prune.on {
		err = x.prune(ctx, paths, prune.yes)
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
	// SQLite writes a batch into its log, and the log back into the archive.
	if free, ok := local.Free(x.data); ok && free < 2*int64(x.bytes)+leastFree {
		return fmt.Errorf("the disk of %s is full: %.1f MiB are free; what was read before is stored, and the same command goes on", x.data, float64(free)/(1<<20))
	}
	outcomes, refused, err := x.archive.Put(ctx, x.batch, gone)
	if err != nil {
		return err
	}
	for i, o := range outcomes {
		f := x.fileOf(index.Origin(x.batch[i].Path))
		switch o {
		case archive.Added:
			x.report.Added++
			f.Added++
		case archive.Changed:
			x.report.Changed++
			f.Changed++
		case archive.Unchanged:
			x.report.Unchanged++
			f.Unchanged++
		case archive.Refused:
			x.fail(at(x.batch[i].Path, refused[i]))
			continue
		}
		if x.seen != nil {
			x.seen[x.batch[i].ID] = struct{}{}
		}
	}
	x.batch, x.bytes = x.batch[:0], 0
	x.reportFiles(false)
	return nil
}

func (x *indexing) fileOf(path string) *fileReport {
	f, ok := x.files[path]
	if !ok {
		f = &fileReport{Path: path}
		x.files[path] = f
		x.order = append(x.order, path)
	}
	return f
}

// maxKinds keeps folders of many files from flooding the terminal with what each is.
const maxKinds = 20

// done hears of a file that was read to its end.
func (x *indexing) done(f source.File) {
	r := x.fileOf(f.Path)
	r.Kind, r.Encoding, r.Guessed, r.Packed, r.Columns, r.read = string(f.Kind), f.Encoding, f.Guessed, f.Packed, f.Columns, true
	x.report.Files++
	if how := f.Choice(); how != "" && f.Articles > 0 {
		if x.kinds[how]++; x.kinds[how] == 1 && len(x.kinds) <= maxKinds {
			x.say("%s is read as %s; --as, --encoding and --map set another", f.Path, how)
		}
	}
}

// reportFiles forgets the files whose outcome is known, after a line of JSON of each where that is wanted. It is called when no
// article waits.
func (x *indexing) reportFiles(all bool) {
	var left []string
	for _, path := range x.order {
		f := x.files[path]
		if !f.read && !all {
			left = append(left, path)
			continue
		}
		if x.quiet && f.read {
			_ = json.NewEncoder(x.out).Encode(f)
		}
		if !f.read {
			x.report.Problems = append(x.report.Problems, f.Problems...)
		}
		delete(x.files, path)
	}
	x.order = left
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
	path := index.Origin(p.Path)
	f := x.fileOf(path)
	x.report.Failed++
	f.Failed++
	x.faulty[path] = true
	switch {
	case f.Failed <= maxProblems:
		f.Problems = append(f.Problems, problem{path, p.Line, p.Err.Error()})
		x.say("%v", p)
	case f.Failed == maxProblems+1:
		x.say("%s: more lines like these; they are counted, not named", p.Path)
	}
}

// maxWarned is how many warnings of a code are told.
const maxWarned = 5

func (x *indexing) warn(p source.Problem) {
	f := x.fileOf(index.Origin(p.Path))
	if f.Warnings == nil {
		f.Warnings = map[string]int{}
	}
	f.Warnings[p.Code]++
	x.report.Warnings[p.Code]++
	if x.warned[p.Code]++; x.warned[p.Code] <= maxWarned {
		x.say("%v", p)
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
func (x *indexing) prune(ctx context.Context, paths []string, yes bool) error {
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
	// A folder that is not mounted looks empty.
	if len(x.seen) == 0 && len(away) > 0 && !yes {
		return fmt.Errorf("no article was read, so --prune would forget all %d that came from %s; nothing was forgotten. --yes does it", len(away), strings.Join(paths, " "))
	}
	x.report.Removed, err = x.archive.Remove(ctx, away)
	return err
}
