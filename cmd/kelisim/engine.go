package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/pflag"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/cluster"
	"kelisim/index/query"
)

// engine is what a site needs of what it searches in: a folder, or a cluster.
type engine interface {
	query.Engine
	index.Engine
	Roll(ctx context.Context) (index.Roll, error)

	Stale() bool    // it has to be built anew
	Wants(int)      // the schema that it must have not to be stale
	Damage() error  // it cannot be searched
	Lost() error    // it serves, and could not be opened again
	Ready() error   // it takes batches
	Watch()         // looks whether it is what it was
	Distrust(error) // lets it be built anew
	Shows(uint64) error
	SetAddress(string) error
	Rebuild(ctx context.Context, fill func(index.Engine) error) error
	Close() error
}

// The engines by name.
const (
	engineLocal      = "local"
	engineOpenSearch = "opensearch"
)

// engineOptions say where articles are searched.
type engineOptions struct {
	name                       string
	urls                       []string
	user, password, ca, prefix string
	shards, replicas           int
	reader                     bool
	snapshots                  snapshotOptions
}

func (o *engineOptions) flags(f *pflag.FlagSet) {
	o.name = engineLocal
	f.Var(checked{&o.name, "string", oneOf([]string{engineLocal, engineOpenSearch})}, "engine", "where articles are searched: local (a folder in the data folder) or opensearch (a cluster)")
	f.StringSliceVar(&o.urls, "opensearch-url", nil, "address of a node of the cluster, as https://10.0.0.1:9200; several separated by commas")
	f.StringVar(&o.user, "opensearch-user", "", "user of the cluster")
	f.Var(checked{&o.password, "file", nil}, "opensearch-password-file", "file with the user's password in its first line")
	f.Var(checked{&o.ca, "file", nil}, "opensearch-ca", "PEM file of the authority that the cluster's certificates are of (default: those of the system)")
	f.StringVar(&o.prefix, "opensearch-prefix", "kelisim", "what the names of all indices begin with")
	f.IntVar(&o.shards, "opensearch-shards", 1, "shards of a new index: one for each two million articles (some 20 GB)")
	f.IntVar(&o.replicas, "opensearch-replicas", 1, "copies of each shard beside the first")
	f.BoolVar(&o.reader, "opensearch-reader", false, "there is no archive on this machine: texts come from the cluster, which another machine feeds")
	o.snapshots.flags(f)
}

// reads reports whether the machine has no archive, and what is searched and shown comes from a cluster.
func (o engineOptions) reads() bool { return o.name == engineOpenSearch && o.reader }

// check names what cannot be so; each begins with the key that it is about.
func (o engineOptions) check() (wrong []error) {
	if err := cluster.CheckURLs(o.urls); err != nil {
		wrong = append(wrong, fmt.Errorf("opensearch_url %w", err))
	}
	switch {
	case o.user != "" && o.password == "":
		wrong = append(wrong, errors.New("opensearch_user needs a password: write it into a file and name that with opensearch_password_file (--opensearch-password-file)"))
	case o.user == "" && o.password != "":
		wrong = append(wrong, errors.New("opensearch_password_file needs the user whose password it is: opensearch_user (--opensearch-user)"))
	}
	for key, path := range map[string]string{"opensearch_password_file": o.password, "opensearch_ca": o.ca} {
		if _, err := os.Stat(path); path != "" && err != nil {
			wrong = append(wrong, fmt.Errorf("%s cannot be read: %w", key, err))
		}
	}
	if o.shards < 1 {
		wrong = append(wrong, fmt.Errorf("opensearch_shards is %d; an index has at least one", o.shards))
	}
	if o.replicas < 0 {
		wrong = append(wrong, fmt.Errorf("opensearch_replicas is %d; it cannot be negative", o.replicas))
	}
	return wrong
}

