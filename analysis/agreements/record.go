package agreements

import "strings"

// draft is a record before it is written down.
type draft struct {
	sides      []*body
	kind       string
	status     string
	date       string
	subject    string
	rule       string
	confidence float64
	q          *sentence
}

// threshold is the probability from which a candidate is told.
var threshold = envf("TH", .5)

// records writes down the candidates that are likely enough.
func (s *scene) records(m *model, cs []*candidate) []*draft {
	var out []*draft
	f := sheet{m: m}
	for _, c := range cs {
		p := logistic(c.z)
		if p < threshold {
			continue
		}
		at := &c.places[c.best]
		d := &draft{sides: []*body{c.a, c.b}, confidence: p, q: at.q, rule: "pair"}
		d.kind, d.status, _ = s.decide(m, c, at, &f)
		if d.status != "planned" && d.status != "discussed" {
			d.date, _ = s.dateIn(at.q.first, at.q.last, d.status)
		}
		out = append(out, d)
	}
	return out
}

// agreement writes a draft down.
func (d *draft) agreement(s *scene) Agreement {
	quote := strings.TrimRight(s.x.Source[d.q.Start:d.q.End], " \n\t\u00a0")
	a := Agreement{Kind: d.kind, Status: d.status, Date: d.date, Reported: s.reported, Subject: d.subject}
	for _, x := range d.sides {
		a.Parties = append(a.Parties, x.Party)
	}
	a.ID = Identify(a)
	a.Evidence = []Evidence{{Reported: s.reported, Kind: d.kind, Status: d.status, Date: d.date, Quote: quote,
		Start: d.q.Start, End: d.q.Start + len(quote), Rule: d.rule, Confidence: d.confidence}}
	return a
}
