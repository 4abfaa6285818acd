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
//
// While articles are being read into the index, one answer a core is worked on: what is new shall be shown within two seconds, and eight
// answers beside it left its two goroutines a tenth of two cores.
type gate struct {
	inside  chan struct{}
	reading func() bool   // articles are being read
	beside  chan struct{} // those inside that came in meanwhile, one a core
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

func newGate(cores int, reading func() bool) *gate {
	return &gate{inside: make(chan struct{}, insidePerCore*cores), beside: make(chan struct{}, cores), reading: reading, most: int64(waitingPerCore * cores), patient: patience}
}

// enter waits for room; where it returns nil, leave must be called. The error is a fault that says «busy».
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	rooms := []chan struct{}{g.inside}
	if g.reading != nil && g.reading() {
		rooms = []chan struct{}{g.beside, g.inside}
	}
	leave = func() {
		for _, room := range rooms {
			<-room
		}
	}
	for i, room := range rooms {
		if err := g.into(ctx, room); err != nil {
			rooms = rooms[:i]
			leave()
			return nil, err
		}
	}
	return leave, nil
}

// into waits for one kind of room.
func (g *gate) into(ctx context.Context, room chan struct{}) error {
	select {
	case room <- struct{}{}:
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
	case room <- struct{}{}:
		return nil
	case <-t.C:
		return busy
	case <-ctx.Done():
		return ctx.Err()
	}
}
