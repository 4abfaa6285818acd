package main

import (
	"context"
	"time"

	"kelisim/index"
	"kelisim/index/query"
)

// stock is what a site needs of where articles come from: the archive, or, where a machine has none, what the cluster keeps of it.
type stock interface {
	index.Archive
	query.Texts
	Identity(ctx context.Context) (string, error)
	Roll(ctx context.Context) (index.Roll, error)
	Origins(ctx context.Context, yield func(id, origin string)) error
	Sources(ctx context.Context) ([]index.Health, error)
	Gone(ctx context.Context, ids []string) (map[string]time.Time, error)
	Refresh(ctx context.Context) error
	Replaced() bool // it is not the one that was opened
	Close() error
}

// kept is what a cluster keeps of an archive: each article's newest text, and of its older ones their number. It has nothing that the
// cluster has not.
type kept struct{ *clustered }

func (k kept) Seq(context.Context) (uint64, error) { return k.Engine.Seq(), nil }

func (k kept) Changes(context.Context, uint64, int) ([]index.Change, error) { return nil, nil }

func (k kept) Identity(context.Context) (string, error) { return k.Follows(), nil }

func (k kept) Versions(ctx context.Context, id string) ([]index.Version, error) {
	latest, err := k.Latest(ctx, []string{id})
	if v, ok := latest[id]; ok && err == nil {
		return []index.Version{v}, nil
	}
	return nil, err
}

func (k kept) Version(ctx context.Context, id string, number int) (a index.Article, ok bool, err error) {
	latest, err := k.Latest(ctx, []string{id})
	if err != nil || latest[id].Number != number {
		return a, false, err
	}
	found, err := k.Articles(ctx, []string{id})
	a, ok = found[id]
	return a, ok, err
}

// Changed implements query.Texts: what is not there any more was changed.
func (k kept) Changed(_ context.Context, ids []string, _ uint64) (int, error) { return len(ids), nil }

func (k kept) Updated(context.Context, uint64) (time.Time, error) { return k.Engine.Updated(), nil }

func (k kept) Origins(ctx context.Context, yield func(id, origin string)) error {
	return k.EachVersion(ctx, func(id string, v index.Version) { yield(id, index.Origin(v.Path)) })
}

func (k kept) Sources(context.Context) ([]index.Health, error) { return nil, nil }

func (k kept) Gone(context.Context, []string) (map[string]time.Time, error) { return nil, nil }

func (k kept) Refresh(context.Context) error { return nil } // the engine's own Watch does it
func (k kept) Replaced() bool                { return false }
func (k kept) Close() error                  { return nil } // the engine's own does it
