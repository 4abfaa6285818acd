package web

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"
)

// gate lets so many answers be worked on at once and so many wait; others are told at once to come again. Each answer
// under work holds memory, and beyond a few a core they only take the cores from one another: the cost of the gate is a
// channel's, what it saves is the server.
type gate struct {
	inside  chan struct{}
	waiting atomic.Int64
	most    int64         // that may wait
	patient time.Duration // how long
}

const (
	insidePerCore  = 4
	waitingPerCore = 32
	// patience is how long a reader waits for others before he is told to come again.
	patience = time.Second
)

func newGate(cores int) *gate {
	return &gate{inside: make(chan struct{}, insidePerCore*cores), most: int64(waitingPerCore * cores), patient: patience}
}

// enter waits for room; where it returns nil, leave must be called. The error is a fault that says «busy».
func (g *gate) enter(ctx context.Context) error {
	select {
	case g.inside <- struct{}{}:
		return nil
	default:
	}
	busy := &fault{Status: http.StatusServiceUnavailable, Key: "busy"}
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > g.most {
		return busy
	}
	t := time.NewTimer(g.patient)
	defer t.Stop()
	select {
	case g.inside <- struct{}{}:
		return nil
	case <-t.C:
		return busy
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *gate) leave() { <-g.inside }
