package web

import "kelisim/index"

// goneSince is since when some articles are gone from their sites. An answer is whole without it, too.
func (s *server) goneSince(a *ask, ids ...string) map[string]index.Date {
	out := map[string]index.Date{}
	if s.Gone == nil || len(ids) == 0 {
		return out
	}
	since, err := s.Gone(a.ctx, ids)
	if err != nil {
		s.Log.Warn("whether articles are gone from their sites is not known", "err", err)
	}
	for id, t := range since {
		out[id] = day(t)
	}
	return out
}

// markGone tells of hits that are articles since when they are gone.
func (s *server) markGone(a *ask, hits []index.Hit) {
	var ids []string
	for _, h := range hits {
		if h.Agreement == nil {
			ids = append(ids, h.ID)
		}
	}
	gone := s.goneSince(a, ids...)
	for i := range hits {
		hits[i].Gone = gone[hits[i].ID]
	}
}
