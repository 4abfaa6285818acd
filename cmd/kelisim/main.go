// Kelisim finds and counts what Kazakh- and Russian-language news says about universities' international agreements.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"kelisim/index"
)

// Exit codes. Scripts rely on them.
const (
	exitFailed = 1 // something failed, or some articles did
	exitUsage  = 2 // the command line means nothing
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		// A second signal kills at once: the archive and the index survive that.
		<-ctx.Done()
		stop()
	}()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// app is what the subcommands share.
type app struct {
	data       string // the data folder
	in         io.Reader
	out        io.Writer
	errOut     io.Writer
	weights    index.Weights // of searches
	base       string        // address of the site, for what is read elsewhere
	answerTime time.Duration // that an answer may take
	apiRate    int           // requests a minute
	fresh      bool          // a new archive is made where an index lies, which begins anew
	ran        bool          // a subcommand began, so an error is no usage error any more
}

// errReported says that something failed and was reported where it happened.
var errReported = errors.New("reported")

// usageError is a mistake on the command line that cobra does not see.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	a := &app{in: in, out: out, errOut: errOut, weights: index.DefaultWeights(), answerTime: askTimeout}
	root := a.root()
	root.SetArgs(holdDashes(args))
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	cmd, err := root.ExecuteContextC(ctx)
	_, usage := errors.AsType[usageError](err)
	switch {
	case err == nil:
		return 0
	case usage || !a.ran:
		fmt.Fprintf(errOut, "kelisim: %v\nTry '%s --help'.\n", err, cmd.CommandPath())
		return exitUsage
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(errOut, "kelisim: interrupted; what was done is kept, and the same command goes on")
	case !errors.Is(err, errReported):
		fmt.Fprintf(errOut, "kelisim: %v\n", err)
	}
	return exitFailed
}

// needs is the error of a subcommand that got nothing to work on.
func needs(what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return usagef("%s needs %s", c.Name(), what)
		}
		return nil
	}
}

func unknownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := fmt.Errorf("unknown command %q", args[0])
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		err = fmt.Errorf("%w; did you mean %s?", err, strings.Join(near, " or "))
	}
	return usageError{err}
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "kelisim",
		Short: "Find and count universities' international agreements in Kazakh and Russian news",
		Long: `Kelisim finds and counts what Kazakh- and Russian-language news says about universities' international agreements.

  kelisim index articles/      read articles into the data folder
  kelisim serve                show them at http://localhost:8080`,
		Args:          unknownCommand,
		SilenceErrors: true,
		SilenceUsage:  true,

		SuggestionsMinimumDistance: 2, // letters
		PersistentPreRun: func(*cobra.Command, []string) {
			a.ran = true
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().StringVar(&a.data, "data", "./data", "data folder: the archive and its index")
	root.AddCommand(
		a.indexCommand(), a.fetchCommand(), a.serveCommand(), a.searchCommand(), a.agreementsCommand(), a.exportCommand(), a.reindexCommand(),
		a.showCommand(), a.removeCommand(), a.verifyCommand(), a.backupCommand(), a.restoreCommand(),
		a.extractCommand(), a.analyzeCommand(), a.evalCommand(), a.namesCommand(), a.lexiconCommand(), a.learnCommand(), a.versionCommand(),
	)
	return root
}
