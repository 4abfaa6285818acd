package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"kelisim/index/archive"
	"kelisim/index/cluster"
)

// snapshotOptions say where a backup of an index in a cluster goes.
type snapshotOptions struct{ repository, folder string }

func (o *snapshotOptions) flags(f *pflag.FlagSet) {
	f.StringVar(&o.repository, "opensearch-repository", "", "repository of the cluster's snapshots, for backup and restore (default: the index is not backed up)")
	f.StringVar(&o.folder, "opensearch-repository-folder", "", "folder that all nodes share, of which such a repository is made where there is none")
}

// takeSnapshot copies the index in the cluster into a repository; nil where none is named, or there is no index of this archive.
func (a *app) takeSnapshot(ctx context.Context, arch *archive.Archive) (*cluster.Snapshot, error) {
	to := a.engine.snapshots
	if to.repository == "" {
		fmt.Fprintln(a.errOut, "kelisim: the backup is without the index, which is built from the archive: it lies in a cluster, and no --opensearch-repository is named")
		return nil, nil
	}
	e, err := a.existingCluster(ctx)
	if err != nil {
		return nil, err
	}
	defer e.Close()
	id, err := arch.Identity(ctx)
	if err != nil {
		return nil, err
	}
	if e.Follows() != id {
		return nil, fmt.Errorf("back up: the index in the cluster was built from another archive (%.8s, not %.8s); leave it out with --no-index", e.Follows(), id)
	}
	if err := e.Register(ctx, to.repository, to.folder); err != nil {
		return nil, err
	}
	s, err := e.TakeSnapshot(ctx, to.repository, fmt.Sprintf("%s-%s", e.Prefix(), time.Now().UTC().Format("20060102-150405.000")))
	if err != nil {
		return nil, err
	}
	return &s, nil
}

func (a *app) existingCluster(ctx context.Context) (*cluster.Engine, error) {
	o, err := a.engine.options()
	if err != nil {
		return nil, err
	}
	o.Existing = true
	return cluster.Open(ctx, o, 0)
}

// mayRestoreSnapshot is why a backup's index is not brought back; nil where it was.
func (a *app) mayRestoreSnapshot(ctx context.Context, from cluster.Snapshot) error {
	if a.engine.name != engineOpenSearch {
		return fmt.Errorf("it is in snapshot %s/%s of a cluster, and --engine names none", from.Repository, from.Name)
	}
	return a.restoreSnapshot(ctx, from)
}

// restoreSnapshot brings a backup's index back into the cluster beside what serves there, and lets it serve if it is of the archive that was
// restored.
func (a *app) restoreSnapshot(ctx context.Context, from cluster.Snapshot) error {
	o, err := a.engine.options()
	if err != nil {
		return err
	}
	arch, err := archive.Open(ctx, a.data)
	if err != nil {
		return err
	}
	defer arch.Close()
	id, err := arch.Identity(ctx)
	if err != nil {
		return err
	}
	seq, err := arch.Seq(ctx)
	if err != nil {
		return err
	}
	e, err := cluster.Open(ctx, o, 0)
	if err != nil {
		return err
	}
	defer e.Close()
	if from.Repository == "" || from.Name == "" {
		return fmt.Errorf("the backup names no snapshot")
	}
	if a.engine.snapshots.repository != "" {
		from.Repository = a.engine.snapshots.repository // it may have another name in another cluster
	}
	if err := e.Register(ctx, from.Repository, a.engine.snapshots.folder); err != nil {
		return err
	}
	return e.Restore(ctx, from, func(_, fresh *cluster.Engine) error {
		switch {
		case fresh.Follows() != id:
			return fmt.Errorf("the snapshot is of another archive (%.8s, not %.8s)", fresh.Follows(), id)
		case fresh.Seq() > seq:
			return a.olderArchive(seq, fresh.Seq())
		}
		return fresh.Whole(ctx)
	})
}
