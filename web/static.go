package web

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
)

// asset is a file of static/, held in memory.
type asset struct {
	kind, hash string
	body       []byte
}

var assets = loadAssets()

func loadAssets() map[string]asset {
	kinds := map[string]string{
		".css": "text/css; charset=utf-8", ".svg": "image/svg+xml; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	}
	all := map[string]asset{}
	names, err := fs.Glob(files, "static/*")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(b)
		all[path.Base(name)] = asset{kinds[path.Ext(name)], hex.EncodeToString(sum[:6]), b}
	}
	return all
}

// staticURL is the address of a file of static/ with the hash of what it holds, so that it can be kept for ever.
func staticURL(name string) string { return "/static/" + name + "?v=" + assets[name].hash }

func (s *server) static(name func(*http.Request) string) http.Handler {
	missing := s.refuse(&fault{Status: http.StatusNotFound, Key: "page"})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, ok := assets[name(r)]
		if !ok {
			missing.ServeHTTP(w, r)
			return
		}
		w.Header().Set("ETag", `W/"`+a.hash+`"`)
		w.Header().Set("Cache-Control", cacheControl(r, a))
		s.send(w, r, 0, a.kind, a.body)
	})
}

func cacheControl(r *http.Request, a asset) string {
	if r.URL.Query().Get("v") == a.hash {
		return "public, max-age=31536000, immutable"
	}
	return "public, no-cache"
}

// healthy says that the process answers.
func (s *server) healthy(w http.ResponseWriter, r *http.Request) {
	s.send(w, r, 0, "text/plain; charset=utf-8", []byte("ok\n"))
}

// robots keeps crawlers out of the API and of the endless combinations of filters.
func (s *server) robots(w http.ResponseWriter, r *http.Request) {
	s.send(w, r, 0, "text/plain; charset=utf-8", []byte("User-agent: *\nDisallow: /api/\nDisallow: /*?\nSitemap: "+s.base(r)+"/sitemap.xml\n"))
}
