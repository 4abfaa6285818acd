package main

import (
	"bytes"
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kelisim/index/fetch"
	"kelisim/web"
)

// exampleSources is the part of the example that is about sources.
//
//go:embed deploy/sources.toml
var exampleSources string

func (a *app) configCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "config",
		Short: "Check, show or begin the config file",
		Long: `All flags of serve, the global ones and what is followed can stand in one file in TOML: the one that --config or KELISIM_CONFIG names,
else kelisim.toml in the data folder, else kelisim.toml where the program is started. The key of --answer-time of serve is answer_time
under [serve]; in the environment it is KELISIM_ANSWER_TIME. A flag wins over the environment, the environment over the file.`,
		Args: unknownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(
		&cobra.Command{
			Use:     "check [FILE]",
			Short:   "Name every mistake of a config file and of the environment",
			Long:    `Check prints each mistake with its line and the nearest right word; exit code 2 where there is one.`,
			Example: "  kelisim config check /etc/kelisim/kelisim.toml",
			Args:    cobra.MaximumNArgs(1),
			RunE:    func(cmd *cobra.Command, args []string) error { return a.configCheck(cmd, args) },
		},
		&cobra.Command{
			Use:     "example",
			Short:   "Print a config file with all keys, explained",
			Example: "  kelisim config example > data/kelisim.toml",
			Args:    cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				_, err := io.WriteString(a.out, exampleConfig())
				return err
			},
		},
		&cobra.Command{
			Use:   "show",
			Short: "Print what holds: each value, and where it comes from",
			Args:  cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				if err := a.configure(cmd); err != nil {
					return err
				}
				return a.configShow(cmd.Root())
			},
		},
	)
	return c
}

func (a *app) configCheck(cmd *cobra.Command, args []string) error {
	path := a.findConfig(a.configPath)
	if len(args) > 0 {
		path = args[0]
	}
	c, err := readConfig(path)
	if err != nil {
		return err
	}
	tried := &app{}
	_, wrong := c.apply(tried.root())
	all := slices.Concat(c.mistakes, wrong, strangers(cmd.Root()))
	all = append(all, c.together(tried.serving, tried.engine)...)
	slices.SortStableFunc(all, func(a, b error) int { return cmp.Compare(lineOf(a), lineOf(b)) })
	for _, err := range all {
		fmt.Fprintln(a.errOut, err)
	}
	if len(all) > 0 {
		return usageError{errors.New(counted(len(all), "mistake"))}
	}
	if path == "" {
		_, err = fmt.Fprintf(a.out, "there is no config file; the defaults hold («kelisim config example» prints one)\n")
		return err
	}
	_, err = fmt.Fprintf(a.out, "%s: no mistakes; %s\n", path, counted(len(c.Sources), "source"))
	return err
}

// strangers are variables of the environment that look like ours and are none.
func strangers(root *cobra.Command) (out []error) {
	known := []string{envOf("config")}
	for _, f := range configurable(root) {
		known = append(known, f.env())
	}
	for key := range fieldsOf(new(fetch.Options)) {
		known = append(known, envOf("fetch_"+key))
	}
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		if !strings.HasPrefix(name, envOf("")) || slices.Contains(known, name) {
			continue
		}
		if near := web.Nearest(name, known); near != "" {
			out = append(out, fmt.Errorf("environment %s says nothing; did you mean %s?", name, near))
		}
	}
	slices.SortFunc(out, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return out
}

// literal is a flag's value as TOML writes it.
func literal(f *pflag.Flag, text string) string {
	switch f.Value.Type() {
	case "int", "bool", "float64":
		return text
	case "duration":
		if whole, ok := strings.CutSuffix(text, "m0s"); ok {
			text = strings.TrimSuffix(whole+"m", "h0m")
			if text != whole+"m" {
				text += "h"
			}
		}
		return quoted(text)
	case "stringSlice":
		list, _ := f.Value.(pflag.SliceValue)
		var words []string
		if list != nil {
			for _, w := range list.GetSlice() {
				words = append(words, quoted(w))
			}
		}
		return "[" + strings.Join(words, ", ") + "]"
	}
	return quoted(text)
}

func quoted(s string) string {
	var b bytes.Buffer
	if err := toml.NewEncoder(&b).Encode(map[string]string{"x": s}); err != nil {
		return fmt.Sprintf("%q", s)
	}
	return strings.TrimSpace(strings.TrimPrefix(b.String(), "x = "))
}

// exampleConfig is made of the flags, so that it names all there are.
func exampleConfig() string {
	var b strings.Builder
	b.WriteString("# The config file of Kelisim. What has a # before it is the default; take the # away to change it.\n" +
		"# «kelisim config check FILE» names mistakes, «kelisim config show» says what holds.\n" +
		"# In the environment answer_time is KELISIM_ANSWER_TIME, every of [fetch] KELISIM_FETCH_EVERY.\n")
	table := "-"
	for _, f := range configurable((&app{}).root()) {
		if f.table != table && f.table != "" {
			fmt.Fprintf(&b, "\n[%s]\n", f.table)
		}
		table = f.table
		fmt.Fprintf(&b, "\n# %s\n#%s = %s\n", f.Usage, f.name(), literal(f.Flag, f.Value.String()))
	}
	return b.String() + "\n" + exampleSources
}

// configShow prints what holds, as a config file with remarks.
func (a *app) configShow(root *cobra.Command) error {
	var b strings.Builder
	if a.config.path != "" {
		fmt.Fprintf(&b, "# %s\n", a.config.path)
	}
	table := ""
	for _, f := range configurable(root) {
		if f.table != table {
			table = f.table
			fmt.Fprintf(&b, "\n[%s]\n", table)
		}
		fmt.Fprintf(&b, "%s = %s # %s\n", f.name(), literal(f.Flag, f.Value.String()), a.from[f.key()])
	}
	if err := showTable(&b, "[fetch]", a.config.Fetch); err != nil {
		return err
	}
	for _, s := range a.config.Sources {
		if err := showTable(&b, "[[source]]", s); err != nil {
			return err
		}
	}
	_, err := io.WriteString(a.out, b.String())
	return err
}

// showTable prints the keys of a structure that say something.
func showTable(b *strings.Builder, head string, of any) error {
	var said strings.Builder
	if err := toml.NewEncoder(&said).Encode(of); err != nil {
		return err
	}
	fmt.Fprintf(b, "\n%s\n", head)
	for line := range strings.Lines(said.String()) {
		_, value, _ := strings.Cut(strings.TrimSpace(line), " = ")
		if value != `""` && value != "0" && value != `"0s"` && value != "false" && value != "[]" && value != "0.0" {
			b.WriteString(line)
		}
	}
	return nil
}
