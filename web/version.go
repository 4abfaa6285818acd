package web

import (
	"net/url"
	"slices"
	"strconv"

	"kelisim/index"
)

// versionsView is the page that compares two states of an article.
type versionsView struct {
	frame
	Back     link
	Article  string // its language, for the attribute
	Versions []versionView
	OldOnes  []option
	NewOnes  []option
	Hidden   []hidden
	Facts    []changedFact
	Lines    []lineView
	Same     string // that nothing differs, or that there is one state only
}

// versionView is a state that an article was archived in.
type versionView struct {
	Text    string
	Fetched dateView
	SHA256  string
	Compare link // with the one before
}

// changedFact is what an article's file or page states beside the text, where it differs.
type changedFact struct{ Name, Old, New string }

type lineView struct {
	Changes []changeView
	Same    string
}

// versionsURL is the page that compares two states of an article.
func (r request) versionsURL(id string, old, new int) request {
	to := r.on("/article/" + url.PathEscape(id) + "/versions")
	to.Old, to.New = old, new
	return to
}

func (s *server) versionList(a *ask, id string, versions []index.Version) (out []versionView) {
	for i, v := range versions {
		x := versionView{Text: a.w.text("versions.one", strconv.Itoa(v.Number)), Fetched: a.w.view(day(v.Fetched)), SHA256: v.SHA256}
		if i > 0 {
			x.Compare = link{Href: a.versionsURL(id, versions[i-1].Number, v.Number).url(), Text: a.w.text("versions.compare")}
		}
		out = append(out, x)
	}
	return out
}

// versions answers «/article/{id}/versions»: what changed between two states, the last two where the address does not say.
func (s *server) versions(a *ask, id string) (view, error) {
	found, ok, err := s.Searcher.View(a.ctx, id)
	if err != nil {
		return view{}, err
	}
	if !ok || len(found.Versions) == 0 {
		return view{}, notFound("article", shown(id))
	}
	last := found.Versions[len(found.Versions)-1].Number
	if a.New == 0 {
		a.New = last
	}
	if a.Old == 0 {
		// The one before; numbers are missing of what was taken down.
		a.Old = found.Versions[0].Number
		for _, x := range found.Versions {
			if x.Number < a.New {
				a.Old = x.Number
			}
		}
	}
	v := versionsView{frame: s.frameOf(a, a.versionsURL(id, a.Old, a.New), a.w.text("versions.title"), s.holdings(a)), Article: other(found.Record.Lang, a.w.lang)}
	v.Versions = s.versionList(a, id, found.Versions)
	title, _ := index.TitleOf(found.Record.Article)
	v.Back = link{Href: a.on("/").articleURL(id, ""), Text: title, Lang: v.Article}
	for _, x := range found.Versions {
		n := strconv.Itoa(x.Number)
		v.OldOnes = append(v.OldOnes, option{n, a.w.text("versions.one", n), x.Number == a.Old})
		v.NewOnes = append(v.NewOnes, option{n, a.w.text("versions.one", n), x.Number == a.New})
	}
	v.Hidden = a.on("/").fields()
	var states [2]index.Article
	for i, n := range []int{a.Old, a.New} {
		if !slices.ContainsFunc(found.Versions, func(x index.Version) bool { return x.Number == n }) {
			return view{}, notFound("version", strconv.Itoa(n), strconv.Itoa(last))
		}
		if states[i], ok, err = s.Searcher.Version(a.ctx, id, n); err != nil {
			return view{}, err
		}
		if !ok {
			return view{}, notFound("article", shown(id))
		}
	}
	v.compare(a, states[0], states[1])
	if len(found.Versions) == 1 {
		v.Same = a.w.text("versions.alone")
	}
	return view{page: "versions.html", data: v}, nil
}

func (v *versionsView) compare(a *ask, old, new index.Article) {
	for _, f := range []struct{ key, old, new string }{
		{"fact.published", old.Published.String(), new.Published.String()}, {"fact.address", old.URL, new.URL}, {"fact.stated", old.Outlet, new.Outlet}, {"facet.lang", old.Lang, new.Lang},
	} {
		if f.old != f.new {
			v.Facts = append(v.Facts, changedFact{a.w.text(f.key), f.old, f.new})
		}
	}
	if old.Title == new.Title && old.Body == new.Body {
		if len(v.Facts) == 0 {
			v.Same = a.w.text("versions.same")
		}
		return
	}
	for _, l := range diff(old.Text(), new.Text()) {
		x := lineView{Changes: l.Changes}
		if l.Same > 0 {
			x.Same = a.w.count("versions.unchanged", l.Same)
		}
		v.Lines = append(v.Lines, x)
	}
}
