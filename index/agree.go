package index

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"kelisim/analysis/agreements/deeds"
)

// agree adds to a batch what becomes of the agreements that its articles told or tell. Sides that all news speaks of have thousands, of which a
// batch changes a few: all are read in brief, and whole only those that something joins or leaves.
func (k Keeper) agree(ctx context.Context, b *Batch, changed map[string]bool, told []Evidence) error {
	stored, err := k.touched(ctx, changed, told)
	if err != nil {
		return err
	}
	t := readAs(stored)
	pointers := func(of []Evidence) (out []*Evidence) {
		for i := range of {
			out = append(out, &of[i])
		}
		return out
	}
	others, err := k.others(ctx, deeds.Thinned(t.evidence, changed, pointers(told)), changed, t.evidence)
	if err != nil {
		return err
	}
	if len(others) > 0 { // they may know what those in whose place they are did not
		told = append(told, others...)
		if stored, err = k.touched(ctx, changed, told); err != nil {
			return err
		}
		t = readAs(stored)
	}
	had, corrected := t.by, t.corrected
	all := pointers(told)
	for _, e := range t.evidence {
		if !changed[e.Article] {
			all = append(all, e)
		}
	}
	var moved []deeds.Gathered
	for _, g := range deeds.Gather(all) {
		// A crowd stays one: what shows that it is one may be a line of which nothing changes, and is not read.
		g.Crowd = g.Crowd || slices.ContainsFunc(g.Of, func(e *Evidence) bool { return t.crowd[e] })
		a := had[g.Of[0].ID]
		if a != nil && !corrected[a.ID] && holds(a, g) && !deeds.Named(g.Of, k.Corrections) {
			delete(had, a.ID)
			continue
		}
		moved = append(moved, g)
	}
	old, whole, err := k.whole(ctx, had)
	if err != nil {
		return err
	}
	for _, g := range moved {
		for i, e := range g.Of {
			if w := whole[e]; w != nil {
				g.Of[i] = w
			}
		}
		a := deeds.Correct(g.Sum(), k.Corrections)
		if before, ok := old[a.ID]; !ok || !reflect.DeepEqual(before, a) {
			b.Agreements = append(b.Agreements, k.doc(a))
		}
		delete(had, a.ID)
	}
	b.Gone = slices.Sorted(maps.Keys(had))
	return nil
}

// stock is stored agreements as merging needs them.
type stock struct {
	by        map[string]*Agreement
	corrected map[string]bool // those that a person corrected
	evidence  []*Evidence     // as it was read
	crowd     map[*Evidence]bool
}

func readAs(stored []Agreement) stock {
	t := stock{make(map[string]*Agreement, len(stored)), map[string]bool{}, nil, map[*Evidence]bool{}}
	for i := range stored {
		a := &stored[i]
		t.by[a.ID], t.corrected[a.ID] = a, a.Wrong
		for j := range a.Evidence {
			e := &a.Evidence[j]
			if e.Read != nil {
				*e, t.corrected[a.ID] = e.AsRead(), true
			}
			if a.Crowd {
				t.crowd[e] = true
			}
			t.evidence = append(t.evidence, e)
		}
	}
	return t
}

// mostOthers bounds the articles that are read again in the place of one that changed or went. Where so many do not tell it as that one did, the
// agreement has a piece less.
const mostOthers = 10 * deeds.MostAlike

// others is evidence of articles that tell the same as some that changed or went, and of which there was no room for it: so many pieces that are
// alike, if there are.
func (k Keeper) others(ctx context.Context, thinned map[deeds.Likeness]int, changed map[string]bool, stored []*Evidence) (out []Evidence, err error) {
	if len(thinned) == 0 || k.Articles == nil {
		return nil, nil
	}
	type place struct {
		id, article string
		start, end  int
	}
	at := func(e *Evidence) place { return place{e.ID, e.Article, e.Start, e.End} }
	has := map[place]bool{}
	apart := map[string]map[string]bool{} // articles that have evidence of an ID, of an outlet or language that lacks none
	lacks := map[[3]string]bool{}
	wanted := map[string]int{} // how many likenesses of an ID lack some
	for like := range thinned {
		wanted[like.ID]++
		lacks[[3]string{like.ID, like.Lang, like.Outlet}] = true
		apart[like.ID] = maps.Clone(changed)
	}
	for _, e := range stored {
		has[at(e)] = true
		if of := apart[e.ID]; of != nil && !lacks[[3]string{e.ID, e.Lang, e.Outlet}] {
			of[e.Article] = true
		}
	}
	records := map[string]*Record{}
	for _, id := range slices.Sorted(maps.Keys(wanted)) {
		tellers, err := k.Engine.Tellers(ctx, []string{id}, apart[id])
		if err != nil {
			return nil, err
		}
		for some := range slices.Chunk(tellers[:min(len(tellers), mostOthers)], deeds.MostAlike) {
			found, err := k.Articles(ctx, some)
			if err != nil {
				return nil, err
			}
			for _, article := range some {
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				a, ok := found[article]
				if !ok || a.Damaged {
					continue
				}
				if records[article] == nil {
					records[article] = k.read(a)
				}
				for _, g := range records[article].Agreements {
					for _, e := range deeds.Told(g) {
						if e.ID == id && !has[at(&e)] {
							out = append(out, e)
							like := e.Alike()
							if thinned[like]--; thinned[like] == 0 {
								wanted[id]--
							}
						}
					}
				}
			}
			if wanted[id] == 0 {
				break
			}
		}
	}
	return out, nil
}

