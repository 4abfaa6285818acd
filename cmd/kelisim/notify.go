package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-systemd/v22/daemon"
)

// tellSystemd tells the service manager how it stands; where there is none, nothing happens.
func (s *site) tellSystemd(lines ...string) {
	if _, err := daemon.SdNotify(false, strings.Join(lines, "\n")); err != nil {
		s.log.Warn("systemd does not hear", "err", err)
	}
}

// startRoom is how long the service manager shall wait from now on for a start that gets on.
const startRoom = 2 * time.Minute

// starting tells that a long start gets on: an index is built for minutes.
func (s *site) starting(done int) {
	s.tellSystemd(fmt.Sprintf("EXTEND_TIMEOUT_USEC=%d", startRoom.Microseconds()), fmt.Sprintf("STATUS=indexing: %d of %d articles", done, s.all.Load()))
}

// watchdog tells the service manager, as often as it asks for, that requests are answered. One that hangs is not told.
func (s *site) watchdog(ctx context.Context) {
	every, err := daemon.SdWatchdogEnabled(false)
	if err != nil || every == 0 {
		return
	}
	t := time.NewTicker(every / 3)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		if s.alive(ctx) {
			s.tellSystemd("WATCHDOG=1")
		}
	}
}

// alive asks the handler of the pages as a reader would.
func (s *site) alive(ctx context.Context) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/healthz", nil)
	if err != nil {
		return false
	}
	w := &recorder{status: http.StatusOK, header: http.Header{}}
	s.handler.ServeHTTP(w, r)
	return w.status == http.StatusOK
}
