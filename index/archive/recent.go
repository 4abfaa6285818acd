package archive

import (
	"os"
	"sync"
	"time"

	"kelisim/index"
)

// A page shows twenty texts, and the next page many of the same. To find, unpack and hash one takes some 60 µs; to ask whether the file and
// its log are what they were, two for all. So the texts that were read last are remembered until either changes.

// mostRecent bounds the texts that are remembered, twice: those read lately, and those before them.
const mostRecent = 4 << 20 // bytes

// recent are the articles that were read last from one state of the archive. The zero value is empty and ready.
type recent struct {
	mu         sync.Mutex
	of         moment
	young, old map[string]index.Article
	size       int // of young's texts, in bytes
}

// moment tells one state of an archive from another: the file as it was opened and its write-ahead log.
type moment struct {
	file *handle
	log  int64 // bytes; -1 where there is none
	at   time.Time
}

func (a *Archive) moment() moment {
	s := moment{file: a.now(), log: -1}
	if log, err := os.Stat(a.path + "-wal"); err == nil {
		s.log, s.at = log.Size(), log.ModTime()
	}
	return s
}

// recall puts those of some articles that are remembered of a state into out, and gives the others' ids.
func (r *recent) recall(now moment, ids []string, out map[string]index.Article) (lacking []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.of != now {
		r.of, r.young, r.old, r.size = now, map[string]index.Article{}, nil, 0
	}
	for _, id := range ids {
		a, ok := r.young[id]
		if !ok {
			if a, ok = r.old[id]; ok {
				r.put(a)
			}
		}
		if ok {
			out[id] = a
		} else {
			lacking = append(lacking, id)
		}
	}
	return lacking
}

// settled is how long the log must have been as it is: its time goes in steps of some milliseconds, and who writes again within one, over
// what the log had, changes neither its time nor its size.
const settled = 50 * time.Millisecond

// learn remembers what was read of a state, which the archive must still be in.
func (r *recent) learn(now moment, ids []string, read map[string]index.Article) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.of != now || time.Since(now.at) < settled {
		return
	}
	for _, id := range ids {
		if a, ok := read[id]; ok && !a.Damaged && len(a.Body) < mostRecent/16 {
			r.put(a)
		}
	}
}

func (r *recent) put(a index.Article) {
	if _, ok := r.young[a.ID]; ok {
		return
	}
	if r.size += len(a.Title) + len(a.Body) + 512; r.size > mostRecent {
		r.old, r.young, r.size = r.young, map[string]index.Article{}, 0
	}
	r.young[a.ID] = a
}
