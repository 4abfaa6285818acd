package main

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// certificate is a certificate and its key in two files. Whoever renews them writes them anew; the next reader gets the new one.
type certificate struct {
	cert, key string
	log       *slog.Logger

	mu     sync.Mutex
	now    *tls.Certificate
	stamp  string // of the files that were last tried
	looked time.Time
}

// lookEvery is how often the files are looked at, at most.
const lookEvery = time.Second

func newCertificate(cert, key string, log *slog.Logger) (*certificate, error) {
	c := &certificate{cert: cert, key: key, log: log}
	c.stamp = c.files()
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, fmt.Errorf("read the certificate %s with its key %s: %w", cert, key, err)
	}
	c.now = &pair
	return c, nil
}

// files tells one state of the files from another.
func (c *certificate) files() string {
	var s string
	for _, path := range []string{c.cert, c.key} {
		if info, err := os.Stat(path); err == nil {
			s += fmt.Sprintf("%d %d ", info.Size(), info.ModTime().UnixNano())
		}
	}
	return s
}

// get is the certificate as it is now. One that cannot be read, as between the writing of two files, leaves the old one in place.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.looked) < lookEvery {
		return c.now, nil
	}
	c.looked = time.Now()
	stamp := c.files()
	if stamp == c.stamp {
		return c.now, nil
	}
	c.stamp = stamp
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		c.log.Error("the new certificate cannot be used; the old one goes on", "file", c.cert, "err", err)
		return c.now, nil
	}
	c.now = &pair
	c.log.Info("there is a new certificate", "file", c.cert, "until", pair.Leaf.NotAfter)
	return c.now, nil
}

func (c *certificate) config() *tls.Config {
	return &tls.Config{GetCertificate: c.get, MinVersion: tls.VersionTLS12}
}
