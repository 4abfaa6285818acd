package local

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"kelisim/index"
)

// Stored implements index.Engine.
func (g *generation) Stored(ctx context.Context, l index.Lookup) (out []index.Agreement, err error) {
	defer guarded(&err)()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	r, err := g.core.Reader()
	if err != nil {
		return nil, fmt.Errorf("read agreements: %w", err)
	}
	defer r.Close()
	snap := r.(*scorch.IndexSnapshot)
	seen := map[string]bool{}
	read := document1
	var told map[string][]string // of the articles that are asked for, by their ID
	var toldBy []string
	if l.Brief {
		read = newBrief().document
	} else if len(l.Articles) > 0 {
		many, err := crowded(snap.Segments())
		if err == nil && many {
			told, err = toldIDs(snap.Segments(), l.Articles)
		}
		if err != nil {
			return nil, err
		}
		for _, ids := range told {
			toldBy = append(toldBy, ids...)
		}
	}
	for _, s := range snap.Segments() {
		found, err := holding(s, fieldAgreements, l.IDs)
		if err != nil {
			return nil, err
		}
		same, err := agreementsBy(s, toldBy)
		if err != nil {
			return nil, err
		}
		evidence, err := holding(s, fieldEvidence, l.Articles)
		if err != nil {
			return nil, err
		}
		grouped, err := holding(s, fieldGroup, l.Groups)
		if err != nil {
			return nil, err
		}
		if !found.IsEmpty() {
			agreements, err := holding(s, fieldType, []string{typeAgreement})
			if err != nil {
				return nil, err
			}
			found.And(agreements)
		}
		own := make([]string, len(l.Own))
		for i, id := range l.Own {
			own[i] = agreementPrefix + id
		}
		mine, err := holding(s, fieldID, own)
		if err != nil {
			return nil, err
		}
		found.Or(evidence)
		found.Or(same)
		found.Or(grouped)
		found.Or(mine)
		for it := found.Iterator(); it.HasNext(); {
			d, err := read(s, it.Next())
			if err != nil {
				return nil, err
			}
			if d.Agreement != nil && !seen[d.Agreement.ID] {
				seen[d.Agreement.ID] = true
				out = append(out, *d.Agreement)
			}
		}
	}
	for i := range out {
		out[i].Stand(told)
	}
	return out, nil
}

// Tellers implements index.Engine.
func (g *generation) Tellers(ctx context.Context, ids []string, but map[string]bool) (out []string, err error) {
	defer guarded(&err)()
	r, err := g.core.Reader()
	if err != nil {
		return nil, fmt.Errorf("read agreements: %w", err)
	}
	defer r.Close()
	type teller struct {
		id          string
		first, last int32
	}
	var all []teller
	for _, s := range r.(*scorch.IndexSnapshot).Segments() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found, err := holding(s, fieldAgreements, ids)
		if err != nil {
			return nil, err
		}
		articles, err := holding(s, fieldType, []string{typeArticle})
		if err != nil {
			return nil, err
		}
		found.And(articles)
		var docs []uint32
		from := len(all)
		for it := found.Iterator(); it.HasNext(); {
			doc := it.Next()
			id, err := s.Segment().DocID(uint64(doc))
			if err != nil {
				return nil, fmt.Errorf("read id of a document: %w", err)
			}
			if article := string(id[len(articlePrefix):]); !but[article] {
				docs, all = append(docs, doc), append(all, teller{id: article})
			}
		}
		if len(docs) == 0 {
			continue // to read the dates of a segment takes longer
		}
		dates, err := readDates(s.Segment(), fieldDate, uint32(s.Segment().Count()), nil)
		if err != nil {
			return nil, err
		}
		for i, doc := range docs {
			all[from+i].first, all[from+i].last = dates.first[doc], dates.last[doc]
		}
	}
	slices.SortFunc(all, func(a, b teller) int { // as dates are written: «2024» before «2024-01» before «2024-01-01»
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last), cmp.Compare(a.id, b.id))
	})
	for _, t := range all {
		out = append(out, t.id)
	}
	return out, nil
}

// document1 reads what is stored with a document.
func document1(s *scorch.SegmentSnapshot, doc uint32) (d stored, err error) {
	return documentBut(s, doc, true)
}

// documentBut is document1 with or without the mentions, which are most of what is stored with a long article.
func documentBut(s *scorch.SegmentSnapshot, doc uint32, mentions bool) (d stored, err error) {
	data, err := rawStored(s, doc)
	if err == nil {
		d, err = readStored(data, mentions)
	}
	if err != nil {
		return d, fmt.Errorf("read document: %w", err)
	}
	return d, nil
}

// rawStored gives what is stored with a document as it was written.
func rawStored(s *scorch.SegmentSnapshot, doc uint32) (data string, err error) {
	defer hasRead()
	err = s.VisitDocument(uint64(doc), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field == fieldStored {
			data = string(value) // bleve's own
			return false
		}
		return true
	})
	return data, err
}
