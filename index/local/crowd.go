package local

import (
	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// An agreement that very many articles tell has evidence of the first of them only (see deeds.MostAlike); the others know what they tell by
// its IDs. To read what is stored with each article of a page for that took a tenth of the page's time, so it is done only where the index has
// such an agreement: one term looked up in each segment.

// crowdGroup is the group of all agreements that more articles may tell than they have evidence of.
const crowdGroup = "crowd"

// crowded reports whether an index has an agreement that more articles may tell than it has evidence of.
func crowded(of []*scorch.SegmentSnapshot) (bool, error) {
	for _, s := range of {
		found, err := holding(s, fieldGroup, []string{crowdGroup})
		if err != nil || !found.IsEmpty() {
			return err == nil, err
		}
	}
	return false, nil
}

// toldIDs are the IDs under which some articles tell agreements, as they were read.
func toldIDs(of []*scorch.SegmentSnapshot, articles []string) (map[string][]string, error) {
	out := map[string][]string{}
	for _, id := range articles {
		for _, s := range of {
			found, err := holding(s, fieldID, []string{articlePrefix + id})
			if err != nil {
				return nil, err
			}
			for it := found.Iterator(); it.HasNext(); {
				d, err := documentBut(s, it.Next(), false)
				if err != nil {
					return nil, err
				}
				for _, t := range d.Told {
					out[id] = append(out[id], t.ID)
				}
			}
		}
	}
	return out, nil
}

// agreementsBy are the documents of a segment that are agreements, wrong ones too, with one of some IDs.
func agreementsBy(s *scorch.SegmentSnapshot, ids []string) (*roaring.Bitmap, error) {
	found, err := holding(s, fieldAgreements, ids)
	if err != nil || found.IsEmpty() {
		return found, err
	}
	agreements, err := holding(s, fieldType, []string{typeAgreement, typeWrong})
	if err == nil {
		found.And(agreements)
	}
	return found, err
}