func (o engineOptions) options() (out cluster.Options, err error) {
	if len(o.urls) == 0 {
		return out, usagef("--engine opensearch needs --opensearch-url")
	}
	out = cluster.Options{URLs: o.urls, User: o.user, Prefix: o.prefix, Shards: o.shards, Replicas: o.replicas}
	if o.password != "" {
		if out.Password, err = cluster.Password(o.password); err != nil {
			return out, err
		}
	}
	if o.ca != "" {
		if out.CA, err = os.ReadFile(o.ca); err != nil {
			return out, fmt.Errorf("read the authority of the cluster: %w", err)
		}
	}
	return out, nil
}

const (
	// leaseTime is how long a feeder may be silent before another process feeds the cluster.
	leaseTime = 15 * time.Second
	// clusterTime is how long the cluster may take to say how it is.
	clusterTime = 5 * time.Second
)

// clustered is a cluster as a site's engine. Several processes may serve it, and one of them feeds it.
type clustered struct {
	*cluster.Engine
	holder   string
	reader   bool // it never feeds
	leading  atomic.Bool
	asked    atomic.Pointer[error] // why it could not be asked who feeds
	once     sync.Once
	stop     context.CancelFunc
	distrust atomic.Bool
	// agree is an error where a new generation must not serve; suspect says that the old one is no measure of it.
	agree     func(ctx context.Context, old, fresh *cluster.Engine, suspect bool) error
	unhealthy atomic.Pointer[error]
}

func (a *app) openCluster(ctx context.Context, arch *archive.Archive, taken bool) (*clustered, error) {
	o, err := a.engine.options()
	if err != nil {
		return nil, err
	}
	id, err := arch.Identity(ctx)
	if err != nil {
		return nil, err
	}
	schema, err := a.schema(id)
	if err != nil {
		return nil, err
	}
	e, err := cluster.Open(ctx, o, schema)
	if err != nil {
		return nil, err
	}
	host, _ := os.Hostname()
	data, _ := filepath.Abs(a.data)
	c := &clustered{Engine: e, holder: fmt.Sprintf("%s:%s:%d", host, data, os.Getpid())}
	e.Weights, e.Versions = a.weights, arch.Latest
	c.agree = func(ctx context.Context, _, fresh *cluster.Engine, _ bool) error { return fresh.Whole(ctx) }
	if follows := e.Follows(); !taken && follows != "" && follows != id {
		err = fmt.Errorf("the index in the cluster was built from another archive (%.8s, not %.8s); nothing was changed. "+
			"Name another --opensearch-prefix; or take this archive as it is: «kelisim reindex»", follows, id)
	}
	if err == nil && e.Follows() != id {
		err = e.SetFollows(ctx, id)
	}
	if seq, seqErr := arch.Seq(ctx); err == nil && seqErr == nil && !taken {
		err = a.olderArchive(seq, e.Seq())
	}
	if err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return c, nil
}

// openReader opens a cluster that another machine feeds.
func (a *app) openReader(ctx context.Context) (*clustered, error) {
	e, err := a.existingCluster(ctx)
	if errors.Is(err, cluster.ErrNone) {
		return nil, fmt.Errorf("%w; start «kelisim serve» on the machine with the archive first", err)
	}
	if err != nil {
		return nil, err
	}
	e.Weights = a.weights
	schema, err := a.schema(e.Follows())
	if err != nil {
		return nil, errors.Join(err, e.Close())
	}
	if !e.Of(schema) {
		a.logger().Warn("the index in the cluster was built by another version of this program, or with other " + ownNames + ", " + corrections +
			" or sources; it is searched as it is, and what was read out of articles may be shown otherwise")
	}
	return &clustered{Engine: e, reader: true}, nil
}

