package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"syscall"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
	"github.com/spf13/cobra"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/web"
)

const (
	// followEvery keeps what is new well within the two seconds that are promised.
	followEvery = 300 * time.Millisecond
	// stopTime is how long running answers may take after a signal.
	stopTime = 30 * time.Second
)

func (a *app) serveCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the articles at http://localhost:8080",
		Long: `Serve opens the index and shows it as pages and as an API. What «kelisim index» reads in the meantime appears within two seconds.
Ctrl-C ends it.`,
		Example: "  kelisim serve --addr 127.0.0.1:9000\n  kelisim serve --demo",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.serving.demo {
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
			if a.serving.fetch {
				f, err := a.followed()
				if err != nil {
					return err
				}
				follow = &f
			}
			return a.serve(cmd.Context(), follow)
		},
	}
	a.serving.flags(c.Flags())
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

func (a *app) serve(ctx context.Context, follow *followed) error {
	if follow != nil && a.engine.reads() {
		return usagef("--fetch needs the archive, and this machine has none (opensearch_reader): follow sources on the machine with the archive")
	}
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
	s.page() // now, not when the first reader asks
	defer s.close()
	s.metrics = newMetrics(s)
	s.seen = func(v web.Visit) {
		s.metrics.seen(v)
		logVisit(s.log, v)
	}
	l, err := listen(a.serving.addr, "--addr")
	if err != nil {
		return err
	}
	var secure *tls.Config
	if a.serving.cert != "" {
		c, err := newCertificate(a.serving.cert, a.serving.key, s.log)
		if err != nil {
			l.Close()
			return fmt.Errorf("serve: %w", err)
		}
		secure = c.config()
	}
	at := l.Addr().String()
	if secure != nil {
		at = "https://" + at
	}
	if err := s.engine.SetAddress(at); err != nil {
		l.Close()
		return fmt.Errorf("serve: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	measured := make(chan error, 1)
	if a.serving.metrics == "" {
		measured <- nil
	} else {
		ml, err := listen(a.serving.metrics, "--metrics-addr")
		if err != nil {
			l.Close()
			return err
		}
		s.log.Info("metrics and profiles", "at", "http://"+ml.Addr().String()+"/metrics")
		go func() { measured <- s.metrics.serve(ctx, ml) }()
	}
	followed := make(chan error, 1)
	go func() {
		followed <- s.follow(ctx, func() {
			fmt.Fprintln(a.out, address(l.Addr(), secure != nil))
			s.tellSystemd(daemon.SdNotifyReady, "STATUS=answers at "+address(l.Addr(), secure != nil))
			go s.searcher().Names.Lookup(nil) // makes the finder of typed names, a fifth of a second that no reader need wait for
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
	go s.watchdog(ctx)
	err = s.answer(ctx, l, secure)
	cancel()
	return errors.Join(err, <-followed, <-measured, <-fetched)
}

// listen opens an address that a flag named.
func listen(addr, flag string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("address %s is in use by another program; choose another with %s", addr, flag)
	}
	if err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	return l, nil
}

// answer serves HTTP, over TLS where there is a config for it, until ctx is done. Its time-outs keep slow or silent clients from holding
// connections for ever.
func (s *site) answer(ctx context.Context, l net.Listener, secure *tls.Config) error {
	srv := &http.Server{
		Handler:           s.handler,
		TLSConfig:         secure,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug), // what strangers send that is no request
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	failed := make(chan error, 1)
	go func() {
		if secure != nil {
			failed <- srv.ServeTLS(l, "", "")
			return
		}
		failed <- srv.Serve(l)
	}()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.tellSystemd(daemon.SdNotifyStopping)
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := srv.Shutdown(wait); err != nil {
		return fmt.Errorf("stop: %w", errors.Join(err, srv.Close()))
	}
	return nil
}

// address is how a reader on this machine types it.
func address(a net.Addr, secure bool) string {
	scheme := "http://"
	if secure {
		scheme = "https://"
	}
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return scheme + a.String()
	}
	if ip := net.ParseIP(host); ip != nil && (ip.IsLoopback() || ip.IsUnspecified()) {
		host = "localhost"
	}
	return scheme + net.JoinHostPort(host, port)
}
