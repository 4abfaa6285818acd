package main

import (
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"
)

// bar shows progress: a bar on a terminal, else a plain line every few seconds. Its zero value shows nothing.
type bar struct {
	live  *progressbar.ProgressBar
	plain *plainBar
}

// plainEvery keeps logs short.
const plainEvery = 5 * time.Second

type plainBar struct {
	app         *app
	doing, unit string
	done, all   int64
	told        time.Time
}

// newBar begins to show the progress of doing something; all is 0 where its size is not known.
func (x *indexing) newBar(doing string, all int64, unit string) bar {
	if x.quiet {
		return bar{}
	}
	if !isTerminal(x.errOut) {
		return bar{plain: &plainBar{app: x.app, doing: doing, unit: unit, all: all, told: time.Now()}}
	}
	if all <= 0 {
		all = -1
	}
	return bar{live: progressbar.NewOptions64(all,
		progressbar.OptionSetDescription(doing), progressbar.OptionSetWriter(x.errOut), progressbar.OptionShowCount(),
		progressbar.OptionShowBytes(unit == "bytes"), progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionFullWidth())}
}

func (b bar) add(n int) {
	switch {
	case b.live != nil:
		_ = b.live.Add(n)
	case b.plain != nil:
		b.plain.add(int64(n))
	}
}

func (p *plainBar) add(n int64) {
	p.done += n
	if time.Since(p.told) < plainEvery {
		return
	}
	p.told = time.Now()
	of := ""
	if p.all > 0 {
		of = fmt.Sprintf(" of %d", p.all)
	}
	fmt.Fprintf(p.app.errOut, "kelisim: %s: %d%s %s\n", p.doing, p.done, of, p.unit)
}

// clear makes room for a line of text.
func (b bar) clear() {
	if b.live != nil {
		_ = b.live.Clear()
	}
}

func (b bar) end() {
	if b.live != nil {
		_ = b.live.Finish()
	}
}
