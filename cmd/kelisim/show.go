package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kelisim/index/local"
)

// show brings the index to what the archive holds; a running server does that by itself.
func (x *indexing) show(ctx context.Context) error {
	s, server, err := x.openOrServer(ctx)
	if err != nil {
		return err
	}
	if server != "" {
		x.report.Server = server
		return x.await(ctx)
	}
	defer s.close()
	showing, end := context.WithCancel(ctx)
	defer end()
	go local.LetGo(showing)
	all := int64(0)
	if seq, err := s.archive.Seq(ctx); err == nil {
		all = int64(seq - min(seq, s.engine.Seq()))
	}
	x.bar = x.newBar("indexing", all, "articles")
	last := 0
	err = s.catchUp(ctx, func(done int) {
		x.bar.add(done - min(last, done))
		last = done
	})
	x.bar.end()
	x.report.Failed += int(s.failed.Load())
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("stored, but not found yet; the next command or a server goes on: %w", err)
	}
	if err == nil {
		err = s.check(ctx)
	}
	if err == nil && s.engine.Stale() {
		err = s.catchUp(ctx, nil)
	}
	return err
}

// patient is how long a server may stand still before a run that waits for it gives up.
const patient = 30 * time.Second

// asking is how long it may stand still before it is asked whether something keeps it.
const asking = 3 * time.Second

// notReady is what keeps a server from following the archive, "" where nothing does, or where it is only building.
func notReady(ctx context.Context, addr string) string {
	ctx, cancel := context.WithTimeout(ctx, asking)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, serverURL(addr)+"/readyz", nil)
	if err != nil {
		return ""
	}
	res, err := direct.Do(req)
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<10))
	first, _, _ := strings.Cut(string(body), "\n")
	why, ok := strings.CutPrefix(first, "not ready: ")
	if err != nil || !ok || strings.Contains(why, "being built") {
		return ""
	}
	return why
}

// await waits until the server shows what was read. It goes on as long as the server does.
func (x *indexing) await(ctx context.Context) error {
	last, moved := uint64(0), time.Now()
	for {
		h := local.ReadHolder(x.indexDir())
		switch {
		case h.Seq >= x.report.Seq:
			x.report.Shown = true
			return nil
		case h.Seq != last:
			last, moved = h.Seq, time.Now()
		case time.Since(moved) > asking:
			// A server that stands still may know why.
			if x.report.Why = notReady(ctx, h.Address); x.report.Why != "" || time.Since(moved) > patient {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(followEvery / 2):
		}
	}
}

// openOrServer opens the site, or gives the address of the server that has it open. It waits for another process that has
// it only for a while, as «kelisim index» does.
func (a *app) openOrServer(ctx context.Context) (s *site, server string, err error) {
	const every = 200 * time.Millisecond
	for waited := time.Duration(0); ; waited += every {
		s, err := a.open(ctx)
		locked, ok := errors.AsType[*local.LockedError](err)
		switch {
		case !ok:
			return s, "", err
		case locked.Address != "":
			return nil, locked.Address, nil
		case waited == 5*time.Second:
			fmt.Fprintf(a.errOut, "kelisim: waiting for another kelisim%s that has the index open\n", process(locked.Holder))
		}
		select {
		case <-ctx.Done():
			return nil, "", ctx.Err()
		case <-time.After(every):
		}
	}
}

// explainLock says who has the index open.
func (a *app) explainLock(err error) error {
	locked, ok := errors.AsType[*local.LockedError](err)
	switch {
	case !ok:
		return err
	case locked.Address != "":
		return fmt.Errorf("the server at %s%s has the index of %s open already; stop it first", locked.Address, process(locked.Holder), a.data)
	}
	return fmt.Errorf("another kelisim%s has the index of %s open already; wait until it is done", process(locked.Holder), a.data)
}

// process names a process that holds a lock.
func process(h local.Holder) string {
	if h.PID == 0 {
		return ""
	}
	return fmt.Sprintf(" (process %d, since %s)", h.PID, h.Since.Local().Format("2006-01-02 15:04:05"))
}

// client finds the server, or opens the site in this process.
func (a *app) client(ctx context.Context) (*client, error) {
	if !a.engine.reads() {
		if err := a.needArchive(); err != nil {
			return nil, err
		}
	}
	s, server, err := a.openOrServer(ctx)
	if err != nil {
		return nil, err
	}
	if server != "" {
		return &client{base: serverURL(server), close: func() {}}, nil
	}
	if err := s.catchUp(ctx, nil); err != nil {
		if ctx.Err() != nil || !s.answers() {
			return nil, errors.Join(err, s.close())
		}
		s.lost.Store(&err)
		fmt.Fprintf(a.errOut, "kelisim: the index could not be brought up, so %s are not searched: %v\n", counted(s.behind(ctx), "newer change"), err)
	}
	return &client{handler: s.handler, close: func() { s.close() }}, nil
}

// serverURL is where to ask a server of this machine, by what its lock file says.
func serverURL(addr string) string {
	if over, ok := strings.CutPrefix(addr, "https://"); ok {
		return "https://" + reachable(over)
	}
	return "http://" + reachable(addr)
}

// reachable gives an address to ask a server at that listens on all addresses of the machine.
func reachable(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", port) // by number: an empty container knows no names
	}
	return addr
}

