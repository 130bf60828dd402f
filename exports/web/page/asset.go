package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

// asset is a file for the browser. Its address carries a digest of what it
// holds, so browsers may keep it for ever.
type asset struct {
	digest string
	data   []byte
}

// StaticPrefix is below which the assets stand.
const StaticPrefix = "/static/"

func (k *Kit) addAssets(prefix string, files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, ".html") {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("read asset %s: %w", name, err)
		}
		sum := sha256.Sum256(data)
		k.assets[prefix+name] = asset{digest: hex.EncodeToString(sum[:6]), data: data}
		return nil
	})
}

// static is the address of an asset: /static/<digest>/manager/list.js.
func (k *Kit) static(name string) (string, error) {
	a, ok := k.assets[name]
	if !ok {
		return "", fmt.Errorf("there is no asset %q", name)
	}
	return StaticPrefix + a.digest + "/" + name, nil
}

// ServeStatic answers for everything below StaticPrefix.
func (k *Kit) ServeStatic(w http.ResponseWriter, r *http.Request) {
	digest, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, StaticPrefix), "/")
	a, ok := k.assets[name]
	if !ok || a.digest != digest {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	http.ServeContent(w, r, path.Base(name), time.Time{}, bytes.NewReader(a.data))
}
