package local

import (
	"cmp"
	"maps"
	"slices"

	"kelisim/index"
)

// monthSpan is the months that a date may mean, as year*12 + month from 0; noMonth where there is none.
type monthSpan struct{ first, last int32 }

const noMonth = -1

func monthsOf(first, last []int32) []monthSpan {
	out := make([]monthSpan, len(first))
	known := map[int32]int32{}
	month := func(day int32) int32 {
		m, ok := known[day]
		if !ok {
			d := index.Day(int(day))
			m = int32(d.Year*12 + d.Month - 1)
			known[day] = m
		}
		return m
	}
	for i := range out {
		out[i] = monthSpan{noMonth, noMonth}
		if first[i] != index.Undated {
			out[i] = monthSpan{month(first[i]), month(last[i])}
		}
	}
	return out
}

// tally counts documents by the values of facets. Several places of one document count once: what is added between
// two calls of next with once counts each value once.
type tally struct {
	facets  [][]uint32
	by      int                  // which dates: see datesBy
	base    int32                // the month that single begins with
	single  []uint32             // documents of one month
	months  map[monthSpan]uint32 // others
	undated uint32
	days    []chosenDay

	turn      uint32
	facetSeen [][]uint32
	monthSeen map[int32]uint32
	yearSeen  map[int32]uint32
	noneSeen  uint32
	oneMonth  map[int32]uint32
	oneYear   map[int32]uint32
}

// chosenDay is a chosen value of the date facet, which is counted even if it is a day.
type chosenDay struct {
	key   string
	date  dates
	count uint32
	seen  uint32
}

// mostMonths bounds the months that are counted in a row: four centuries.
const mostMonths = 4800

func newTally(v *view, s index.Selection) *tally {
	c := &v.g.columns
	t := &tally{
		by: datesBy(s), base: v.months[datesBy(s)].first,
		months: map[monthSpan]uint32{}, monthSeen: map[int32]uint32{}, yearSeen: map[int32]uint32{},
		oneMonth: map[int32]uint32{}, oneYear: map[int32]uint32{},
	}
	for _, d := range c.facets {
		n := len(d.all())
		t.facets = append(t.facets, make([]uint32, n))
		t.facetSeen = append(t.facetSeen, nil)
	}
	if n := v.months[t.by].last - t.base; n >= 0 && n < mostMonths {
		t.single = make([]uint32, n+1)
	}
	for _, key := range chosenDates(s) {
		if d, err := index.ParseDate(key); err == nil && d.Day != 0 {
			t.days = append(t.days, chosenDay{key: key, date: datesOf([]string{key})})
		}
	}
	return t
}

// chosenDates are the values of the date facet that a selection chooses or excludes.
func chosenDates(s index.Selection) []string {
	out := slices.Concat(s.Include[dateFacet], s.Exclude[dateFacet])
	if !s.From.IsZero() && s.From == s.To {
		out = append(out, s.From.String())
	}
	return out
}

// add counts a document in one facet; len(facets) is the date.
func (t *tally) add(facet int, s *viewSegment, doc uint32) {
	if facet < len(t.facets) {
		n := t.facets[facet]
		for _, o := range s.facets[facet].of(doc) {
			n[o]++
		}
		return
	}
	dates := &s.dates[t.by]
	if dates.first[doc] == index.Undated {
		t.undated++
		return
	}
	if m := dates.months[doc]; m.first == m.last && len(t.single) > 0 {
		t.single[m.first-t.base]++
	} else {
		t.months[m]++
	}
	for i := range t.days {
		if t.days[i].date.has(dates.first[doc], dates.last[doc]) {
			t.days[i].count++
		}
	}
}

// next begins another document whose values are added with once.
func (t *tally) next() { t.turn++ }

// once counts a place of the present document in one facet.
func (t *tally) once(facet int, s *viewSegment, doc uint32) {
	if facet < len(t.facets) {
		if t.facetSeen[facet] == nil {
			t.facetSeen[facet] = make([]uint32, len(t.facets[facet]))
		}
		seen := t.facetSeen[facet]
		for _, o := range s.facets[facet].of(doc) {
			if seen[o] != t.turn {
				seen[o] = t.turn
				t.facets[facet][o]++
			}
		}
		return
	}
	dates := &s.dates[t.by]
	if dates.first[doc] == index.Undated {
		if t.noneSeen != t.turn {
			t.noneSeen = t.turn
			t.undated++
		}
		return
	}
	span := dates.months[doc]
	for m := span.first; m <= span.last; m++ {
		if t.monthSeen[m] != t.turn {
			t.monthSeen[m] = t.turn
			t.oneMonth[m]++
		}
	}
	for y := span.first / 12; y <= span.last/12; y++ {
		if t.yearSeen[y] != t.turn {
			t.yearSeen[y] = t.turn
			t.oneYear[y]++
		}
	}
	for i := range t.days {
		if d := &t.days[i]; d.seen != t.turn && d.date.has(dates.first[doc], dates.last[doc]) {
			d.seen = t.turn
			d.count++
		}
	}
}