// direct asks our own server without the proxy that the environment may name. Its address stands in our own lock file, by number, and so in
// no certificate.
var direct = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}

func (a *app) reindexCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "reindex",
		Short: "Build the index anew from the archive",
		Long: `Reindex reads every archived article again and builds a new index; the old one is used until then. Beside a server it is the server
that does it, and goes on answering; it reads the data folder's institutions.tsv and corrections.tsv again first.
An archive that is older than the index, or another one, is taken as it is: what only the index knew is gone then.
In a cluster the new index serves only once it has all articles of the archive, finds fifty of them by their headlines, and answers sample
queries as the old one does, if both were built by the same rules; --differing lets it serve though it answers otherwise.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := a.needArchive(); err != nil {
				return err
			}
			s, err := a.openAs(cmd.Context(), true)
			if locked, ok := errors.AsType[*local.LockedError](err); ok && locked.Address != "" {
				return a.reindexBeside(cmd.Context(), locked.Address)
			}
			if err != nil {
				return a.explainLock(err)
			}
			defer s.close()
			x := &indexing{app: a}
			all, err := s.archive.Seq(cmd.Context())
			if err != nil {
				return err
			}
			x.bar = x.newBar("indexing", int64(all), "changes")
			last := 0
			err = s.rebuild(cmd.Context(), func(done int) {
				x.bar.add(done - min(last, done))
				last = done
			})
			x.bar.end()
			if err != nil {
				return err
			}
			// Not the changes that were read: some are of articles that were removed.
			have, err := s.archive.Roll(cmd.Context())
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(a.out, counted(have.N, "article")+" indexed")
			return err
		},
	}
	c.Flags().BoolVar(&a.differing, "differing", false, "in a cluster: let the new index serve though it answers otherwise than the old one")
	return c
}

// reindexBeside has the server that has the index open build it anew, and waits for it.
func (a *app) reindexBeside(ctx context.Context, addr string) error {
	if _, err := a.reader(); err != nil {
		return err // the server would only go on trying
	}
	if err := local.AskRebuild(a.indexDir()); err != nil {
		return err
	}
	fmt.Fprintf(a.errOut, "kelisim: the server at %s builds the index anew, and answers from the old one until then\n", addr)
	why, began := "", time.Now()
	for local.Awaited(a.indexDir()) {
		if time.Since(began) > asking {
			began = time.Now()
			if now := notReady(ctx, addr); now != "" && now != why {
				why = now
				fmt.Fprintf(a.errOut, "kelisim: it is kept from it: %s; it goes on trying\n", why)
			}
			if local.ReadHolder(a.indexDir()).Address != addr {
				return fmt.Errorf("the server at %s ended; what opens the index next builds it anew", addr)
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server at %s goes on: %w", addr, ctx.Err())
		case <-time.After(100 * time.Millisecond):
		}
	}
	_, err := fmt.Fprintf(a.out, "change %d indexed by the server at %s\n", local.ReadHolder(a.indexDir()).Seq, addr)
	return err
}
