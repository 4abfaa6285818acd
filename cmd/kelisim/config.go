package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kelisim/index/fetch"
	"kelisim/web"
)

// configName is the config file where none is named: in the data folder, else where the program was started.
const configName = "kelisim.toml"

// config is a config file as it was read. What it says of a flag stands under the flag's key: «serve.addr» for --addr of serve, «data» for
// the global --data. So a new flag needs no word here.
type config struct {
	path     string // "" where there is none
	text     string
	settings map[string]any
	followed
	mistakes []error
}

// followed is what the config file says of sources.
type followed struct {
	Fetch   fetch.Options
	Sources []fetch.Source
	names   []string // of all that are followed, also where only some are now
}

// configured is a flag with its names in the config file and in the environment.
type configured struct {
	*pflag.Flag
	table string // "" or «serve»
}

func (f configured) name() string { return strings.ReplaceAll(f.Name, "-", "_") }

func (f configured) key() string { return dotted(f.table, f.name()) }

func (f configured) env() string { return envOf(f.name()) }

func envOf(name string) string { return "KELISIM_" + strings.ToUpper(name) }

func dotted(table, key string) string {
	if table == "" {
		return key
	}
	return table + "." + key
}

// configurable are the flags that a config file may set: the global ones and those of serve.
func configurable(root *cobra.Command) (out []configured) {
	add := func(table string, set *pflag.FlagSet) {
		set.VisitAll(func(f *pflag.Flag) {
			if !f.Hidden && f.Name != "help" && f.Name != "config" && f.Name != "demo" {
				out = append(out, configured{f, table})
			}
		})
	}
	add("", root.PersistentFlags())
	for _, c := range root.Commands() {
		if c.Name() == "serve" {
			add(c.Name(), c.Flags())
		}
	}
	return out
}

// findConfig is the file to read: the one that was named, else the one that is there, else "".
func (a *app) findConfig(named string) string {
	if named = cmp.Or(named, os.Getenv(envOf("config"))); named != "" {
		return named
	}
	for _, dir := range []string{cmp.Or(os.Getenv(envOf("data")), a.data), "."} {
		if path := filepath.Join(dir, configName); isFile(path) {
			return path
		}
	}
	return ""
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// readConfig reads a file and names every mistake in it. "" is a config that says nothing. It changes nothing of this process.
func readConfig(path string) (*config, error) {
	c := &config{path: path, settings: map[string]any{}}
	if path == "" {
		return c, nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usagef("there is no config file %s; «kelisim config example» prints one", path)
	}
	if err != nil {
		return nil, fmt.Errorf("read the config file: %w", err)
	}
	c.text = string(data)
	var all map[string]any
	if _, err := toml.Decode(c.text, &all); err != nil {
		if p, ok := errors.AsType[toml.ParseError](err); ok {
			err = fmt.Errorf("%s:%d: %s", path, p.Position.Line, cmp.Or(p.Message, p.Error()))
		}
		c.mistakes = []error{err}
		return c, nil
	}
	scratch := (&app{}).root() // its flags say which values can be
	flags := map[string]configured{}
	for _, f := range configurable(scratch) {
		flags[f.key()] = f
	}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		switch v := all[key].(type) {
		case map[string]any:
			switch key {
			case "fetch":
				c.structure(place{"fetch", 0}, v, &c.Fetch)
				c.doubts(place{"fetch", 0}, c.Fetch.Check())
			default:
				for _, k := range slices.Sorted(maps.Keys(v)) {
					c.flag(flags, place{key, 0}, k, v[k])
				}
			}
		case []map[string]any:
			if key != "source" {
				c.wrong(place{key, 1}, "", "unknown table [[%s]]%s", key, meant(key, []string{"source"}))
				continue
			}
			c.sources(v)
		default:
			c.flag(flags, place{}, key, v)
		}
	}
	return c, nil
}

// place is a table of the file: the nth of its name, from 1, where there are several; "" is what stands before all tables.
type place struct {
	table string
	nth   int
}