// result are the counts of all facets: what was found, and what is chosen or excluded even where nothing was.
func (t *tally) result(c *columns, s index.Selection) map[string][]index.Count {
	out := map[string][]index.Count{}
	for i, f := range index.Facets() {
		out[f.Name] = t.values(i, f, c.facets[i], s)
	}
	n := t.dates()
	for _, v := range chosenDates(s) {
		n[v] += 0
	}
	out[dateFacet] = ordered(n, dateFacet, s)
	return out
}

// mostAlike is the count from which values are few, and sorted.
const mostAlike = 256

// values are the counts of a facet, the greatest first, equal ones by value. Values are gone through in their order, and those of a count
// dealt to where it begins: of thousands most have small counts, and to sort them took an eighth of a search with facets.
func (t *tally) values(facet int, f index.Facet, d *dict, s index.Selection) []index.Count {
	sorted := d.order()
	chosen := slices.Concat(s.Include[f.Name], s.Exclude[f.Name])
	unlisted, hides := d.find(f.Unlisted)
	hides = hides && f.Unlisted != "" && !slices.Contains(chosen, f.Unlisted)
	n := t.facets[facet]
	var room [mostAlike]uint32
	first, found := room[:], 0 // by a count: how many values have it, then where the next of them stands
	var great []uint64
	for place, ord := range sorted {
		if int(ord) >= len(n) || n[ord] == 0 || hides && ord == unlisted {
			continue
		}
		found++
		if n[ord] < mostAlike {
			first[n[ord]]++
		} else {
			great = append(great, uint64(^n[ord])<<32|uint64(place))
		}
	}
	slices.Sort(great)
	at := uint32(len(great))
	for k := mostAlike - 1; k > 0; k-- {
		first[k], at = at, at+first[k]
	}
	all := d.all()
	out := make([]index.Count, found, found+len(chosen))
	for i, x := range great {
		out[i] = index.Count{Key: all[sorted[uint32(x)]], Count: int(^uint32(x >> 32))}
	}
	for _, ord := range sorted {
		if int(ord) >= len(n) || n[ord] == 0 || n[ord] >= mostAlike || hides && ord == unlisted {
			continue
		}
		out[first[n[ord]]] = index.Count{Key: all[ord], Count: int(n[ord])}
		first[n[ord]]++
	}
	if len(chosen) == 0 {
		return out
	}
	slices.Sort(chosen)
	for _, v := range slices.Compact(chosen) {
		if ord, ok := d.find(v); !ok || int(ord) >= len(t.facets[facet]) || t.facets[facet][ord] == 0 {
			out = append(out, index.Count{Key: v})
		}
	}
	for i := range out {
		out[i].Selected, out[i].Excluded = s.Includes(f.Name, out[i].Key), s.Excludes(f.Name, out[i].Key)
	}
	return out
}

// dates are the counts of years, months, chosen days and «undated».
func (t *tally) dates() map[string]int {
	months, years := maps.Clone(t.oneMonth), maps.Clone(t.oneYear)
	for i, n := range t.single {
		if m := t.base + int32(i); n > 0 {
			months[m] += n
			years[m/12] += n
		}
	}
	for span, n := range t.months {
		for m := span.first; m <= span.last; m++ {
			months[m] += n
		}
		for y := span.first / 12; y <= span.last/12; y++ {
			years[y] += n
		}
	}
	out := map[string]int{}
	for m, n := range months {
		out[dateKey(m/12, m%12+1)] = int(n)
	}
	for y, n := range years {
		out[dateKey(y, 0)] = int(n)
	}
	if t.undated > 0 {
		out[index.UndatedKey] = int(t.undated)
	}
	for _, d := range t.days {
		out[d.key] = int(d.count)
	}
	return out
}

// dateKey is the value of a month, or with month 0 of a year.
func dateKey(year, month int32) string {
	if year > 9999 {
		return index.Date{Year: int(year), Month: int(month)}.String()
	}
	b := [...]byte{'0' + byte(year/1000), '0' + byte(year/100%10), '0' + byte(year/10%10), '0' + byte(year%10), '-', '0' + byte(month/10), '0' + byte(month%10)}
	if month == 0 {
		return string(b[:4])
	}
	return string(b[:])
}

// ordered are counts, the greatest first, equal ones by key.
func ordered(n map[string]int, facet string, s index.Selection) []index.Count {
	out := make([]index.Count, 0, len(n))
	for v, count := range n {
		c := index.Count{Key: v, Count: count, Selected: s.Includes(facet, v), Excluded: s.Excludes(facet, v)}
		if facet == dateFacet && !s.From.IsZero() && s.From == s.To && s.From.String() == v {
			c.Selected = true
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b index.Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Key, b.Key))
	})
	return out
}
