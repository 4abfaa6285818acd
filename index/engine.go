package index

import (
	"context"
	"errors"
	"fmt"
)

// ErrDamaged says that an index cannot be searched: it has to be built from the archive.
var ErrDamaged = errors.New("index is damaged: rebuild it from the archive")

// ErrPartial says that a part of the index does not answer, and what is asked for must not lack anything.
var ErrPartial = errors.New("a part of the index does not answer")

// ErrArchive says that the archive cannot be read: a backup of it has to be put back.
var ErrArchive = errors.New("the archive cannot be read")

// ErrOtherArchive says that the archive is not the one that was indexed. It is an [ErrArchive].
var ErrOtherArchive = fmt.Errorf("%w: it is older than its index, or another one: put back the newest archive.sqlite with its -wal file", ErrArchive)

// Archive is what an engine catches up from.
type Archive interface {
	// Seq is the number of the newest change, 0 where there is none.
	Seq(ctx context.Context) (uint64, error)
	// Changes gives what changed after a sequence number, oldest first, at most limit, each article once in its latest
	// state (under the number of its latest change). Fewer may come than there are: none only where there is none.
	Changes(ctx context.Context, after uint64, limit int) ([]Change, error)
}

// Engine is what catching up needs of an engine.
type Engine interface {
	// Seq is the archive's number that the engine has reached, stored with the documents of the same batch.
	Seq() uint64
	// Stored gives the agreements that a lookup names, each once.
	Stored(ctx context.Context, l Lookup) ([]Agreement, error)
	// Tellers gives the articles out of which one of some agreements was read, by the IDs that it had then: the earliest first, the undated last,
	// but for some. An agreement has evidence of the first of them only: see [deeds.MostAlike].
	Tellers(ctx context.Context, ids []string, but map[string]bool) ([]string, error)
	// Stories gives the stories that a lookup names, each once.
	Stories(ctx context.Context, l StoryLookup) ([]Story, error)
	// Put applies a batch at once, or not at all.
	Put(ctx context.Context, b Batch) error
}

// Lookup names stored agreements: any of these is enough.
type Lookup struct {
	IDs      []string // theirs, or of their evidence: so one is found that another took in. Not those that are wrong.
	Articles []string // that tell them: who has no evidence there, since so many tell the same, is given some (see [Agreement.Stand])
	Groups   []string // that they belong to: see [Agreement.Groups]
	Own      []string // theirs, also of those that are wrong
	// Brief leaves out what merging does not need: an agreement has its ID, whether it is wrong and its evidence, that what [deeds.Gather]
	// asks for, and none that stands for another. What is read so holds on to nothing larger. An engine may give more.
	Brief bool
}

// Batch is a step of an engine: documents by id, replacing what was there, and the number reached.
type Batch struct {
	Seq        uint64
	Articles   []*Record
	Agreements []AgreementDoc
	Removed    []string // ids of articles
	Gone       []string // ids of agreements
	Stories    []Story
	Dissolved  []string // ids of stories
}

// AgreementDoc is an agreement as a document: with the values of its facets and its searchable text. One that is wrong
// has neither: it is stored, and no search finds it.
type AgreementDoc struct {
	Agreement Agreement
	Values    map[string][]string
	Texts     []TextIn // parties' names in three languages, subject, quotes
}

// TextIn is a text with its language.
type TextIn struct {
	Lang  string
	Text  string
	Party bool // it names a party: what a title is to an article
}
