package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/fetch"
	"kelisim/index/local"
	"kelisim/index/source"
)

func (a *app) fetchCommand() *cobra.Command {
	var every time.Duration
	asJSON := false
	c := &cobra.Command{
		Use:   "fetch [SOURCE…]",
		Short: "Follow feeds, site maps and pages of the config file",
		Long: `Fetch asks the sources of the config file for what is new and archives it: all of them once, or those that are named; with --every
again and again until Ctrl-C, each as often as its own «every» says. «kelisim serve --fetch» does the same beside the pages.

Robots.txt is kept to, a host is asked once a second at most, and only for what has changed. An article is known by the address that
its page states for it: what changed is a new version, what is gone is marked and kept. What fails is tried again later; a server that
asks to be left alone is. Killed at any moment it goes on where it was.`,
		Example: "  kelisim config example > data/kelisim.toml    # then take what is wanted\n  kelisim fetch\n  kelisim fetch --every 15m\n  kelisim fetch --json egemen.kz",
		RunE: func(cmd *cobra.Command, names []string) error {
			if every < 0 || every > 0 && every < time.Minute {
				return usagef("--every %s is less than a minute", every)
			}
			return a.fetch(cmd.Context(), names, every, asJSON)
		},
	}
	c.Flags().DurationVar(&every, "every", 0, "go on, asking each source that says nothing else this often, as 15m")
	c.Flags().BoolVar(&asJSON, "json", false, "report as JSON, a line a source")
	return c
}

// followed is which sources to follow.
func (a *app) followed() (followed, error) {
	f := a.config.followed
	if a.config.path == "" {
		return f, fmt.Errorf("there is no config file in %s or here, which names the sources: «kelisim config example > kelisim.toml», or name one with --config", a.data)
	}
	f.Sources = slices.DeleteFunc(slices.Clone(f.Sources), func(s fetch.Source) bool { return s.Off })
	f.names = namesOf(f.Sources)
	if len(f.Sources) == 0 {
		return f, fmt.Errorf("%s names no [[source]] that is followed", a.config.path)
	}
	return f, nil
}

// only leaves the sources that are named.
func (f *followed) only(names []string) error {
	if len(names) == 0 {
		return nil
	}
	var out []fetch.Source
	for _, n := range names {
		at := slices.IndexFunc(f.Sources, func(s fetch.Source) bool { return s.Name == n })
		if at < 0 {
			return usagef("there is no source %q in the config file that is followed", n)
		}
		out = append(out, f.Sources[at])
	}
	f.Sources = out
	return nil
}