// feeds reports whether this process brings the index to what the archive holds. Once it has asked, it goes on asking.
func (c *clustered) feeds(ctx context.Context) (ok bool, err error) {
	if c.reader {
		return false, nil
	}
	c.once.Do(func() {
		ok, err = c.Lead(ctx, c.holder, leaseTime)
		c.leading.Store(ok)
		var asking context.Context
		asking, c.stop = context.WithCancel(context.WithoutCancel(ctx))
		go func() {
			for {
				select {
				case <-asking.Done():
					return
				case <-time.After(leaseTime / 3):
				}
				ok, err := c.Lead(asking, c.holder, leaseTime)
				c.leading.Store(ok && err == nil)
				c.asked.Store(&err)
			}
		}()
	})
	if last := c.asked.Load(); err == nil && last != nil && *last != nil {
		err = *last // nobody knows whether another does
	}
	return c.leading.Load(), err
}

// Stale implements engine.
func (c *clustered) Stale() bool { return !c.reader && (c.distrust.Load() || c.Engine.Stale()) }

// ill says why the cluster does not take or give all now. It comes back by itself.
func (c *clustered) ill() error {
	if err := c.unhealthy.Load(); err != nil {
		return *err
	}
	return nil
}

// Damage implements engine: a cluster that does not answer cannot be searched. One that lacks a part can, and says so.
func (c *clustered) Damage() error {
	if err := c.ill(); !errors.Is(err, index.ErrPartial) {
		return err
	}
	return nil
}

func (c *clustered) Wants(int)               {} // a cluster's index is built anew by «reindex» itself
func (c *clustered) Lost() error             { return nil }
func (c *clustered) Ready() error            { return nil }
func (c *clustered) Distrust(error)          { c.distrust.Store(true) }
func (c *clustered) Shows(uint64) error      { return nil }
func (c *clustered) SetAddress(string) error { return nil }

// Watch asks how the cluster is, and looks for what another process has written.
func (c *clustered) Watch() {
	ctx, cancel := context.WithTimeout(context.Background(), clusterTime)
	defer cancel()
	err := c.Refresh(ctx)
	switch {
	case err == nil:
		c.unhealthy.Store(nil)
		return
	case !errors.Is(err, index.ErrPartial):
		err = fmt.Errorf("%w: %w", errCluster, err)
	}
	c.unhealthy.Store(&err)
}

// Rebuild implements engine.
func (c *clustered) Rebuild(ctx context.Context, fill func(index.Engine) error) error {
	suspect := c.Stale() // what it answers now counts for nothing
	err := c.Engine.Rebuild(ctx, fill, func(old, fresh *cluster.Engine) error { return c.agree(ctx, old, fresh, suspect) })
	if err == nil {
		c.distrust.Store(false)
	}
	return err
}

// Close gives the lease back, so that another process goes on at once.
func (c *clustered) Close() error {
	var err error
	if c.stop != nil {
		c.stop()
		if c.leading.Load() {
			ctx, cancel := context.WithTimeout(context.Background(), clusterTime)
			defer cancel()
			err = c.Yield(ctx, c.holder)
		}
	}
	return errors.Join(err, c.Engine.Close())
}

// fed waits until another process has brought the cluster to what the archive holds, and reports whether there is one.
func (s *site) fed(ctx context.Context) (bool, error) {
	c, ok := s.engine.(*clustered)
	if !ok {
		return false, nil
	}
	for {
		if leads, err := c.feeds(ctx); leads || err != nil {
			return false, err
		}
		seq, err := s.archive.Seq(ctx)
		if err != nil {
			return true, err
		}
		if err := c.Refresh(ctx); err != nil || c.Seq() >= seq {
			return true, err
		}
		select {
		case <-ctx.Done():
			return true, ctx.Err()
		case <-time.After(followEvery):
		}
	}
}

// removeCluster removes what lies in the cluster under the prefix.
func (a *app) removeCluster(ctx context.Context) error {
	o, err := a.engine.options()
	if err != nil {
		return err
	}
	e, err := cluster.Open(ctx, o, 0)
	if err != nil {
		return err
	}
	return errors.Join(e.Remove(ctx), e.Close())
}
