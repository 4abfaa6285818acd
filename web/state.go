package web

import (
	"fmt"
	"net/http"
	"strconv"
)

// State is how the index stands to the archive.
type State struct {
	Starting  bool   // it has not reached the archive since the program began
	Building  bool   // there is no whole index: what a part of it counts must not pass for all
	Done, All int    // articles that are built, of how many; All is 0 where that is not known
	Behind    int    // changes of the archive that are not shown
	Why       string // why it does not follow the archive: «full», «readonly», «archive», «cluster», «room», «refused», «other»; "" where it does
	Free      int64  // bytes on its disk, 0 where nobody knows
}

func (s *server) state() State {
	if s.State == nil {
		return State{}
	}
	return s.State()
}

// building is the fault that tells how far the index is, nil where there is a whole one.
func (s *server) building(w *words) error {
	st := s.state()
	f := &fault{Status: http.StatusServiceUnavailable, Key: "building"}
	switch {
	case !st.Building:
		return nil
	case st.Why != "":
		f.Key, f.Args = "stuck", []string{w.text("behind.why." + st.Why)}
	case st.All > 0:
		f.Key, f.Args = "building.far", []string{w.number(st.Done), w.number(st.All)}
	}
	return f
}

// behind says what the index does not show yet, "" where it follows the archive.
func (s *server) behind(w *words) string {
	st := s.state()
	switch {
	case st.Why == "":
		return ""
	case st.Behind == 0:
		return w.text("behind.none", w.text("behind.why."+st.Why))
	}
	return w.count("behind", st.Behind, w.text("behind.why."+st.Why))
}

// ready says whether the server answers queries and follows the archive, for whoever watches it.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	st := s.state()
	status, says := 0, "ok"
	why := map[string]string{"full": "the disk is full", "readonly": "the folder cannot be written to", "archive": "the archive was taken away, replaced or damaged",
		"cluster": "a part of the cluster does not answer", "room": "the disks of the cluster are full", "refused": "the cluster does not let this server in; its log says why",
		"other": "the index cannot be written"}[st.Why]
	switch {
	case why != "":
		says = "not ready: " + why
	case st.Building || st.Starting:
		says = "not ready: the index is being built"
		if st.All > 0 {
			says += fmt.Sprintf(", %d of %d articles", st.Done, st.All)
		}
	}
	if says != "ok" {
		status = http.StatusServiceUnavailable
		w.Header().Set("Retry-After", "5")
	}
	if st.Behind > 0 {
		says += "\n" + strconv.Itoa(st.Behind) + " changes are not shown"
	}
	if st.Free > 0 {
		says += fmt.Sprintf("\n%.1f GiB free", float64(st.Free)/(1<<30))
	}
	s.send(w, r, status, "text/plain; charset=utf-8", []byte(says+"\n"))
}
