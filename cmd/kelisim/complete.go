package main

import (
	"encoding/json"
	"net/url"
	"slices"

	"github.com/spf13/cobra"

	"kelisim/index"
)

// completeValues lets the shell complete the values of facets: those that the index has, with their names and counts, and
// the fixed ones of other flags.
func (a *app) completeValues(c *cobra.Command) {
	for _, f := range index.Facets() {
		err := c.RegisterFlagCompletionFunc(f.Name, func(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
			return a.valuesOf(cmd, f.Name), cobra.ShellCompDirectiveNoFileComp
		})
		if err != nil {
			panic(err) // a flag of ours that is not there
		}
	}
	for name, values := range map[string][]string{
		"sort": {string(index.Relevance), string(index.Newest), string(index.Oldest)}, "hl": {"kk", "ru", "en"}, "match": {"all", "most"},
		"format": fileFormats, "of": {string(index.Agreements), string(index.Articles)},
	} {
		if c.Flags().Lookup(name) == nil {
			continue
		}
		completeFixed(c, name, values)
	}
}

// completeFixed lets the shell complete a flag that takes one of some values.
func completeFixed(c *cobra.Command, flag string, values []string) {
	if err := c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // a flag of ours that is not there
	}
}

// valuesOf are a facet's values of agreements and articles; none where the index cannot be asked: a shell shows no errors.
func (a *app) valuesOf(cmd *cobra.Command, facet string) (out []string) {
	c, err := a.client(cmd.Context())
	if err != nil {
		return nil
	}
	defer c.close()
	seen := map[string]bool{}
	for _, tab := range []index.Tab{index.Agreements, index.Articles} {
		body, err := c.get(cmd.Context(), "/api/v1/facets?"+url.Values{"more": {facet}, "hl": {"en"}, "tab": {string(tab)}}.Encode())
		var answer struct {
			Facets map[string][]struct{ Key, Label string }
		}
		if err != nil || json.Unmarshal(body, &answer) != nil {
			return nil
		}
		for _, v := range answer.Facets[facet] {
			if !seen[v.Key] {
				seen[v.Key] = true
				out = append(out, cobra.CompletionWithDesc(v.Key, v.Label))
			}
		}
	}
	return slices.Clip(out)
}
