package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"kelisim/index"
	"kelisim/index/archive"
)

const (
	// followEvery keeps what is new well within the two seconds that are promised.
	followEvery = 300 * time.Millisecond
	// stopTime is how long running answers may take after a signal.
	stopTime = 30 * time.Second
)

func (a *app) serveCommand() *cobra.Command {
	var limit time.Duration
	addr, config, demo, following := "", "", false, false
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the articles at http://localhost:8080",
		Long: `Serve opens the index and shows it as pages and as an API. What «kelisim index» reads in the meantime appears within two seconds.
Ctrl-C ends it.`,
		Example: "  kelisim serve --addr 127.0.0.1:9000\n  kelisim serve --demo",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if demo {
				dir, err := os.MkdirTemp("", "kelisim-demo")
				if err != nil {
					return fmt.Errorf("serve the demo: %w", err)
				}
				defer os.RemoveAll(dir)
				a.data = dir
				if err := a.archiveSeeds(cmd.Context()); err != nil {
					return fmt.Errorf("serve the demo: %w", err)
				}
			}
			var follow *followed
			if following {
				f, err := a.followed(config)
				if err != nil {
					return err
				}
				follow = &f
			}
			return a.serve(cmd.Context(), addr, limit, follow)
		},
	}
	c.Flags().DurationVar(&limit, "answer-time", 2*time.Second, "how long one answer may take before the reader is asked to come again")
	c.Flags().IntVar(&a.apiRate, "api-rate", 6000, "how many requests a minute one address may send to the API; programs of this machine are not counted")
	c.Flags().StringVar(&a.base, "base", "", "address of the site for feeds and maps, as https://news.example (default: as the reader typed it)")
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "address to listen on")
	c.Flags().BoolVar(&following, "fetch", false, "follow the sources of the config file meanwhile, as «kelisim fetch --every 15m» does")
	c.Flags().StringVar(&config, "config", "", "config file (default: kelisim.toml in the data folder)")
	c.Flags().BoolVar(&demo, "demo", false, "show five example articles from a temporary folder")
	return c
}

// archiveSeeds puts the built-in articles into the archive.
func (a *app) archiveSeeds(ctx context.Context) error {
	arch, err := archive.OpenWriter(ctx, a.data)
	if err != nil {
		return err
	}
	defer arch.Close()
	var all []index.Article
	if err := eachSeed(func(article index.Article) error { all = append(all, article); return nil }); err != nil {
		return err
	}
	_, _, err = arch.Put(ctx, all, nil)
	return err
}

func (a *app) serve(ctx context.Context, addr string, answerTime time.Duration, follow *followed) error {
	if _, _, err := net.SplitHostPort(addr); err != nil {
		return usagef("--addr %q is not HOST:PORT", addr)
	}
	a.answerTime = answerTime
	if follow != nil && !archive.Exists(a.data) {
		// The first start of a service that feeds itself.
		if err := a.mayWrite(ctx, false); err != nil {
			return err
		}
		s, err := a.shelf(ctx)
		if err != nil {
			return err
		}
		if err := s.close(); err != nil {
			return err
		}
	}
	s, err := a.open(ctx)
	if err != nil {
		return a.explainLock(err)
	}
	defer s.close()
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("address %s is in use by another program; choose another with --addr", addr)
	}
	if err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	if err := s.engine.SetAddress(l.Addr().String()); err != nil {
		l.Close()
		return fmt.Errorf("serve: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	followed := make(chan error, 1)
	go func() {
		followed <- s.follow(ctx, func() {
			fmt.Fprintln(a.out, address(l.Addr()))
			if seq, err := s.archive.Seq(ctx); err == nil && seq == 0 {
				s.log.Info("there are no articles yet: read some with «kelisim index PATH»")
			}
		})
		cancel()
	}()
	fetched := make(chan error, 1)
	go func() {
		if follow == nil {
			fetched <- nil
			return
		}
		err := a.serveFetch(ctx, *follow, s.log)
		if err != nil {
			s.log.Error("nothing is followed", "err", err) // the pages go on
		}
		fetched <- nil
	}()
	err = s.answer(ctx, l)
	cancel()
	return errors.Join(err, <-followed, <-fetched)
}

// answer serves HTTP until ctx is done. Its time-outs keep slow or silent clients from holding connections for ever.
func (s *site) answer(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := srv.Shutdown(wait); err != nil {
		return fmt.Errorf("stop: %w", errors.Join(err, srv.Close()))
	}
	return nil
}

// address is how a reader on this machine types it.
func address(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return "http://" + a.String()
	}
	if ip := net.ParseIP(host); ip != nil && (ip.IsLoopback() || ip.IsUnspecified()) {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