// mistake is one in a config file.
type mistake struct {
	path string
	line int
	says string
}

func (m mistake) Error() string { return fmt.Sprintf("%s:%d: %s", m.path, m.line, m.says) }

func lineOf(err error) int {
	m, _ := errors.AsType[mistake](err)
	return m.line
}

func (c *config) wrong(at place, key, format string, args ...any) {
	c.mistakes = append(c.mistakes, mistake{c.path, c.line(at, key), fmt.Sprintf(format, args...)})
}

// doubts takes in mistakes that begin with the key that they are about.
func (c *config) doubts(at place, all []error) {
	for _, err := range all {
		key, _, _ := strings.Cut(err.Error(), " ")
		c.mistakes = append(c.mistakes, mistake{c.path, c.line(at, key), dotted(at.table, err.Error())})
	}
}

// line is where a key of a table stands; that of the table itself where it does not, 1 where nothing does.
func (c *config) line(at place, key string) int {
	found, table, nth, n := 1, "", map[string]int{}, 0
	for text := range strings.Lines(c.text) {
		n++
		text = strings.TrimSpace(text)
		if strings.HasPrefix(text, "[") {
			table, _, _ = strings.Cut(strings.Trim(text, "[ "), "]")
			table = strings.TrimSpace(table)
			nth[table]++
			if table == at.table && (at.nth == 0 || nth[table] == at.nth) {
				found = n
			}
			continue
		}
		name, _, ok := strings.Cut(text, "=")
		name = strings.ReplaceAll(strings.Trim(strings.TrimSpace(name), `"'`), " ", "")
		if ok && key != "" && dotted(table, name) == dotted(at.table, key) && (at.nth == 0 || nth[at.table] == at.nth) {
			return n
		}
	}
	return found
}

// flag takes in a value of a key that is a flag.
func (c *config) flag(flags map[string]configured, at place, key string, value any) {
	full := dotted(at.table, key)
	f, ok := flags[full]
	if !ok {
		c.unknown(flags, at, key)
		return
	}
	text, ok := flagText(f.Flag, value)
	if !ok {
		c.wrong(at, key, "%s: %s; it takes %s", full, shownValue(value), takes(f.Value.Type()))
		return
	}
	if f.Value.Type() == "file" && text != "" && !filepath.IsAbs(text) {
		text = filepath.Join(filepath.Dir(c.path), text)
	}
	if err := setFlag(f.Flag, text); err != nil {
		c.wrong(at, key, "%s: %v", full, err)
		return
	}
	c.settings[full] = text
}

// unknown names a key that there is not, and the nearest that there is.
func (c *config) unknown(flags map[string]configured, at place, key string) {
	var near, tables []string
	for _, f := range flags {
		if f.table == at.table {
			near = append(near, f.name())
		}
		if f.name() == strings.ReplaceAll(key, "-", "_") && f.table != at.table {
			c.wrong(at, key, "%s belongs %s", key, where(f.table))
			return
		}
		tables = append(tables, cmp.Or(f.table, "fetch"))
	}
	if tables = append(tables, "source"); at.table != "" && !slices.Contains(tables, at.table) {
		c.wrong(at, key, "unknown table [%s]%s", at.table, meant(at.table, tables))
		return
	}
	c.wrong(at, key, "unknown key %s%s", dotted(at.table, key), meant(key, near))
}

func where(table string) string {
	if table == "" {
		return "before all tables"
	}
	return "under [" + table + "]"
}

func meant(key string, list []string) string {
	slices.Sort(list)
	list = slices.Compact(list)
	if near := web.Nearest(strings.ReplaceAll(key, "-", "_"), list); near != "" {
		return "; did you mean " + near + "?"
	}
	return "; there are: " + strings.Join(list, ", ")
}

