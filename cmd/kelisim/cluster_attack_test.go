package main_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// The disks of the nodes are full, as the cluster itself finds by its watermarks: pages go on, what is new waits and is told, and once there is room
// it goes on by itself.
func TestClusterFull(t *testing.T) {
	c := nodes(t)
	data := t.TempDir()
	over := overCluster(c, "full")
	must(t, data, append([]string{"index", seedsFolder}, over...)...)
	s := serve(t, data, over...)
	until(t, "5 articles", func() bool { return totalOf(s, "") == 5 })
	room := func(mark string) string {
		return fmt.Sprintf(`{"transient":{"cluster.routing.allocation.disk.threshold_enabled":%s,"cluster.routing.allocation.disk.watermark.low":%[2]s,`+
			`"cluster.routing.allocation.disk.watermark.high":%[2]s,"cluster.routing.allocation.disk.watermark.flood_stage":%[2]s,"cluster.info.update.interval":"10s"},"persistent":{"cluster.blocks.create_index":null}}`,
			map[bool]string{true: "null", false: "true"}[mark == "null"], mark)
	}
	defer func() { tell(t, http.MethodPut, c.URL(1)+"/_cluster/settings", room("null")) }()
	tell(t, http.MethodPut, c.URL(1)+"/_cluster/settings", room(`"900pb"`))
	until(t, "the index is closed for writing", func() bool {
		return strings.Contains(tell(t, http.MethodGet, c.URL(1)+"/full-articles/_settings?flat_settings=true", ""), "read_only_allow_delete")
	})
	if code, _, says := kelisim(t, data, append([]string{"reindex"}, over...)...); code == 0 || !strings.Contains(says, "the disks of the cluster are full") {
		t.Errorf("reindex says nothing of it: %d %s", code, says)
	}
	made := writeFile(t, t.TempDir(), "made.jsonl", lines(0, 10))
	if code, _, says := kelisim(t, data, append([]string{"index", made}, over...)...); code == 0 || !strings.Contains(says, "the disks of the cluster are full") {
		t.Errorf("index says nothing of it: %d %s", code, says)
	}
	until(t, "readyz says so", func() bool {
		status, body := s.get("/readyz")
		return status == http.StatusServiceUnavailable && strings.Contains(string(body), "the disks of the cluster are full\n10 changes are not shown")
	})
	for range 20 {
		if n := totalOf(s, "q="+url.QueryEscape("университет")); n == 0 {
			t.Error("nothing is found")
		}
	}
	if _, body := s.get("/?hl=kk"); !strings.Contains(string(body), "кластердің дискілерінде орын қалмады") {
		t.Error("the page does not say it")
	}
	// There is room again, and the cluster opens the index by itself.
	tell(t, http.MethodPut, c.URL(1)+"/_cluster/settings", room(`"1b"`))
	until(t, "15 articles", func() bool { return totalOf(s, "") == 15 })
	until(t, "readyz is well", func() bool { status, _ := s.get("/readyz"); return status == http.StatusOK })
	if n := strings.Count(s.log.String(), "the index does not follow the archive"); n != 1 {
		t.Errorf("the log says it %d times", n)
	}
}
