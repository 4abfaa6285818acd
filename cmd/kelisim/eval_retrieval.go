package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/eval"
)

// retrieval is how collections are asked.
type retrieval struct {
	base, runs, keep string
	params           string
	typed            string
	set              []string // NAME=VALUE
	size             int
}

func (a *app) evalRetrievalCommand() *cobra.Command {
	r := &retrieval{}
	c := &cobra.Command{
		Use:   "retrieval COLLECTION…",
		Short: "Score what searches find: nDCG@10, MRR@10, recall@100, share without a hit",
		Long: `Retrieval indexes the documents of each COLLECTION, a folder with docs.jsonl, topics.tsv (or queries.jsonl, with parameters of
the address) and qrels.tsv, in a throw-away folder, asks each topic as the API does, and scores the answers. A document's gain is
2^grade − 1; intervals hold 95 % of 10,000 resamples of the topics; odd and even topics are told apart, so that weights can be fitted
on one half and reported on the other. With --typed each topic is asked as somebody types it, too: with a typo in a word, in Russian letters, Latin
ones or on another keyboard's keys; the table then compares that with the topics as they are and says how much is kept.`,
		Example: "  kelisim eval retrieval --runs before/ news-dev\n  kelisim eval retrieval --base before/ --set share=.3 news-dev\n  kelisim eval retrieval --keep tmp --typed typo news-dev",
		Args:    needs("the folder of a collection"),
		RunE: func(cmd *cobra.Command, dirs []string) error {
			for _, dir := range dirs {
				if err := a.evalRetrieval(cmd.Context(), r, dir); err != nil {
					return err
				}
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&r.base, "base", "", "folder of runs to compare with, as --runs wrote them; totals are compared, too")
	f.StringVar(&r.runs, "runs", "", "write each collection's run, in TREC's form, to NAME.run in this folder, and what each topic finds to NAME.totals")
	f.StringVar(&r.keep, "keep", "", "keep the indexes in this folder and use them again while the documents stand")
	f.StringVar(&r.params, "params", "", "parameters for every topic, such as match=all&x=0")
	f.StringArrayVar(&r.set, "set", nil, "NAME=VALUE: another weight than index/weights.txt has; may be repeated")
	f.StringVar(&r.typed, "typed", "", "ask as it is typed so: "+strings.Join(eval.TypedWays(), ", "))
	f.IntVar(&r.size, "size", index.MaxSize, "hits asked for")
	return c
}

func (a *app) evalRetrieval(ctx context.Context, r *retrieval, dir string) error {
	c, err := eval.ReadCollection(os.DirFS(dir))
	if err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	if r.typed != "" && !slices.Contains(eval.TypedWays(), r.typed) {
		return usagef("--typed cannot be %q: give one of %s", r.typed, strings.Join(eval.TypedWays(), ", "))
	}
	name := filepath.Base(dir)
	run, totals, err := a.askAll(ctx, r, name, c)
	if err != nil {
		return err
	}
	if r.runs != "" {
		if err := writeRun(filepath.Join(r.runs, name+".run"), run, c); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(r.runs, name+".totals"), []byte(totals.String()), 0o644); err != nil {
			return err
		}
	}
	var base []eval.Figures
	if r.typed != "" {
		base = c.Measure(run)
		typed := *c
		typed.Topics = slices.Clone(c.Topics)
		for i, t := range typed.Topics {
			typed.Topics[i].Text = eval.Typed(r.typed, t.Text)
		}
		if run, totals, err = a.askAll(ctx, r, name, &typed); err != nil {
			return err
		}
	}
	if r.base != "" {
		old, err := readRun(filepath.Join(r.base, name+".run"))
		if err != nil {
			return err
		}
		base = c.Measure(old)
	}
	if err := c.WriteRetrieval(a.out, name, c.Measure(run), base); err != nil || r.base == "" {
		return err
	}
	old, err := os.ReadFile(filepath.Join(r.base, name+".totals"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // of an older program
	}
	if err != nil {
		return err
	}
	same, n := totals.like(string(old))
	_, err = fmt.Fprintf(a.out, "totals: %d of %s as in %s\n", same, counted(n, "topic"), r.base)
	return err
}

// topicTotals are how many articles each topic finds: with all that is wanted, and with a part of it.
type topicTotals map[string][2]int

// String is a line a topic: its id, both numbers, divided by tabs.
func (t topicTotals) String() string {
	var b strings.Builder
	for _, id := range slices.Sorted(maps.Keys(t)) {
		fmt.Fprintf(&b, "%s\t%d\t%d\n", id, t[id][0], t[id][1])
	}
	return b.String()
}

// like counts the topics whose lines stand in another's String, too.
func (t topicTotals) like(other string) (same, n int) {
	lines := map[string]bool{}
	for line := range strings.Lines(other) {
		lines[line] = true
	}
	for line := range strings.Lines(t.String()) {
		if n++; lines[line] {
			same++
		}
	}
	return same, n
}

// askAll indexes a collection and asks its topics.
func (a *app) askAll(ctx context.Context, r *retrieval, name string, c *eval.Collection) (run eval.Run, totals topicTotals, err error) {
	in := *a
	for _, set := range r.set {
		weight, value, _ := strings.Cut(set, "=")
		if err := in.weights.Set(weight, value); err != nil {
			return nil, nil, usageError{err}
		}
	}
	in.serving.answerTime = time.Minute // what a busy machine is late with counts, too
	in.data = filepath.Join(r.keep, name)
	if r.keep == "" {
		if in.data, err = os.MkdirTemp("", "kelisim-eval-"); err != nil {
			return nil, nil, err
		}
		defer os.RemoveAll(in.data)
	}
	if err := in.archived(ctx, c.Articles); err != nil {
		return nil, nil, err
	}
	if in.engine.name == engineOpenSearch {
		in.engine.prefix += "-eval-" + strings.ToLower(name)
		defer func() { err = errors.Join(err, in.removeCluster(context.WithoutCancel(ctx))) }()
	}
	s, err := in.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	defer s.close()
	if err := s.catchUp(ctx, nil); err != nil {
		return nil, nil, err
	}
	params, err := url.ParseQuery(r.params)
	if err != nil {
		return nil, nil, usagef("--params: %w", err)
	}
	ask := client{handler: s.handler, again: 30} // a long topic waits for its like; on a busy machine for longer than a reader would
	run, totals = eval.Run{}, topicTotals{}
	var mu sync.Mutex
	var errs []error
	var wg sync.WaitGroup
	next := make(chan eval.Topic)
	for range 2 {
		wg.Go(func() {
			for t := range next {
				ids, n, err := askTopic(ctx, &ask, t, params, r.size)
				mu.Lock()
				run[t.ID], totals[t.ID] = ids, n
				if err != nil {
					errs = append(errs, fmt.Errorf("topic %s: %w", t.ID, err))
				}
				mu.Unlock()
			}
		})
	}
	for _, t := range c.Topics {
		next <- t
	}
	close(next)
	wg.Wait()
	return run, totals, errors.Join(errs...)
}

// archived brings articles into the archive of the data folder.
func (a *app) archived(ctx context.Context, articles []index.Article) error {
	arch, err := archive.OpenWriter(ctx, a.data)
	if err != nil {
		return err
	}
	defer arch.Close()
	_, refused, err := arch.Put(ctx, articles, nil)
	return errors.Join(append(refused, err)...)
}

func askTopic(ctx context.Context, c *client, t eval.Topic, params url.Values, size int) (ids []string, totals [2]int, err error) {
	v := url.Values{"q": {t.Text}, "size": {strconv.Itoa(size)}, "facet_size": {"1"}}
	for _, more := range []url.Values{t.Params, params} {
		for name, values := range more {
			v[name] = values
		}
	}
	body, err := c.get(ctx, "/api/v1/search?"+v.Encode())
	if err != nil {
		return nil, totals, err
	}
	var f found
	if err := decode(body, &f); err != nil {
		return nil, totals, err
	}
	ids = make([]string, len(f.Hits))
	for i, h := range f.Hits {
		ids[i] = h.ID
	}
	return ids, [2]int{f.Total, f.More}, nil
}

func writeRun(name string, run eval.Run, c *eval.Collection) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(run.Write(f, c), f.Close())
}

func readRun(name string) (eval.Run, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usagef("--base: there is no %s", name)
	} else if err != nil {
		return nil, err
	}
	defer f.Close()
	return eval.ReadRun(f)
}
