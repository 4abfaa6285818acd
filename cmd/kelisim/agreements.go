package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kelisim/index"
)

func (a *app) agreementsCommand() *cobra.Command {
	q := &asked{}
	wrong := ""
	c := &cobra.Command{
		Use:   "agreements [WORDS…]",
		Short: "List agreements with the sentence each was taken from",
		Long: `Agreements prints who agreed what with whom, and the sentence that says so. It takes the words and filters of «search»; here
they must hold in one and the same agreement.

Each says how sure the program is that it read it right; those below --min-confidence are left out of everything that is
counted. --min-confidence 0 prints all that is stored.

--wrong ID prints the line of corrections.tsv that takes an agreement out. Append it to that file in the data folder, put your name
and your ground in its last two columns, or change field and value to mend it (status, kind, date, subject, party); then run
«kelisim reindex», or start the server anew.`,
		Example: "  kelisim agreements --country CN --status signed\n  kelisim agreements --wrong 1f3a… >> data/corrections.tsv",
		RunE: func(cmd *cobra.Command, words []string) error {
			for i, w := range words {
				words[i] = plainDash(w)
			}
			if wrong != "" {
				return a.wrong(cmd.Context(), wrong)
			}
			return a.ask(cmd.Context(), "/api/v1/agreements", q.values(words), q.asJSON, printAgreements)
		},
	}
	q.flags(c)
	defer a.completeValues(c)
	c.Flags().StringVar(&q.match, "match", "", "all (default) or most of the words")
	c.Flags().StringVar(&wrong, "wrong", "", "print the line of corrections.tsv that takes the agreement with this id out")
	return c
}

// wrong prints a correction to be filled in, under the names of the columns where the file does not exist yet.
func (a *app) wrong(_ context.Context, id string) error {
	if strings.ContainsAny(id, "\t\n\r ") {
		return usagef("--wrong takes the id of an agreement, not %q", id)
	}
	if info, err := os.Stat(filepath.Join(a.data, corrections)); errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		fmt.Fprintln(a.out, "id\tfield\tvalue\twho\twhy")
	}
	who := cmp.Or(os.Getenv("USER"), os.Getenv("LOGNAME"), "WHO")
	_, err := fmt.Fprintf(a.out, "%s\twrong\t\t%s\tWHY\n", id, who)
	return err
}

func printAgreements(w io.Writer, f found, l look) {
	for _, n := range f.Notes {
		fmt.Fprintf(w, "%s\n", n.Text)
	}
	total := totals(f, "agreement")
	if f.Uncertain > 0 {
		total += fmt.Sprintf(", %d of them uncertain", f.Uncertain)
	}
	fmt.Fprintln(w, total)
	for _, h := range f.Hits {
		fmt.Fprintf(w, "\n%s  %s, %s, %s  %s%s%s\n", days(h), h.Kind, h.Status, sureness(h), l.dim, h.ID, l.plain)
		for _, p := range h.Parties {
			fmt.Fprintf(w, "  %s%s%s\n", l.bold, shown(partyName(p)), l.plain)
		}
		for _, e := range h.Evidence {
			fmt.Fprintf(w, "    «%s»\n    %s%s %s %s%s\n", shown(e.Quote), l.dim, e.Reported, e.Outlet, e.Article, l.plain)
			if e.Corrected != "" {
				fmt.Fprintf(w, "    corrected: %s\n", shown(e.Corrected))
			}
		}
	}
	printNext(w, f)
}

// days tells the day that the text states from that of the article.
func days(h hit) string {
	switch {
	case h.Date != "" && h.Reported != "":
		return "stated " + h.Date + ", reported " + h.Reported
	case h.Date != "":
		return "stated " + h.Date
	case h.Reported != "":
		return "reported " + h.Reported
	}
	return "undated"
}

// sureness says how sure the program is of an agreement.
func sureness(h hit) string {
	for _, e := range h.Evidence {
		if e.Corrected != "" {
			return "corrected"
		}
	}
	sure := index.PercentOf(h.Confidence)
	if sure < index.Sure {
		return fmt.Sprintf("%d%%, uncertain", sure)
	}
	return fmt.Sprintf("%d%%", sure)
}

func partyName(p index.Party) string {
	name := cmp.Or(p.Name, p.Text, p.Key)
	if p.Country != "" {
		name += ", " + p.Country
	}
	return name
}
