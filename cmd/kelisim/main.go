// Kelisim finds and counts what Kazakh- and Russian-language news says about universities' international agreements.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

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
	configPath string // that was named
	config     *config
	from       map[string]string // where the value of each key of it comes from
	logFormat  string
	logLevel   string
	log        *slog.Logger
	in         io.Reader
	out        io.Writer
	errOut     io.Writer
	weights    index.Weights // of searches
	serving    serveOptions
	all        bool // no source's relevance counts
	engine     engineOptions
	differing  bool // a new index serves though it answers otherwise
	fresh      bool // a new archive is made where an index lies, which begins anew
	ran        bool // a subcommand began, so an error is no usage error any more
}

// errReported says that something failed and was reported where it happened.
var errReported = errors.New("reported")

// usageError is a mistake on the command line that cobra does not see.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	a := &app{in: in, out: out, errOut: errOut, weights: index.DefaultWeights()}
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

// unconfigured reports whether a command reads no config file: those that check one, and those that only print.
func unconfigured(cmd *cobra.Command) bool {
	for ; cmd.HasParent(); cmd = cmd.Parent() {
		if slices.Contains([]string{"config", "version", "help", "completion", "deploy", "man", "__complete", "__completeNoDesc"}, cmd.Name()) {
			return true
		}
	}
	return false
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
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if !unconfigured(cmd) {
				if err := a.configure(cmd); err != nil {
					return err
				}
				if cmd.Name() != "serve" {
					a.serving.answerTime = askTimeout // nobody else waits
				}
			}
			a.ran = true
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	a.data, a.logFormat, a.logLevel = "./data", logFormats[0], "info"
	root.PersistentFlags().StringVar(&a.configPath, "config", "", "config file (default: kelisim.toml in the data folder, or here)")
	root.PersistentFlags().Var(checked{&a.data, "file", nil}, "data", "data folder: the archive and its index")
	root.PersistentFlags().Var(checked{&a.logFormat, "string", oneOf(logFormats)}, "log-format", "form of the log: text or json")
	root.PersistentFlags().Var(checked{&a.logLevel, "string", oneOf(logLevels)}, "log-level", "what is logged: debug, info, warn or error")
	root.PersistentFlags().BoolVar(&a.all, "all", false, "index what is fetched however little it is about education; for good: all = true in the config file")
	a.engine.flags(root.PersistentFlags())
	root.AddCommand(
		a.indexCommand(), a.fetchCommand(), a.serveCommand(), a.searchCommand(), a.agreementsCommand(), a.exportCommand(), a.reindexCommand(),
		a.showCommand(), a.removeCommand(), a.verifyCommand(), a.migrateCommand(), a.backupCommand(), a.restoreCommand(),
		a.extractCommand(), a.analyzeCommand(), a.evalCommand(), a.namesCommand(), a.lexiconCommand(), a.learnCommand(), a.versionCommand(),
		a.configCommand(), a.healthCommand(), a.deployCommand(), a.manCommand(),
	)
	return root
}
