package russian

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed exceptions.txt
var exceptionsText string

// theExceptions reads the lines «word stem # why»; a second stem may follow the first.
var theExceptions = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for l := range strings.Lines(exceptionsText) {
		l, _, _ = strings.Cut(l, "#")
		if f := strings.Fields(l); len(f) > 1 {
			m[f[0]] = f[1:]
		}
	}
	return m
})
