package deeds

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Correction is one line of corrections.tsv: what a person says is wrong about an agreement.
type Correction struct {
	ID    string // of the agreement, or of any of its evidence, as the program reads it without corrections
	Field string // status, kind, date, subject, party, or wrong
	Value string // what is right; for party «as written=key» or «as written=» to drop it; for wrong nothing
	Who   string // who says so
	Why   string // on what ground
}

// correctable are the fields that a correction may name, with the values that a closed list has.
var correctable = map[string][]string{
	"status":  {"signed", "agreed", "in-force", "planned", "discussed", "background"},
	"kind":    {"memorandum", "agreement", "double-degree", "joint-program", "branch", "joint-center", "joint-lab", "alliance", "exchange", "intergovernmental", "other"},
	"date":    nil,
	"subject": nil,
	"party":   nil,
	"wrong":   nil,
}

// correctionHeader is the first line of corrections.tsv.
const correctionHeader = "id\tfield\tvalue\twho\twhy"

// ReadCorrections reads corrections.tsv: a line naming the columns, then one correction a line; empty lines and lines
// that begin with # say nothing. An error names the line.
func ReadCorrections(r io.Reader) ([]Correction, error) {
	var out []Correction
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	seen := false
	for n := 1; in.Scan(); n++ {
		line := strings.TrimRight(strings.TrimPrefix(in.Text(), "\ufeff"), "\r")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if !seen {
			if line != correctionHeader {
				return nil, fmt.Errorf("corrections line %d: the first line must name the columns: %q", n, correctionHeader)
			}
			seen = true
			continue
		}
		c, err := readCorrection(line)
		if err != nil {
			return nil, fmt.Errorf("corrections line %d: %w", n, err)
		}
		out = append(out, c)
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("corrections: %w", err)
	}
	return out, nil
}

func readCorrection(line string) (Correction, error) {
	f := strings.Split(line, "\t")
	if len(f) != 5 {
		return Correction{}, fmt.Errorf("%d columns, not the 5 of %q", len(f), correctionHeader)
	}
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	c := Correction{f[0], f[1], f[2], f[3], f[4]}
	values, ok := correctable[c.Field]
	switch {
	case c.ID == "":
		return c, fmt.Errorf("no agreement id")
	case !ok:
		return c, fmt.Errorf("field %q is none of date, kind, party, status, subject, wrong", c.Field)
	case values != nil && !slices.Contains(values, c.Value):
		return c, fmt.Errorf("%s %q is none of %s", c.Field, c.Value, strings.Join(values, ", "))
	case c.Field == "date" && !validDate(c.Value):
		return c, fmt.Errorf("date %q is not empty, YYYY[-MM[-DD]] or start/end", c.Value)
	case c.Field == "party" && !strings.Contains(c.Value, "="):
		return c, fmt.Errorf("party %q is not «as written=key»", c.Value)
	case c.Who == "" || c.Why == "":
		return c, fmt.Errorf("a correction says who and why")
	}
	return c, nil
}

func validDate(s string) bool {
	if s == "" {
		return true
	}
	for part := range strings.SplitSeq(s, "/") {
		for i, r := range part {
			if dash := i == 4 || i == 7; dash != (r == '-') || !dash && (r < '0' || r > '9') {
				return false
			}
		}
		if n := len(part); n != 4 && n != 7 && n != 10 {
			return false
		}
	}
	return strings.Count(s, "/") < 2
}

// Apply returns the agreements as people corrected them; as itself is not changed. An agreement that is wrong is left
// out; see Correct.
func Apply(as []Agreement, cs []Correction) []Agreement {
	var out []Agreement
	for _, a := range as {
		if a = Correct(a, cs); !a.Wrong {
			out = append(out, a)
		}
	}
	return out
}

// Correct returns an agreement as people corrected it, in the order of cs; a itself is not changed. A correction names it
// by its ID or by that of any of its evidence, as the program gives them without corrections: so it goes on finding the
// agreement when that takes another in, or an earlier article gives it another ID. It holds for the whole agreement.
// Evidence.Corrected says who changed what, and why; an agreement that is none is Wrong.
func Correct(a Agreement, cs []Correction) Agreement {
	if len(cs) == 0 {
		return a
	}
	told := Told(a)
	ids := a.IDs()
	for i := range told {
		ids = append(ids, told[i].formerID())
	}
	changed := false
	for _, c := range cs {
		if !slices.Contains(ids, c.ID) {
			continue
		}
		if !changed {
			a.Parties, a.Evidence = slices.Clone(a.Parties), slices.Clone(a.Evidence)
			changed = true
		}
		a.correct(c)
	}
	return a
}

// Named reports whether a correction names an agreement by its evidence, or may: see Correct.
func Named(of []*Evidence, cs []Correction) bool {
	if len(cs) == 0 {
		return false
	}
	return slices.ContainsFunc(of, func(e *Evidence) bool {
		former := e.formerID()
		return slices.ContainsFunc(cs, func(c Correction) bool { return c.ID == e.ID || c.ID == former })
	})
}

func (a *Agreement) correct(c Correction) {
	switch c.Field {
	case "wrong":
		a.Wrong = true
	case "status":
		a.Status = c.Value
	case "kind":
		a.Kind = c.Value
	case "date":
		a.Date = c.Value
	case "subject":
		a.Subject = c.Value
	case "party":
		text, key, _ := strings.Cut(c.Value, "=")
		for i := len(a.Parties) - 1; i >= 0; i-- {
			switch p := &a.Parties[i]; {
			case p.Text != text && p.Key != text:
			case key == "":
				a.Parties = slices.Delete(a.Parties, i, i+1)
			default:
				p.Key = key
			}
		}
	}
	for i := range a.Evidence {
		e := &a.Evidence[i]
		if e.Read == nil {
			e.Read = &Reading{e.Kind, e.Status, e.Date}
		}
		switch c.Field {
		case "status":
			e.Status = c.Value
		case "kind":
			e.Kind = c.Value
		case "date":
			e.Date = c.Value
		}
		if e.Corrected != "" {
			e.Corrected += "; "
		}
		e.Corrected += fmt.Sprintf("%s by %s: %s", c.Field, c.Who, c.Why)
	}
}
