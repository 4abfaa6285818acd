package local

import (
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// errPanic is what a panic in the reading of files becomes; errFault that of a file that lost its end under a memory map.
var (
	errPanic = errors.New("it cannot be read")
	errFault = fmt.Errorf("%w: a file lost its end under a memory map", errPanic)
)

// guarded makes errors of panics: bleve panics on files that it cannot read, and a file that is cut while it is mapped into memory
// faults, which else would end the program. Call it as «defer guarded(&err)()». It costs a few nanoseconds.
func guarded(err *error) func() {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		p := recover()
		if p == nil {
			return
		}
		why := errPanic
		if _, fault := p.(interface{ Addr() uintptr }); fault {
			why = errFault
		}
		*err = fmt.Errorf("index: %w: %v\n%s", why, p, debug.Stack())
	}
}

// hooks is the name under which bleve knows ours.
const hooks = "kelisim"

func init() {
	// bleve calls this in its own goroutines before they read segments: so a fault is a panic there too, which bleve recovers from
	// and reports below.
	scorch.RegistryEventCallbacks[hooks] = func(scorch.Event) bool {
		debug.SetPanicOnFault(true)
		return true
	}
	// bleve tries what failed again at once and for ever, which takes a whole core.
	scorch.RegistryAsyncErrorCallbacks[hooks] = func(err error, store string) {
		if g, ok := writing.Load(store); ok {
			g.(*generation).die(fmt.Errorf("write index: %w", err))
		}
	}
}
