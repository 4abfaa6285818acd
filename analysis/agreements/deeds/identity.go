package deeds

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

// Identify is the hash of what a record says by itself: its sides, kind and date; without a date when it was reported and
// whether it looks ahead or back. Records of the same ID are never parted: see Merge.
func Identify(a Agreement) string {
	when := a.Date
	if when == "" {
		when = tone(a.Status) + a.Reported
	}
	return hash(append(sidesOf(a.Parties), a.Kind, when)...)
}

// formerID is the ID that a record had up to schema 2. Corrections written then go on finding their agreement.
func (e *Evidence) formerID() string {
	r := e.AsRead()
	var ids []string
	for _, p := range r.Parties {
		ids = append(ids, cmp.Or(p.Key, strings.ToLower(p.Name)))
	}
	slices.Sort(ids)
	year := cmp.Or(r.Date, r.Reported)
	return hash(append(ids, r.Kind, year[:min(4, len(year))])...)
}

func hash(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:6])
}

// The tones of a status: an undated plan tells a deed to come, undated news one of these days, and what is in force may
// be old.
const (
	ahead = ">"
	now   = "~"
	back  = "<"
)

func tone(status string) string {
	switch status {
	case "planned", "discussed":
		return ahead
	case "in-force", "background":
		return back
	}
	return now
}

// sideID is what makes two parties one side: a branch is its parent, and «universities», «partners» and «country» of one
// country are the side there that nobody named.
func sideID(p Party) string {
	switch {
	case p.Parent != "" || p.Key != "":
		return cmp.Or(p.Parent, p.Key)
	case p.Text == "":
		return somewhere(p.Country)
	}
	return strings.ToLower(p.Name)
}

// somewhere is the side that nobody named, in a country.
func somewhere(country string) string { return "~" + country }

func unnamed(side string) bool { return strings.HasPrefix(side, "~") }

// sidesOf are the sides of parties, each once, sorted.
func sidesOf(parties []Party) []string {
	var out []string
	for _, p := range parties {
		out = append(out, sideID(p))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// family is the kind under which a record is compared with others: a laboratory is told as a centre elsewhere.
func family(kind string) string {
	if kind == "joint-lab" {
		return "joint-center"
	}
	return kind
}

// once reports kinds of which the same sides have one: told in different years it is still the same. Documents are signed
// anew.
func once(family string) bool {
	return family == "branch" || family == "joint-center" || family == "alliance"
}

// mostHosts keeps a branch with a long list of sides from having a group a pair.
const mostHosts = 3 // sides

// hosted are the pairs under which a branch of named sides may be told elsewhere: any of them with the country of any
// other, since nobody says which is the parent and which the host.
func hosted(parties []Party) [][2]string {
	var out [][2]string
	sides := sidesOf(parties)
	if len(sides) > mostHosts || slices.ContainsFunc(sides, unnamed) {
		return nil
	}
	for _, a := range sides {
		for _, p := range parties {
			if pair := [2]string{a, somewhere(p.Country)}; p.Country != "" && sideID(p) != a && !slices.Contains(out, pair) {
				out = append(out, pair)
			}
		}
	}
	return out
}

// Groups are the keys of what a piece of evidence may be merged with: its sides; of a branch also its Line, and the pairs
// under which its place may be told.
func (e Evidence) Groups() []string {
	e = e.AsRead()
	out := []string{groupOf(sidesOf(e.Parties))}
	if line := e.Line(); line != "" {
		out = append(out, line)
		for _, pair := range hosted(e.Parties) {
			out = append(out, groupOf(sorted2(pair)))
		}
	}
	return out
}

// Branch reports whether it was read as telling a branch.
func (e *Evidence) Branch() bool {
	if e.Read != nil {
		return e.Read.Kind == "branch"
	}
	return e.Kind == "branch"
}

// Line is the group of all branches of the same sides where each is named, else "".
func (e Evidence) Line() string {
	if !e.Branch() {
		return ""
	}
	sides := sidesOf(e.Parties)
	if slices.ContainsFunc(sides, unnamed) {
		return ""
	}
	return hash(append([]string{"branch"}, sides...)...)
}

func groupOf(sides []string) string { return hash(sides...) }

func sorted2(pair [2]string) []string { return []string{min(pair[0], pair[1]), max(pair[0], pair[1])} }

// Groups are the groups of all its evidence, each once, sorted.
func (a Agreement) Groups() []string {
	var out []string
	for _, e := range a.Evidence {
		out = append(out, e.Groups()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// IDs are all by which the agreement is found, each once: its own, and those of its evidence. An agreement that another
// one took in is found by its old ID.
func (a Agreement) IDs() []string {
	out := []string{a.ID}
	seen := map[string]bool{"": true, a.ID: true} // news of six years tell one in two thousand ways
	for i := range a.Evidence {
		if id := a.Evidence[i].ID; !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// Stand gives an agreement that more articles tell than it has evidence of a piece for each of some articles that has none there: what the first that
// bears the same ID says, without its place. told are the IDs under which each article tells agreements. See Place.
func (a *Agreement) Stand(told map[string][]string) {
	if !a.Crowd {
		return
	}
	first, has := map[string]int{}, map[[2]string]bool{}
	for i := range a.Evidence {
		e := &a.Evidence[i]
		if _, ok := first[e.ID]; !ok {
			first[e.ID] = i
		}
		has[[2]string{e.Article, e.ID}] = true
	}
	var out []Evidence
	for _, article := range slices.Sorted(maps.Keys(told)) {
		for _, id := range told[article] {
			if i, ok := first[id]; ok && !has[[2]string{article, id}] {
				has[[2]string{article, id}] = true
				e := a.Evidence[i]
				e.Article, e.Start, e.End = article, -1, -1
				out = append(out, e)
			}
		}
	}
	if len(out) > 0 {
		a.Evidence = slices.Concat(a.Evidence, out)
	}
}

// Place looks for the quote of evidence that has none (see Stand) in its article's text; ok is false where that says it in other words.
func (e *Evidence) Place(text string) (ok bool) {
	if e.Start >= 0 {
		return true
	}
	i := strings.Index(text, e.Quote)
	if i < 0 || e.Quote == "" {
		return false
	}
	e.Start, e.End = i, i+len(e.Quote)
	return true
}

// Told gives the evidence of an agreement that was read out of one text, complete: with its ID, parties and subject.
func Told(a Agreement) []Evidence {
	out := slices.Clone(a.Evidence)
	for i := range out {
		e := &out[i]
		e.ID = cmp.Or(e.ID, a.ID, Identify(a))
		if e.Parties == nil {
			e.Parties, e.Subject = a.Parties, a.Subject
		}
	}
	return out
}
