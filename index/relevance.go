package index

import (
	"slices"

	"kelisim/analysis/agreements"
	"kelisim/analysis/relevance"
)

// RelevanceReading is what tells what an article is about.
func RelevanceReading(r *Record) relevance.Reading {
	out := relevance.Reading{Text: r.Text, Title: len(r.Article.Title), Mentions: r.Mentions}
	for _, a := range r.Agreements {
		if PercentOf(Confidence(a)) >= Shown {
			school := slices.ContainsFunc(a.Parties, func(p agreements.Party) bool { return p.Key != "" && !p.Unlisted })
			out.Agreements = append(out.Agreements, relevance.Agreement{Kind: a.Kind, School: school})
		}
	}
	for _, c := range r.Claims {
		out.Claims = append(out.Claims, c.Kind)
	}
	return out
}

// Relevant is how likely an article is about education, science or universities' agreements, 0–1, and what weighed most. One whose text
// could not be read is held for relevant: nobody can say otherwise.
func Relevant(r *Record) (float64, []relevance.Reason) {
	if r.Text == nil || r.Article.Damaged {
		return 1, nil
	}
	return relevance.Default().Score(RelevanceReading(r))
}
