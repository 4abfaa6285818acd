package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/cluster"
	"kelisim/index/local"
)

func (a *app) migrateCommand() *cobra.Command {
	to := ""
	c := &cobra.Command{
		Use:   "migrate --to opensearch|local",
		Short: "Move the index into a cluster, or back into the data folder",
		Long: `Migrate builds the index where it shall be from now on, while the old one goes on serving, and compares both: the articles, the counts and
what is found for sample queries, and that each of fifty articles is found by its headline. It changes nothing of the old one: when it says
that both agree, name the new engine in the config file and start the servers again. What comes meanwhile is added then. Run again, it goes on where
it stopped.

Where the archive is lost, «migrate --to local» makes a new one, in an empty data folder, of what the cluster keeps: each article's newest text.
Older versions, tombstones and what is followed are only in the archive.`,
		Example: "  kelisim --opensearch-url https://10.0.0.1:9200 migrate --to opensearch\n  kelisim --opensearch-url https://10.0.0.1:9200 migrate --to local",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch to {
			case engineOpenSearch:
				return a.migrateOut(cmd.Context())
			case engineLocal:
				return a.migrateBack(cmd.Context())
			}
			return usagef("migrate needs --to opensearch or --to local")
		},
	}
	c.Flags().StringVar(&to, "to", "", "where the index shall be: opensearch or local")
	return c
}

// migrateOut builds the index in the cluster.
func (a *app) migrateOut(ctx context.Context) error {
	if err := a.needArchive(); err != nil {
		return err
	}
	a.engine.name = engineOpenSearch
	s, err := a.build(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	var old searched
	if local.Exists(a.indexDir()) {
		schema, err := a.schema(s.identity)
		if err != nil {
			return err
		}
		// A copy: a server may have it open.
		e, err := local.OpenCopy(a.indexDir(), schema)
		if err != nil {
			return fmt.Errorf("open the index in %s to compare: %w", a.indexDir(), err)
		}
		defer e.Close()
		e.Weights = a.weights
		if !e.Stale() {
			old = e
		}
	}
	return a.compareMoved(ctx, s, old, s.engine.(*clustered).Engine, fmt.Sprintf("engine = %q in the config file makes the servers use the cluster", engineOpenSearch))
}

// migrateBack builds the index in the data folder.
func (a *app) migrateBack(ctx context.Context) error {
	o, err := a.engine.options()
	if err != nil {
		return err
	}
	o.Existing = true
	old, err := cluster.Open(ctx, o, 0)
	if err != nil {
		return err
	}
	defer old.Close()
	old.Weights = a.weights
	if !archive.Exists(a.data) && !local.Exists(a.indexDir()) {
		n, err := a.recover(ctx, old)
		if err != nil {
			return fmt.Errorf("make an archive of what the cluster keeps: %w", err)
		}
		fmt.Fprintf(a.errOut, "kelisim: there was no archive in %s: a new one has the newest text of %s that the cluster keeps\n", a.data, counted(n, "article"))
	}
	a.engine.name = engineLocal
	s, err := a.build(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	schema, err := a.schema(old.Follows())
	if err != nil {
		return err
	}
	var from searched
	if old.Of(schema) {
		from = old
	}
	return a.compareMoved(ctx, s, from, s.engine.(*local.Engine), fmt.Sprintf("engine = %q in the config file makes the servers use the folder", engineLocal))
}

// build opens the data folder and brings its index up.
func (a *app) build(ctx context.Context) (*site, error) {
	s, err := a.open(ctx)
	if err != nil {
		return nil, a.explainLock(err)
	}
	seq, err := s.archive.Seq(ctx)
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	x := &indexing{app: a}
	x.bar = x.newBar("indexing", int64(seq), "articles")
	last := 0
	err = s.catchUp(ctx, func(done int) {
		x.bar.add(done - min(last, done))
		last = done
	})
	x.bar.end()
	if err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// compareMoved says whether the index that was built agrees with the old one, which is nil where that is built by other rules.
func (a *app) compareMoved(ctx context.Context, s *site, old, fresh searched, next string) error {
	asked, err := s.questions(ctx)
	if err != nil {
		return err
	}
	if err := s.wholeOf(ctx, fresh, asked); err != nil {
		return fmt.Errorf("%w; the old index is as it was", err)
	}
	roll, err := fresh.Roll(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s, each with its own id; %s found by their headlines\n", counted(roll.N, "article"), counted(titled(asked), "article"))
	if old == nil {
		fmt.Fprintln(a.out, "there is no old index by the same rules to compare with")
	} else {
		others, n, err := differences(ctx, old, fresh, asked, false)
		if err != nil {
			return fmt.Errorf("compare both indices: %w", err)
		}
		for _, o := range others {
			fmt.Fprintf(a.errOut, "kelisim: the new index answers otherwise: %s\n", o)
		}
		if n == 0 {
			return errors.New("the old index is not at the archive's newest change, so nothing could be compared: let it be brought up (kelisim index), then run this again")
		}
		fmt.Fprintf(a.out, "%d of %s answered as by the old index: totals, counts, order of dates\n", n-len(others), counted(n, "question"))
		if len(others) > 0 {
			return fmt.Errorf("the new index answers %d of %d questions otherwise; the old one is as it was", len(others), n)
		}
	}
	_, err = fmt.Fprintln(a.out, next)
	return err
}

func titled(asked []question) (n int) {
	for _, q := range asked {
		if q.id != "" {
			n++
		}
	}
	return n
}

// recover makes an archive of what a cluster keeps.
func (a *app) recover(ctx context.Context, from *cluster.Engine) (n int, err error) {
	arch, err := archive.OpenWriter(ctx, a.data)
	if err != nil {
		return 0, err
	}
	var batch []index.Article
	put := func() error {
		_, refused, err := arch.Put(ctx, batch, nil)
		batch = nil
		return errors.Join(err, errors.Join(refused...))
	}
	err = from.EachArticle(ctx, func(x index.Article) error {
		if batch = append(batch, x); len(batch) >= batchArticles {
			return put()
		}
		return nil
	})
	if err == nil {
		err = put()
	}
	if err == nil {
		var roll, want index.Roll
		roll, err = arch.Roll(ctx)
		if n = roll.N; err == nil {
			if want, err = from.Roll(ctx); err == nil && want != roll {
				err = fmt.Errorf("it has %s, the cluster %d, or others; run this again", counted(n, "article"), want.N)
			}
		}
	}
	return n, errors.Join(err, arch.Close())
}
