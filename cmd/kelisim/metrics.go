package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"kelisim/index"
	"kelisim/index/local"
	"kelisim/web"
)

// metrics are the numbers of a running server, for Prometheus.
type metrics struct {
	registry *prometheus.Registry
	took     *prometheus.HistogramVec
	refused  *prometheus.CounterVec
}

func newMetrics(s *site) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "kelisim_http_request_duration_seconds", Help: "How long requests took, by route.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2, 5, 30},
		}, []string{"route", "status"}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kelisim_http_refused_total", Help: "Requests that were told to come again: busy (no room), rate (one address asks too much), slow (took too long).",
		}, []string{"why"}),
	}
	for _, why := range []string{"busy", "rate", "slow"} {
		m.refused.WithLabelValues(why)
	}
	gauge := func(name, help string, f func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "kelisim_" + name, Help: help}, f)
	}
	yes := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	seq := func() float64 {
		n, err := s.archive.Seq(context.Background())
		if err != nil {
			return 0
		}
		return float64(n)
	}
	m.registry.MustRegister(
		m.took, m.refused,
		gauge("http_requests_in_work", "Answers that are worked on now.", func() float64 { n, _ := s.page().Load(); return float64(n) }),
		gauge("http_requests_waiting", "Requests that wait for room.", func() float64 { _, n := s.page().Load(); return float64(n) }),
		gauge("archive_changes", "The newest change of the archive; 0 where it cannot be read.", seq),
		gauge("index_changes", "The newest change that the index shows.", func() float64 { return float64(s.engine.Seq()) }),
		gauge("index_lag_changes", "Changes of the archive that the index does not show.", func() float64 { return float64(s.behind(context.Background())) }),
		gauge("index_ready", "1 where the index is whole and follows the archive.", func() float64 {
			st := s.state()
			return yes(!st.Building && !st.Starting && st.Why == "")
		}),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "kelisim_articles_failed_total", Help: "Articles that could not be read since the start."}, func() float64 { return float64(s.failed.Load()) }),
		gauge("disk_free_bytes", "Bytes free on the disk of the data folder.", func() float64 { n, _ := local.Free(s.data); return float64(n) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "kelisim_build_info", Help: "1; the version is in the label.", ConstLabels: prometheus.Labels{"version": version()}}, func() float64 { return 1 }),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		sourceHealth(s.archive.Sources),
	)
	return m
}

// seen counts a request.
func (m *metrics) seen(v web.Visit) {
	route := v.Route
	if route == "" {
		route = "none"
	}
	m.took.WithLabelValues(route, strconv.Itoa(v.Status)).Observe(v.Took.Seconds())
	if v.Refused != "" {
		m.refused.WithLabelValues(v.Refused).Inc()
	}
}

// sourceHealth tells how each source stands when it is asked.
type sourceHealth func(context.Context) ([]index.Health, error)

var (
	sourceLabel     = []string{"source"}
	sourceSucceeded = prometheus.NewDesc("kelisim_source_last_success_timestamp_seconds", "When the source was last read; 0: never.", sourceLabel, nil)
	sourceNew       = prometheus.NewDesc("kelisim_source_last_new_timestamp_seconds", "When the source last had something new; 0: never.", sourceLabel, nil)
	sourceItems     = prometheus.NewDesc("kelisim_source_items", "Items that the source had when it was last read.", sourceLabel, nil)
	sourceFailures  = prometheus.NewDesc("kelisim_source_failures", "Failures in a row since the source was last read.", sourceLabel, nil)
	sourceArticles  = prometheus.NewDesc("kelisim_source_articles", "Addresses of the source that have an article.", sourceLabel, nil)
	sourceWaiting   = prometheus.NewDesc("kelisim_source_waiting", "Addresses of the source that are still to be read.", sourceLabel, nil)
	sourceSilent    = prometheus.NewDesc("kelisim_source_silent", "1 where nothing new came for longer than it should.", sourceLabel, nil)
)

func (f sourceHealth) Describe(c chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{sourceSucceeded, sourceNew, sourceItems, sourceFailures, sourceSilent, sourceArticles, sourceWaiting} {
		c <- d
	}
}

// scrapeTime is how long the archive may take to tell of sources.
const scrapeTime = 5 * time.Second

func (f sourceHealth) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTime)
	defer cancel()
	all, err := f(ctx)
	if err != nil {
		c <- prometheus.NewInvalidMetric(sourceSucceeded, err)
		return
	}
	at := func(t time.Time) float64 {
		if t.IsZero() {
			return 0
		}
		return float64(t.Unix())
	}
	for _, s := range all {
		silent := 0.0
		if !s.Silent.IsZero() {
			silent = 1
		}
		for d, v := range map[*prometheus.Desc]float64{
			sourceSucceeded: at(s.Success), sourceNew: at(s.Fresh), sourceItems: float64(s.Items), sourceFailures: float64(s.Failed), sourceSilent: silent,
			sourceArticles: float64(s.Articles), sourceWaiting: float64(s.Waiting),
		} {
			c <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, s.Source)
		}
	}
}

// serve answers on a listener of its own until ctx is done.
func (m *metrics) serve(ctx context.Context, l net.Listener) error {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute}
	stop := context.AfterFunc(ctx, func() { srv.Close() })
	defer stop()
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve metrics: %w", err)
	}
	return nil
}
