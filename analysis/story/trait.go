package story

import (
	"cmp"
	"slices"
)

// A sketch is looked for by its traits: texts without one in common are not compared.
const (
	leastRuns = 2  // of the least runs: two copies share one of them nearly always
	rarestOf  = 8  // facts
	telling   = .6 // how rare a fact is at least: one that sixteen of a thousand texts tell
)

// Traits are what a sketch is kept under: some of its runs, and its facts in the week of its date.
func (s *Sketch) Traits() []uint32 { return s.traits(0, nil) }

// Near are the traits of all sketches that this one may be alike: those of the weeks before and after, too.
func (s *Sketch) Near() []uint32 {
	out := s.traits(0, nil)
	if s.Day != 0 {
		out = s.facts(1, s.facts(-1, out))
	}
	return out
}

func (s *Sketch) traits(shift int, out []uint32) []uint32 {
	for _, h := range s.Runs[:min(len(s.Runs), leastRuns)] {
		out = append(out, mix(uint64(h)<<8|kinds))
	}
	if s.Day != 0 {
		out = s.facts(shift, out)
	}
	return out
}

// facts are the rarest of what is told, and what is told of a body at home with a land: what many texts of a week have by itself says little.
func (s *Sketch) facts(shift int, out []uint32) []uint32 {
	week := uint64(s.Day/Within+shift) << 40
	type fact struct {
		hash   uint64 // and its kind
		rarity float64
	}
	var all []fact
	for _, kind := range []int{abroad, home, proper, number} { // a name is a proper name, too
		for _, h := range s.Facts[kind] {
			if r := rarity(kind, h); r >= telling {
				all = append(all, fact{uint64(h)<<8 | uint64(kind), r})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b fact) int {
		return cmp.Or(cmp.Compare(b.rarity, a.rarity), cmp.Compare(mix(a.hash), mix(b.hash)))
	})
	for _, f := range all[:min(len(all), rarestOf)] {
		out = append(out, mix(week|f.hash))
	}
	if len(s.Facts[home]) > 0 && len(s.Facts[land]) > 0 {
		out = append(out, mix(week|uint64(s.Facts[home][0]^s.Facts[land][0])<<8|home))
	}
	return out
}