// holds reports whether an agreement's evidence is this and no other.
func holds(a *Agreement, g deeds.Gathered) bool {
	if len(a.Evidence) != len(g.Of) || a.Crowd != g.Crowd {
		return false
	}
	for i, e := range g.Of {
		if e != &a.Evidence[i] {
			return false
		}
	}
	return true
}

// whole reads agreements that were read in brief: as they are, by ID, and the whole of each piece of brief evidence, as it was read. It is an
// error where they are not the same: what is brief must not be written.
func (k Keeper) whole(ctx context.Context, brief map[string]*Agreement) (map[string]Agreement, map[*Evidence]*Evidence, error) {
	if len(brief) == 0 {
		return nil, nil, nil
	}
	found, err := k.Engine.Stored(ctx, Lookup{Own: slices.Sorted(maps.Keys(brief))})
	if err != nil {
		return nil, nil, err
	}
	was, of := make(map[string]Agreement, len(found)), map[*Evidence]*Evidence{}
	for _, a := range found {
		was[a.ID] = a
	}
	for id, a := range brief {
		w := was[id]
		if len(w.Evidence) != len(a.Evidence) {
			return nil, nil, fmt.Errorf("agreement %s has %d pieces of evidence, and had %d before: another program writes the index", id, len(w.Evidence), len(a.Evidence))
		}
		for i := range a.Evidence {
			e, read := &a.Evidence[i], w.Evidence[i].AsRead()
			if e.ID != read.ID || e.Article != read.Article {
				return nil, nil, fmt.Errorf("agreement %s has other evidence than before: another program writes the index", id)
			}
			of[e] = &read
		}
	}
	return was, of, nil
}

// touched are the stored agreements that what changed articles told or tell may belong to, with all that [deeds.Merge]
// needs beside them: the groups of changed evidence, those of all branches of its sides, and the lines of branches met.
func (k Keeper) touched(ctx context.Context, articles map[string]bool, told []Evidence) ([]Agreement, error) {
	var out []Agreement
	var met distinct // evidence of what is in out
	ids, groups := map[string]bool{}, map[string]bool{}
	load := func(l Lookup, more []string) error {
		for _, g := range more {
			if g != "" && !groups[g] {
				groups[g] = true
				l.Groups = append(l.Groups, g)
			}
		}
		if len(l.Articles)+len(l.Groups) == 0 {
			return nil
		}
		l.Brief = true
		found, err := k.Engine.Stored(ctx, l)
		for _, a := range found {
			if !ids[a.ID] {
				ids[a.ID] = true
				out = append(out, a)
				for i := range a.Evidence {
					met.add(&a.Evidence[i])
				}
			}
		}
		return err
	}
	if err := load(Lookup{Articles: slices.Sorted(maps.Keys(articles))}, nil); err != nil {
		return nil, err
	}
	changed := slices.Clone(told)
	for _, a := range out {
		for _, e := range a.Evidence {
			if articles[e.Article] {
				changed = append(changed, e)
			}
		}
	}
	var more []string
	lines := map[string]bool{} // of changed branches
	for _, e := range changed {
		more = append(more, e.Groups()...)
		lines[e.Line()] = true
	}
	if err := load(Lookup{}, more); err != nil {
		return nil, err
	}
	more = nil
	for _, e := range met.of { // another article may know the country of a side that this one does not
		if line := e.Line(); line != "" && lines[line] {
			more = append(more, e.Groups()...)
		}
	}
	if err := load(Lookup{}, more); err != nil {
		return nil, err
	}
	more = nil
	for _, e := range met.of {
		more = append(more, e.Line())
	}
	return out, load(Lookup{}, more)
}

// distinct is evidence, one piece of each that has groups of its own: those of its parties, and of a branch more. A brief engine keeps each
// list of parties once; thousands of pieces of evidence have it.
type distinct struct {
	of   []*Evidence
	seen map[partiesOf]bool
}

type partiesOf struct {
	deeds.List
	branch bool
}

func (d *distinct) add(e *Evidence) {
	l := partiesOf{e.Listed(), e.Branch()}
	if d.seen[l] {
		return
	}
	if d.seen == nil {
		d.seen = map[partiesOf]bool{}
	}
	d.seen[l] = true
	d.of = append(d.of, e)
}

func (k Keeper) doc(a Agreement) AgreementDoc {
	d := AgreementDoc{Agreement: a, Values: map[string][]string{}}
	if a.Wrong {
		return d
	}
	for _, f := range Facets() {
		if f.Agreement != nil {
			d.Values[f.Name] = f.Agreement(&a)
		}
	}
	if k.Texts != nil {
		d.Texts = k.Texts(a)
	}
	return d
}