// sources takes in all [[source]].
func (c *config) sources(all []map[string]any) {
	first := map[string]int{}
	for i, v := range all {
		at := place{"source", i + 1}
		var s fetch.Source
		c.structure(at, v, &s)
		c.doubts(at, s.Check())
		if n := first[s.Name]; n > 0 && s.Name != "" {
			c.wrong(at, "name", "source.name: %q is the name of the [[source]] in line %d already", s.Name, n)
		} else {
			first[s.Name] = c.line(at, "name")
		}
		c.Sources = append(c.Sources, s)
	}
}

// structure takes in a table whose keys are the fields of a structure, one by one, so that each mistake is named.
func (c *config) structure(at place, table map[string]any, into any) {
	fields := fieldsOf(into)
	for _, key := range slices.Sorted(maps.Keys(table)) {
		kind, ok := fields[key]
		if !ok {
			c.wrong(at, key, "unknown key %s%s", dotted(at.table, key), meant(key, slices.Collect(maps.Keys(fields))))
			continue
		}
		if !fits(kind, table[key]) {
			c.wrong(at, key, "%s: %s; it takes %s", dotted(at.table, key), shownValue(table[key]), takes(kind))
			continue
		}
		if err := decodeKey(key, table[key], into); err != nil {
			c.wrong(at, key, "%s: %v", dotted(at.table, key), err)
		}
	}
}

// fieldsOf are the keys of a structure with the kind of value that each takes, in the words of package pflag.
func fieldsOf(of any) map[string]string {
	out := map[string]string{}
	t := reflect.TypeOf(of).Elem()
	for i := range t.NumField() {
		f := t.Field(i)
		kind := f.Type
		if kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		name := map[reflect.Kind]string{reflect.String: "string", reflect.Bool: "bool", reflect.Int: "int", reflect.Float64: "float64", reflect.Slice: "stringSlice"}[kind.Kind()]
		if kind == reflect.TypeFor[fetch.Duration]() {
			name = "duration"
		}
		out[cmp.Or(f.Tag.Get("toml"), f.Name)] = name
	}
	return out
}

// decodeKey puts one key into a structure.
func decodeKey(key string, value, into any) error {
	var b bytes.Buffer
	err := toml.NewEncoder(&b).Encode(map[string]any{key: value})
	if err == nil {
		_, err = toml.Decode(b.String(), into)
	}
	if p, ok := errors.AsType[toml.ParseError](err); ok {
		return errors.New(p.Message)
	}
	return err
}

// fits reports whether a value of a file is of a kind that a flag or field takes.
func fits(kind string, value any) bool {
	switch v := value.(type) {
	case string:
		return kind != "int" && kind != "float64" && kind != "bool" && kind != "stringSlice"
	case int64:
		return kind == "int" || kind == "float64"
	case float64:
		return kind == "float64"
	case bool:
		return kind == "bool"
	case []any:
		return kind == "stringSlice" && !slices.ContainsFunc(v, func(x any) bool { _, ok := x.(string); return !ok })
	}
	return false
}

// flagText is a value of a file as somebody would type it on the command line.
func flagText(f *pflag.Flag, value any) (string, bool) {
	if !fits(f.Value.Type(), value) {
		return "", false
	}
	if list, ok := value.([]any); ok {
		var words []string
		for _, x := range list {
			words = append(words, x.(string))
		}
		return strings.Join(words, ","), true
	}
	return fmt.Sprint(value), true
}

// setFlag sets a flag, which stays one that was not given on the command line.
func setFlag(f *pflag.Flag, text string) error {
	if list, ok := f.Value.(pflag.SliceValue); ok && text == "" {
		return list.Replace(nil)
	}
	err := f.Value.Set(text)
	if err != nil && (strings.HasPrefix(err.Error(), "strconv.") || strings.HasPrefix(err.Error(), "time:")) {
		return fmt.Errorf("%q is no right value; it takes %s", text, takes(f.Value.Type()))
	}
	return err
}

