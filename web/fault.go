package web

import (
	"context"
	"errors"
	"net/http"

	"kelisim/index"
)

// fault is an error that the reader should hear of: what was wrong, and in Detail how to mend it.
type fault struct {
	Status int
	Key    string   // of the message that names the fault; «fault.KEY»
	Args   []string //

	Near    string // the nearest right word, "" where none is near
	Instead string // the address with it, or without what is wrong: «?…»; "" where there is none to offer
}

func (f *fault) Error() string { return http.StatusText(f.Status) + ": " + f.Key }

func bad(key string, args ...string) error {
	return &fault{Status: http.StatusBadRequest, Key: key, Args: args}
}

func notFound(key string, args ...string) error {
	return &fault{Status: http.StatusNotFound, Key: key, Args: args}
}

// faultOf gives what to tell the reader about an error. What went wrong inside stays in the log.
func faultOf(err error) *fault {
	var f *fault
	switch {
	case errors.As(err, &f):
		return f
	case errors.Is(err, index.ErrCursor):
		return &fault{Status: http.StatusBadRequest, Key: "cursor"}
	case errors.Is(err, index.ErrDamaged):
		return &fault{Status: http.StatusServiceUnavailable, Key: "building"}
	case errors.Is(err, index.ErrArchive):
		return &fault{Status: http.StatusServiceUnavailable, Key: "lost"}
	case errors.Is(err, index.ErrPartial):
		return &fault{Status: http.StatusServiceUnavailable, Key: "partial"}
	case errors.Is(err, context.DeadlineExceeded):
		return &fault{Status: http.StatusServiceUnavailable, Key: "slow"}
	}
	return &fault{Status: http.StatusInternalServerError, Key: "broken"}
}

// detail says in the reader's language what was wrong.
func (f *fault) detail(w *words) string { return w.text("fault."+f.Key, f.Args...) }

// title names the status in the reader's language.
func (f *fault) title(w *words) string {
	if key := "fault.title." + f.Key; w.has(key) {
		return w.text(key)
	}
	switch f.Status {
	case http.StatusNotFound:
		return w.text("fault.title.absent")
	case http.StatusMethodNotAllowed:
		return w.text("fault.title.method")
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		return w.text("fault.title.later")
	case http.StatusInternalServerError:
		return w.text("fault.title.broken")
	}
	return w.text("fault.title.address")
}
