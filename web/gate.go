package web

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
)

// gate lets so many answers be worked on at once and so many wait; others are told at once to come again. Each answer
// under work holds memory, and beyond a few a core they only take the cores from one another: the cost of the gate is a
// channel's, what it saves is the server.
//
// While articles are being read into the index, one answer a core is worked on: what is new shall be shown within two seconds, and eight
// answers beside it left its two goroutines a tenth of two cores.
//
// What costs a hundred times as much as others waits behind its own like, and half of the cores are never its: a reader who asks for a
// word is not to wait until eight queries of sixty words are answered, whoever sends them.
type gate struct {
	inside  *hall
	beside  *hall       // those inside that came in while articles were being read
	heavy   *hall       // those inside that are heavy
	reading func() bool // articles are being read
	patient time.Duration
}

// hall holds so many answers; others wait for it.
type hall struct {
	in      chan struct{}
	waiting atomic.Int64
	most    int64 // that may wait
}

func newHall(size, wait int) *hall {
	return &hall{in: make(chan struct{}, size), most: int64(wait)}
}

const (
	insidePerCore  = 4
	waitingPerCore = 32
	heavyPerCore   = 4 // that may wait
	// patience is how long a reader waits for others before he is told to come again.
	patience = time.Second
	// heavyWords are more words than a headline has; each is looked up, alone and with its neighbours, as a name.
	heavyWords = 20
)

func newGate(cores int, reading func() bool) *gate {
	wait := waitingPerCore * cores
	return &gate{inside: newHall(insidePerCore*cores, wait), beside: newHall(cores, wait), heavy: newHall((cores+1)/2, heavyPerCore*cores), reading: reading, patient: patience}
}

// heavy reports whether a query is one of the few that take very long.
func heavy(text string) bool {
	if len(text) < 2*heavyWords {
		return false
	}
	n := 0
	for range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		n++
	}
	return n > heavyWords
}

// enter waits for room; where it returns nil, leave must be called. The error is a fault that says «busy».
func (g *gate) enter(ctx context.Context, heavy bool) (leave func(), err error) {
	var rooms []*hall
	if heavy {
		rooms = append(rooms, g.heavy)
	}
	if g.reading != nil && g.reading() {
		rooms = append(rooms, g.beside)
	}
	rooms = append(rooms, g.inside)
	leave = func() {
		for _, r := range rooms {
			<-r.in
		}
	}
	for i, r := range rooms {
		if err := r.enter(ctx, g.patient); err != nil {
			rooms = rooms[:i]
			leave()
			return nil, err
		}
	}
	return leave, nil
}

// waiting is how many wait for any room.
func (g *gate) waiting() int {
	return int(g.inside.waiting.Load() + g.beside.waiting.Load() + g.heavy.waiting.Load())
}

func (h *hall) enter(ctx context.Context, patience time.Duration) error {
	select {
	case h.in <- struct{}{}:
		return nil
	default:
	}
	busy := &fault{Status: http.StatusServiceUnavailable, Key: "busy"}
	defer h.waiting.Add(-1)
	if h.waiting.Add(1) > h.most {
		return busy
	}
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case h.in <- struct{}{}:
		return nil
	case <-t.C:
		return busy
	case <-ctx.Done():
		return ctx.Err()
	}
}