// takes says what a kind of value looks like.
func takes(kind string) string {
	switch kind {
	case "int":
		return "a whole number, as 6000"
	case "float64":
		return "a number, as 0.5"
	case "bool":
		return "true or false"
	case "duration":
		return `a length of time in quotes, as "90s" or "15m"`
	case "stringSlice":
		return `a list of texts, as ["a", "b"]`
	}
	return "a text in quotes"
}

// shownValue is a wrong value and what it is.
func shownValue(value any) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("%q is a text", v)
	case int64, float64:
		return fmt.Sprintf("%v is a number", v)
	case bool:
		return fmt.Sprintf("%v is true or false", v)
	case []any, []map[string]any:
		return "a list"
	case map[string]any:
		return "a table"
	}
	return fmt.Sprintf("%v", value)
}

// apply gives the flags what environment and file say of them; a flag that was given stays. from says of each key where its value comes from.
func (c *config) apply(root *cobra.Command) (from map[string]string, mistakes []error) {
	from = map[string]string{}
	for _, f := range configurable(root) {
		from[f.key()] = "default"
		if f.Changed {
			from[f.key()] = "--" + f.Name
			continue
		}
		text, ok := os.LookupEnv(f.env())
		if ok {
			from[f.key()] = f.env()
			if err := setFlag(f.Flag, text); err != nil {
				mistakes = append(mistakes, fmt.Errorf("environment %s: %w", f.env(), err))
			}
			continue
		}
		if v, ok := c.settings[f.key()]; ok {
			from[f.key()] = fmt.Sprintf("%s:%d", c.path, c.line(place{f.table, 0}, f.name()))
			if err := setFlag(f.Flag, v.(string)); err != nil {
				mistakes = append(mistakes, err)
			}
		}
	}
	return from, append(mistakes, c.applyFetch(from)...)
}

// applyFetch gives [fetch] what the environment says of it: KELISIM_FETCH_EVERY, KELISIM_FETCH_ALLOW=a,b.
func (c *config) applyFetch(from map[string]string) (mistakes []error) {
	said := false
	for key, kind := range fieldsOf(&c.Fetch) {
		env := envOf("fetch_" + key)
		text, ok := os.LookupEnv(env)
		if !ok {
			continue
		}
		said = true
		var value any = text
		switch kind {
		case "int", "float64", "bool":
			var holds struct{ X any }
			if _, err := toml.Decode("X = "+text, &holds); err == nil {
				value = holds.X
			}
		case "stringSlice":
			list := []any{}
			for part := range strings.SplitSeq(text, ",") {
				list = append(list, strings.TrimSpace(part))
			}
			value = list
		}
		if !fits(kind, value) {
			mistakes = append(mistakes, fmt.Errorf("environment %s: %s; it takes %s", env, shownValue(value), takes(kind)))
			continue
		}
		if err := decodeKey(key, value, &c.Fetch); err != nil {
			mistakes = append(mistakes, fmt.Errorf("environment %s: %w", env, err))
		}
		from["fetch."+key] = env
	}
	if len(mistakes) == 0 && said {
		for _, err := range c.Fetch.Check() {
			mistakes = append(mistakes, fmt.Errorf("[fetch]: %w", err))
		}
	}
	return mistakes
}

// together names what does not go together, in serve and in what says where the cluster is.
func (c *config) together(o serveOptions, e engineOptions) []error {
	var one config
	if c.path != "" {
		one = config{path: c.path, text: c.text}
		one.doubts(place{"serve", 0}, o.check())
		one.doubts(place{}, e.check())
		return one.mistakes
	}
	return append(o.check(), e.check()...)
}

// configure reads the config file and the environment for a command that is about to run.
func (a *app) configure(cmd *cobra.Command) error {
	c, err := readConfig(a.findConfig(a.configPath))
	if err != nil {
		return err
	}
	a.config = c
	mistakes := c.mistakes
	if len(mistakes) == 0 {
		a.from, mistakes = c.apply(cmd.Root())
	}
	mistakes = append(mistakes, c.together(a.serving, a.engine)...)
	if len(mistakes) > 0 {
		return usageError{errors.Join(mistakes...)}
	}
	return nil
}
