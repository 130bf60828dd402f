package main

import (
	"log/slog"
	"net/http"
	"time"
)

// layPages answers browsers.
func (a *app) layPages(s *server) (http.Handler, error) {
	above := &supervisor{keeper: s.keeper, store: s.houses.own.store, log: s.log}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) {
		if err := above.well(r.Context(), 5*time.Second); err != nil {
			a.log().Error("not healthy", slog.Any("error", err))
			http.Error(w, "not well: see the log", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ok\n")) // a caller that has gone needs no answer
	})
	return mux, nil
}