func (a *app) fetch(ctx context.Context, names []string, every time.Duration, asJSON bool) error {
	f, err := a.followed()
	if err != nil {
		return err
	}
	if err := f.only(names); err != nil {
		return err
	}
	if err := a.mayWrite(ctx, false); err != nil {
		return err
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(fetchAim)
	}
	log := a.logger()
	s, err := a.shelf(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if every > 0 {
		f.Fetch.Every = fetch.Duration(every)
		follower, err := s.follower(ctx, f, log)
		if err != nil {
			return err
		}
		return follower.Run(ctx, f.Sources, func(all []fetch.Report) { logReports(log, all) })
	}
	follower, err := s.follower(ctx, f, log)
	if err != nil {
		return err
	}
	reports, err := follower.Once(ctx, f.Sources)
	failed := a.printReports(reports, asJSON)
	if err != nil {
		return err
	}
	if err := s.close(); err != nil {
		return err
	}
	var all index.Counts
	for _, r := range reports {
		all = all.Plus(r.Counts)
	}
	if all.Added+all.Changed > 0 {
		aimMemory() // to index takes more than to fetch
		x := &indexing{app: a, quiet: asJSON}
		if x.report.Seq, err = seqOf(ctx, a.data); err == nil {
			err = x.show(ctx)
		}
	}
	if err == nil && failed {
		err = errReported
	}
	return err
}

// fetchAim makes the collector of memory work harder before it is reached.
const fetchAim = 220 << 20 // bytes

func seqOf(ctx context.Context, data string) (uint64, error) {
	arch, err := archive.Open(ctx, data)
	if err != nil {
		return 0, err
	}
	defer arch.Close()
	return arch.Seq(ctx)
}

// sourceReport is a line of --json.
type sourceReport struct {
	Source    string   `json:"source"`
	Items     int      `json:"items"`
	Same      bool     `json:"same,omitempty"` // its list has not changed
	Looked    int      `json:"looked"`         // pages asked for
	Added     int      `json:"added"`
	Changed   int      `json:"changed"`
	Unchanged int      `json:"unchanged"`
	Refused   int      `json:"refused,omitempty"`
	Gone      int      `json:"gone,omitempty"`
	Failed    int      `json:"failed,omitempty"` // pages, tried again later
	Warnings  []string `json:"warnings,omitempty"`
	Error     string   `json:"error,omitempty"`
}

// printReports tells what came of each source; failed says that one of them could not be read.
func (a *app) printReports(all []fetch.Report, asJSON bool) (failed bool) {
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	for _, r := range all {
		if r.Source == "" {
			continue // interrupted before its turn
		}
		c := r.Counts
		failed = failed || r.Err != nil
		if asJSON {
			line := sourceReport{r.Source, r.Items, r.Same, r.Looked, c.Added, c.Changed, c.Unchanged, c.Refused, r.Gone, r.Failed, r.Warned, ""}
			if r.Err != nil {
				line.Error = r.Err.Error()
			}
			_ = enc.Encode(line)
			continue
		}
		for _, w := range r.Warned {
			fmt.Fprintf(a.errOut, "kelisim: %s: %s\n", r.Source, w)
		}
		if r.Err != nil {
			fmt.Fprintf(a.errOut, "kelisim: %s: %v\n", r.Source, r.Err)
		}
		list := counted(r.Items, "item")
		if r.Same {
			list = "not changed"
		}
		fmt.Fprintf(a.out, "%s: %s, %s asked for; added %d, changed %d, unchanged %d, gone %d, failed %d\n", r.Source, list, counted(r.Looked, "page"),
			c.Added, c.Changed, c.Unchanged, r.Gone, r.Failed)
		if r.Left > 0 {
			fmt.Fprintf(a.out, "%s: more pages are due; the same command goes on\n", r.Source)
		}
	}
	return failed
}

// logReports is the same for the log of a program that goes on.
func logReports(log *slog.Logger, all []fetch.Report) {
	for _, r := range all {
		c := r.Counts
		args := []any{"source", r.Source, "items", r.Items, "pages", r.Looked, "added", c.Added, "changed", c.Changed, "gone", r.Gone, "failed", r.Failed}
		for _, w := range r.Warned {
			log.Warn("followed with a doubt", "source", r.Source, "what", w)
		}
		switch {
		case r.Source == "":
		case r.Err != nil:
			log.Warn("a source could not be read; it is tried again", append(args, "err", r.Err)...)
		default:
			log.Info("followed", args...)
		}
	}
}

// shelf is where what is fetched is kept: the archive, opened for writing only for as long as a piece takes, so that «kelisim index»
// gets its turn.
type shelf struct {
	*archive.Archive
	data    string
	release func() error
	mu      sync.Mutex
	closed  bool
}

// shelf opens the archive, and makes one where there is none.
func (a *app) shelf(ctx context.Context) (*shelf, error) {
	w, err := archive.OpenWriter(ctx, a.data)
	if errors.Is(err, archive.ErrLocked) && archive.Exists(a.data) {
		w, err = nil, nil
	}
	if err != nil {
		return nil, err
	}
	if w != nil {
		if err := w.Close(); err != nil {
			return nil, err
		}
	}
	release, err := archive.LockFollowing(a.data)
	if err != nil {
		return nil, err
	}
	arch, err := archive.Open(ctx, a.data)
	if err != nil {
		return nil, errors.Join(err, release())
	}
	return &shelf{Archive: arch, data: a.data, release: release}, nil
}

func (s *shelf) close() error {
	if s.closed {
		return nil
	}
	s.closed = true
	return errors.Join(s.Archive.Close(), s.release())
}

// writing does something with the archive opened for writing. It waits for whoever writes.
func (s *shelf) writing(ctx context.Context, do func(*archive.Archive) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if free, ok := local.Free(s.data); ok && free < leastRoom {
		return fmt.Errorf("the disk of %s is full: %.1f MiB are free; what was read before is stored", s.data, float64(free)/(1<<20))
	}
	for {
		w, err := archive.OpenWriter(ctx, s.data)
		if errors.Is(err, archive.ErrLocked) && ctx.Err() == nil {
			continue // it has waited for two seconds
		}
		if err != nil {
			return err
		}
		return errors.Join(do(w), w.Close())
	}
}

// leastRoom is what must be free on the disk before anything is fetched into the archive.
const leastRoom = 32 << 20 // bytes

// Follow stores a step. See [archive.Archive.Follow].
func (s *shelf) Follow(ctx context.Context, step index.Step) (c index.Counts, err error) {
	err = s.writing(ctx, func(w *archive.Archive) error {
		outcomes, _, err := w.Follow(ctx, step)
		c = countOutcomes(outcomes)
		return err
	})
	return c, err
}

func countOutcomes(all []archive.Outcome) (c index.Counts) {
	for _, o := range all {
		switch o {
		case archive.Added:
			c.Added++
		case archive.Changed:
			c.Changed++
		case archive.Unchanged:
			c.Unchanged++
		case archive.Refused:
			c.Refused++
		}
	}
	return c
}

func (s *shelf) follower(ctx context.Context, f followed, log *slog.Logger) (*fetch.Follower, error) {
	held, err := s.Held(ctx)
	if err != nil {
		return nil, err
	}
	client := fetch.NewClient(f.Fetch, version(), fetch.Wall{}, held)
	return &fetch.Follower{Client: client, Reader: source.Web{Now: client.Clock.Now}, Store: s, Log: log, Folder: s.folder, NoText: source.ErrNoText, Names: f.names}, nil
}

// folder reads the files of a folder that are new or changed since they were last read, and marks those that are gone.
func (s *shelf) folder(ctx context.Context, src fetch.Source) (c index.Counts, err error) {
	root, err := source.Canonical(src.Address)
	if err != nil {
		return c, err
	}
	now := time.Now().UTC()
	known, err := s.OfSource(ctx, src.Name)
	if err != nil {
		return c, err
	}
	was := map[string]index.Visit{}
	for _, v := range known {
		was[v.URL] = v
	}
	f := &folderRead{shelf: s, source: src, now: now, was: was, there: map[string]string{}}
	r := source.Reader{Now: now, Fail: f.fail, Done: f.done, Yield: func(a index.Article) error { return f.take(ctx, a) },
		Skip: func(path string, info fs.FileInfo) bool {
			stamp := fmt.Sprintf("%d %s", info.Size(), info.ModTime().UTC().Format(time.RFC3339Nano))
			f.there[path] = stamp
			return was[path].Modified == stamp && was[path].Gone.IsZero()
		}}
	if err := r.Read(ctx, []string{root}); err != nil {
		return f.counts, err
	}
	if err := f.flush(ctx); err != nil {
		return f.counts, err
	}
	var gone []index.Visit
	for _, v := range known {
		if _, ok := f.there[v.URL]; !ok && v.Gone.IsZero() {
			v.Gone = now
			gone = append(gone, v)
		}
	}
	if len(gone) > 0 && len(f.there) == 0 {
		return f.counts, fmt.Errorf("no file is left in %s, where %d were read: is it mounted?", root, len(gone))
	}
	if len(gone) > 0 {
		_, err = s.Follow(ctx, index.Step{Visits: gone})
	}
	return f.counts, errors.Join(append(f.failed, err)...)
}

// folderRead is one reading of a folder.
type folderRead struct {
	*shelf
	source fetch.Source
	now    time.Time
	was    map[string]index.Visit
	there  map[string]string // what is in the folder, with size and time
	batch  []index.Article
	bytes  int
	files  []index.Visit // read to their end, not yet stored
	counts index.Counts
	failed []error
	last   string // id of the last article of the file being read
}

func (f *folderRead) take(ctx context.Context, a index.Article) error {
	if a.Outlet == "" {
		a.Outlet = f.source.Outlet
	}
	if a.Lang == "" {
		a.Lang = f.source.Lang
	}
	f.batch, f.last = append(f.batch, a), a.ID
	if f.bytes += len(a.Body); len(f.batch) >= batchArticles || f.bytes >= batchBytes {
		return f.flush(ctx)
	}
	return nil
}

func (f *folderRead) fail(p source.Problem) {
	if len(f.failed) < maxProblems {
		f.failed = append(f.failed, p)
	}
}

// done hears of a file that was read to its end.
func (f *folderRead) done(file source.File) {
	v, ok := f.was[file.Path]
	if !ok {
		v = index.Visit{URL: file.Path, Source: f.source.Name, Found: f.now}
	}
	v.Listed, v.Fetched, v.Modified, v.Gone, v.Article = f.now, f.now, f.there[file.Path], time.Time{}, ""
	if file.Articles == 1 {
		v.Article = f.last
	}
	f.files = append(f.files, v)
}

// flush stores the articles, then that their files were read: a crash between has them read again, which changes nothing.
func (f *folderRead) flush(ctx context.Context) error {
	err := f.writing(ctx, func(w *archive.Archive) error {
		outcomes, refused, err := w.Put(ctx, f.batch, gone)
		if err != nil {
			return err
		}
		for i, err := range refused {
			if err != nil {
				f.fail(at(f.batch[i].Path, err))
			}
		}
		f.counts = f.counts.Plus(countOutcomes(outcomes))
		_, _, err = w.Follow(ctx, index.Step{Visits: f.files})
		return err
	})
	f.batch, f.files, f.bytes = nil, nil, 0
	return err
}

// serveFetch follows the sources of the config file beside the pages until ctx is done.
func (a *app) serveFetch(ctx context.Context, f followed, log *slog.Logger) error {
	s, err := a.shelf(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	follower, err := s.follower(ctx, f, log)
	if err != nil {
		return err
	}
	log.Info("following", "sources", strings.Join(namesOf(f.Sources), " "))
	return follower.Run(ctx, f.Sources, func(all []fetch.Report) { logReports(log, all) })
}

func namesOf(sources []fetch.Source) (out []string) {
	for _, s := range sources {
		out = append(out, s.Name)
	}
	return out
}
