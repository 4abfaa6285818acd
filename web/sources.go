package web

import (
	"time"

	"kelisim/index"
)

// sourcesView is the page that says which sites are followed and how that goes.
type sourcesView struct {
	frame
	Intro string
	None  string // where nothing is followed
	Rows  []sourceRow
}

// sourceRow is a source. Its name, address and error are the config file's and the log's, in no language of ours.
type sourceRow struct {
	Name, Href, Kind    string
	State, Word         string // ok, failing, silent, waiting, stopped; and in words
	Since               dateView
	Error               string
	Success, Fresh      dateView
	Items, Articles     string
	Waiting, Gone, Hurt string
}

// sources answers «/sources».
func (s *server) sources(a *ask) (view, error) {
	v := sourcesView{frame: s.frameOf(a, a.on("/sources"), a.w.text("sources"), s.holdings(a))}
	var all []index.Health
	if s.Sources != nil {
		var err error
		if all, err = s.Sources(a.ctx); err != nil {
			return view{}, err
		}
	}
	if len(all) == 0 {
		v.None = a.w.text("sources.none")
	} else {
		v.Intro = a.w.count("sources.intro", len(all))
	}
	for _, h := range all {
		r := sourceRow{Name: h.Source, Href: outward(h.Address), Kind: a.w.text("sources.kind." + h.Kind), Error: h.Error, Success: a.w.moment(h.Success), Fresh: a.w.moment(h.Fresh),
			Items: a.w.number(h.Items), Articles: a.w.number(h.Articles), Waiting: a.w.number(h.Waiting), Gone: a.w.number(h.Gone), Hurt: a.w.number(h.Faulty)}
		switch {
		case s.Now().Sub(h.Next) > max(3*h.Every, time.Hour): // taken out of the config file, or the program that follows has ended
			r.State = "stopped"
		case !h.Silent.IsZero():
			r.State, r.Since = "silent", a.w.moment(h.Silent)
		case h.Failed > 0:
			r.State = "failing"
		case h.Success.IsZero():
			r.State = "waiting"
		default:
			r.State = "ok"
		}
		r.Word = a.w.text("sources.state." + r.State)
		v.Rows = append(v.Rows, r)
	}
	return view{page: "sources.html", data: v}, nil
}

// moment is a time to the minute; zero has no text.
func (w *words) moment(t time.Time) dateView {
	if t.IsZero() {
		return dateView{}
	}
	t = t.UTC()
	return dateView{Machine: t.Format(time.RFC3339), Text: w.text("sources.moment", w.date(day(t)), t.Format("15:04"))}
}
