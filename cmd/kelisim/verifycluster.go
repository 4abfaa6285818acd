package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/cluster"
)

// clusterMend says what makes a cluster's index whole again. It is compared with the archive alone, since the old one is known to differ.
const clusterMend = "build it anew: «kelisim reindex --differing»"

// mostNamed bounds the articles that one kind of fault names; all are counted.
const mostNamed = 10

// verifyCluster compares the index in the cluster with the archive: which archive, which change, which articles in which version, and the
// texts and words of some.
func (a *app) verifyCluster(ctx context.Context, arch *archive.Archive, sums archive.Sums, fault func(string)) {
	fail := func(err error) { fault("cluster: " + err.Error()) }
	o, err := a.engine.options()
	if err != nil {
		fail(err)
		return
	}
	schema, err := a.schema(sums.Identity)
	if err != nil {
		fail(err)
		return
	}
	o.Existing = true
	e, err := cluster.Open(ctx, o, schema)
	switch {
	case errors.Is(err, cluster.ErrNone):
		fmt.Fprintln(a.out, "cluster: no index; it is built from the archive")
		return
	case err != nil:
		fail(err)
		return
	}
	defer e.Close()
	if err := e.Refresh(ctx); err != nil {
		fail(fmt.Errorf("%w; look after its nodes, then verify again", err))
		return
	}
	if follows := e.Follows(); follows != "" && follows != sums.Identity {
		fail(fmt.Errorf("its index was built from another archive (%.8s, not %.8s): put that one back, or name another --opensearch-prefix", follows, sums.Identity))
		return
	}
	if err := a.olderArchive(sums.Seq, e.Seq()); err != nil {
		fault(err.Error())
		return
	}
	fmt.Fprintf(a.out, "cluster: change %d\n", e.Seq())
	if e.Stale() {
		fmt.Fprintln(a.out, "cluster: its index was built by other rules; «serve» and «index» bring it up, «kelisim reindex» at once")
		return
	}
	if e.Seq() < sums.Seq {
		fmt.Fprintln(a.out, "cluster: what came later is added by the server that feeds it, or by «kelisim index»")
	}
	same, err := a.compareVersions(ctx, arch, e, fault)
	if err != nil {
		fail(err)
		return
	}
	fmt.Fprintf(a.out, "cluster: %s as in the archive\n", counted(same, "article"))
	if err := e.Whole(ctx); err != nil {
		fail(fmt.Errorf("%w; %s", err, clusterMend))
	}
	a.verifySample(ctx, arch, e, "cluster", clusterMend, fault)
}

// compareVersions names the articles that the cluster lacks, has too many of, or has otherwise, and counts those that are right. What the
// archive has changed since the cluster's number is no fault.
func (a *app) compareVersions(ctx context.Context, arch *archive.Archive, e *cluster.Engine, fault func(string)) (same int, err error) {
	have := map[string][]index.Version{}
	seq := e.Seq()
	if err := e.EachVersion(ctx, func(id string, v index.Version) { have[id] = append(have[id], v) }); err != nil {
		return 0, err
	}
	var ids []string
	if err := arch.Origins(ctx, func(id, _ string) { ids = append(ids, id) }); err != nil {
		return 0, err
	}
	wrong := map[string][]string{}
	for part := range slices.Chunk(ids, 1000) {
		want, err := arch.Latest(ctx, part)
		if err != nil {
			return 0, err
		}
		for _, id := range part {
			got := have[id]
			delete(have, id)
			w, ok := want[id]
			switch {
			case !ok: // removed meanwhile
			case len(got) == 0:
				wrong["is not there"] = append(wrong["is not there"], id)
			case len(got) > 1:
				wrong["is there more than once"] = append(wrong["is there more than once"], id)
			case got[0].Number != w.Number:
				says := "is there in another version"
				wrong[says] = append(wrong[says], id)
			case got[0].SHA256 != w.SHA256:
				says := "is there with another text (SHA-256)"
				wrong[says] = append(wrong[says], id)
			default:
				same++
			}
		}
	}
	for id := range have {
		wrong["is not in the archive"] = append(wrong["is not in the archive"], id)
	}
	for _, says := range slices.Sorted(maps.Keys(wrong)) {
		var named []string
		n := 0
		slices.Sort(wrong[says])
		for _, id := range wrong[says] {
			if later, err := arch.Changed(ctx, []string{id}, seq); err != nil {
				return same, err
			} else if later > 0 {
				continue
			}
			if n++; n <= mostNamed {
				named = append(named, id)
			}
		}
		if n > 0 {
			more := ""
			if n > len(named) {
				more = fmt.Sprintf(" and %d more", n-len(named))
			}
			fault(fmt.Sprintf("cluster: article %s%s %s; %s", strings.Join(named, ", "), more, says, clusterMend))
		}
	}
	return same, nil
}
