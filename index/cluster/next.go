package cluster

import (
	"context"
	"sync"
)

// nextReads reads states for many at once: whoever asks gets what was read after that. One read is under way at a time, and who asks
// meanwhile shares the one after it.
type nextReads struct {
	mu      sync.Mutex
	running bool
	waiting map[string]*reading // by name
}

type reading struct {
	done  chan struct{}
	ctx   context.Context // of the first who asked; that it ends ends nobody else's
	state state
	err   error
}

func (n *nextReads) read(ctx context.Context, name string, do func(context.Context, string) (state, error)) (state, error) {
	n.mu.Lock()
	if n.waiting == nil {
		n.waiting = map[string]*reading{}
	}
	r := n.waiting[name]
	if r == nil {
		r = &reading{done: make(chan struct{}), ctx: context.WithoutCancel(ctx)}
		n.waiting[name] = r
	}
	if !n.running {
		n.running = true
		go n.run(do)
	}
	n.mu.Unlock()
	select {
	case <-r.done:
		return r.state, r.err
	case <-ctx.Done():
		return state{}, ctx.Err()
	}
}

// run reads until nobody waits.
func (n *nextReads) run(do func(context.Context, string) (state, error)) {
	for {
		n.mu.Lock()
		now := n.waiting
		n.waiting = nil
		if len(now) == 0 {
			n.running = false
			n.mu.Unlock()
			return
		}
		n.mu.Unlock()
		for name, r := range now {
			ctx, cancel := context.WithTimeout(r.ctx, 3*attemptTime) // one node that hangs must not use it up
			r.state, r.err = do(ctx, name)
			cancel()
			close(r.done)
		}
	}
}
