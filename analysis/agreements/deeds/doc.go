// Package deeds answers: what is an agreement, and which evidence of several articles tells the same one?
//
// Merge makes one agreement of what several articles tell of the same sides, kind and time (identity.go, deed.go, merge.go);
// Correct puts an editor's corrections over it (correction.go). It knows no texts: package agreements reads these.
package deeds
