package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"obzvon/config"
)

// door is where browsers come in.
type door struct {
	web      config.Web
	listener net.Listener
	server   *http.Server
	leave    time.Duration // how long requests may take to end when the server does
}

// How long a browser may take. Reading bounds an upload over a slow line; what is
// written is not bounded as a whole, since the page of a night in hand stays open.
const (
	headTime = 10 * time.Second
	bodyTime = 5 * time.Minute
	idleTime = 2 * time.Minute
	headMost = 64 << 10 // bytes

	leaveTime = 10 * time.Second
)

// newDoor begins to listen; nobody is answered yet.
func newDoor(web config.Web, pages http.Handler, log *slog.Logger) (*door, error) {
	d := &door{web: web, leave: leaveTime, server: &http.Server{
		Handler: pages, ReadHeaderTimeout: headTime, ReadTimeout: bodyTime, IdleTimeout: idleTime, MaxHeaderBytes: headMost,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug), // what strangers send is no fault of ours
	}}
	if web.TLSCert != "" {
		k := &keyPair{cert: web.TLSCert, key: web.TLSKey, log: log}
		if _, err := k.get(nil); err != nil {
			return nil, usage(err)
		}
		d.server.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: k.get}
	}
	var err error
	if d.listener, err = net.Listen("tcp", web.Listen); err != nil {
		return nil, fmt.Errorf("web.listen %s: %w", web.Listen, err)
	}
	return d, nil
}

// serve answers until ctx ends, then lets the requests in hand end.
func (d *door) serve(ctx context.Context) error {
	ended := make(chan error, 1)
	go func() {
		if d.server.TLSConfig != nil {
			ended <- d.server.ServeTLS(d.listener, "", "")
		} else {
			ended <- d.server.Serve(d.listener)
		}
	}()
	select {
	case err := <-ended:
		return fmt.Errorf("serve the pages: %w", err)
	case <-ctx.Done():
	}
	last, stop := context.WithTimeout(context.WithoutCancel(ctx), d.leave)
	defer stop()
	err := d.server.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		err = d.server.Close()
	}
	if end := <-ended; !errors.Is(end, http.ErrServerClosed) {
		err = errors.Join(err, end)
	}
	if err != nil {
		return fmt.Errorf("end the pages: %w", err)
	}
	return nil
}

// close stops listening, if that was begun and nobody was served.
func (d *door) close() error {
	if err := d.listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

// welcome is the one line that says where the pages are.
func (d *door) welcome() string {
	line := "open " + d.address()
	host, _, _ := net.SplitHostPort(d.listener.Addr().String())
	ip := net.ParseIP(host)
	switch {
	case ip != nil && ip.IsLoopback() && d.web.PublicURL == "":
		line += " (from this machine only; how to let others in: docs/operations.md, web.listen)"
	case !d.web.Secure() && (ip == nil || !ip.IsLoopback()):
		line += " (without TLS: passwords and phones go over the network in the clear; see docs/operations.md)"
	}
	return line
}

// address is what to type into a browser.
func (d *door) address() string {
	if d.web.PublicURL != "" {
		return d.web.PublicURL + "/"
	}
	host, _, _ := net.SplitHostPort(d.web.Listen)
	_, port, _ := net.SplitHostPort(d.listener.Addr().String()) // that of the system when 0 was asked for
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		name, _ := os.Hostname()
		host = cmp.Or(name, "localhost")
	}
	scheme := "http"
	if d.web.TLSCert != "" {
		scheme = "https"
	}
	return scheme + "://" + net.JoinHostPort(host, port) + "/"
}

// keyPair is the certificate of two files, read again when they change: whoever
// renews it need not stop the server.
type keyPair struct {
	cert, key string
	log       *slog.Logger

	mu   sync.Mutex
	pair *tls.Certificate
	read [2]time.Time // when the files were changed that were read
}

// get implements tls.Config.GetCertificate. Files that do not fit each other, as
// while one of them is renewed, leave the last pair in force.
func (k *keyPair) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	now, err := k.changed()
	if err == nil && k.pair != nil && now == k.read {
		return k.pair, nil
	}
	var pair tls.Certificate
	if err == nil {
		pair, err = tls.LoadX509KeyPair(k.cert, k.key)
	}
	if err == nil {
		k.pair, k.read = &pair, now
		return k.pair, nil
	}
	err = fmt.Errorf("read web.tls_cert and web.tls_key: %w", err)
	if k.pair == nil {
		return nil, err
	}
	if k.read != now {
		k.log.Error("the new certificate is not good; the last one holds", slog.Any("why", err))
		k.read = now
	}
	return k.pair, nil
}

// changed is when each file was written.
func (k *keyPair) changed() (at [2]time.Time, err error) {
	for i, name := range []string{k.cert, k.key} {
		info, err := os.Stat(name)
		if err != nil {
			return at, err
		}
		at[i] = info.ModTime()
	}
	return at, nil
}
