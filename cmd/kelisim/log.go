package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"kelisim/web"
)

var (
	logFormats = []string{"text", "json"}
	logLevels  = []string{"debug", "info", "warn", "error"}
)

// newLog makes the log of the program. A wrong level or format means the default: flags are checked where they are read.
func newLog(to io.Writer, format, level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(cmp.Or(level, "info"))); err != nil {
		l = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: l}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(to, o))
	}
	return slog.New(slog.NewTextHandler(to, o))
}

// logger is the log as the flags have it.
func (a *app) logger() *slog.Logger {
	if a.log == nil {
		a.log = newLog(a.errOut, a.logFormat, a.logLevel)
	}
	return a.log
}

// logVisit writes a line of the access log. What was searched for is the reader's own affair: it stands there only where faults are
// looked for. What asks again and again whether we are alive is left out then, too.
func logVisit(log *slog.Logger, v web.Visit) {
	level := slog.LevelInfo
	if v.Route == "/healthz" || v.Route == "/readyz" {
		level = slog.LevelDebug
	}
	ctx := context.Background()
	if !log.Enabled(ctx, level) {
		return
	}
	args := []slog.Attr{
		slog.String("request", v.ID), slog.String("method", v.Method), slog.String("path", v.Path), slog.Int("status", v.Status),
		slog.Float64("ms", float64(v.Took.Round(10*time.Microsecond))/float64(time.Millisecond)), slog.Int64("bytes", v.Bytes), slog.String("client", v.Client),
	}
	if v.Refused != "" {
		args = append(args, slog.String("refused", v.Refused))
	}
	if log.Enabled(ctx, slog.LevelDebug) && v.Query != "" {
		args = append(args, slog.String("query", v.Query))
	}
	log.LogAttrs(ctx, level, "answered", args...)
}

// oneOf is the check of a flag that takes one of a few words.
func oneOf(words []string) func(string) error {
	return func(s string) error {
		if !slices.Contains(words, s) {
			return fmt.Errorf("%q is not one of %s", s, strings.Join(words, ", "))
		}
		return nil
	}
}
