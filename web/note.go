package web

import (
	"html/template"
	"slices"
	"strings"

	"kelisim/index"
)

// noteView says what was understood or mended, with the way back.
type noteView struct {
	Text template.HTML
	Undo link
}

// absent is the code of the notes that name a word which no document has; the page of no results shows them at large.
const absent = "absent"

// maxNotes bounds what is told: a query of nine hundred brackets has as many faults.
const maxNotes = 12

func (s *server) notes(a *ask, p index.Page, t *tally) []noteView {
	var out []noteView
	if a.Cut {
		out = append(out, noteView{Text: a.w.rich("note.cut", a.w.number(maxText))})
	}
	notes := make([]placedNote, len(p.Notes), len(p.Notes)+len(a.beside))
	for i, n := range p.Notes {
		notes[i].Note = n
	}
	said := map[string]bool{}
	for _, n := range append(notes, a.beside...) {
		same := n.Code + " " + strings.Join(n.Args, " ")
		if said[same] {
			continue // two queries beside each other have it
		}
		said[same] = true
		if n.Code == absent && p.Total == 0 && p.More == 0 || s.sayNothing(a, n.Note) {
			continue
		}
		if len(out) == maxNotes {
			return append(out, noteView{Text: a.w.rich("note.more")})
		}
		text := s.noteHTML(a, n.Note)
		if n.Undo == nil {
			out = append(out, noteView{Text: text})
			continue
		}
		r := a.undoing(n)
		if i := slices.IndexFunc(out, func(v noteView) bool { return v.Undo.Href == r.href() }); i >= 0 {
			out[i].Text += " " + text // of the same word
			continue
		}
		out = append(out, noteView{Text: text})
		at := len(out) - 1
		key := "note." + n.Code + ".undo"
		if !a.w.has(key) {
			key = "note.undo"
		}
		out[at].Undo = link{Href: r.href(), Text: a.w.text(key)}
		t.want(*n.Undo, func(n int) { out[at].Undo.Text += " — " + a.w.number(n) })
	}
	return out
}

// placedNote is a note on the query (0) or on one of those that stand beside it.
type placedNote struct {
	index.Note
	query int
}

// undoing is the request with a note undone; the other queries stay.
func (r request) undoing(n placedNote) request {
	if n.query == 0 {
		return r.asking(*n.Undo)
	}
	undone := *n.Undo
	undone.Text = r.Text
	r.Versus = slices.Clone(r.Versus)
	r.Versus[n.query-1] = n.Undo.Text
	return r.asking(undone)
}

// sayNothing reports whether a note would only repeat the word that was typed.
func (s *server) sayNothing(a *ask, n index.Note) bool {
	args := s.noteArgs(a.w, n)
	return n.Code == "name" && len(n.Values) == 1 && fold(args[0]) == fold(args[1])
}

// noteHTML is a note with what it speaks of stressed.
func (s *server) noteHTML(a *ask, n index.Note) template.HTML {
	args := make([]any, 0, len(n.Args)+1)
	for _, x := range s.noteArgs(a.w, n) {
		args = append(args, strong(x, a.w.lang))
	}
	return a.w.rich(noteKey(a.w, n), args...)
}

// noteText is a note as plain text, for the API.
func (s *server) noteText(w *words, n index.Note) string {
	return w.text(noteKey(w, n), s.noteArgs(w, n)...)
}

// noteKey is the message of a note; a code without words of its own is told in general.
func noteKey(w *words, n index.Note) string {
	if key := "note." + n.Code; w.has(key) {
		return key
	}
	return "note.other"
}

// noteArgs are a note's arguments, the labels of its values the last of them.
func (s *server) noteArgs(w *words, n index.Note) []string {
	args := append([]string{}, n.Args...)
	if len(n.Values) > 0 {
		var labels []string
		for _, v := range n.Values {
			if f, ok := index.FacetNamed(v.Facet); ok {
				labels = append(labels, s.labelIn(w, f, v.Key))
			} else {
				labels = append(labels, s.named(w, v.Facet, v.Key))
			}
		}
		args = append(args, strings.Join(labels, "; "))
	}
	for len(args) < 2 { // a message may name an argument that this note has not
		args = append(args, "")
	}
	return args
}
