// Package loopback serves HTTP to the programs of this machine, and not to web pages.
//
// A server on a loopback address is not private. Every web page that a browser on the same
// machine shows can send requests to it. Without CORS headers, the page can't read the
// answers, but a plain POST has its effect. And a page whose name resolves to 127.0.0.1 is of
// the server's own origin for the browser, so it can read the answers too (DNS rebinding).
//
// Protect refuses both. The clients that it is for, such as AWS's SDKs and curl, send neither
// an Origin header nor a Sec-Fetch-Site header.
package loopback

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
)

// hosts are the names that the server has in addresses and in requests.
var hosts = []string{"127.0.0.1", "::1", "localhost"}

// Listen listens on a TCP address of the form host:port. The host must be 127.0.0.1, ::1 or
// localhost. The port 0 chooses a free one.
func Listen(address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("the address %q is not of the form host:port, such as 127.0.0.1:8080", address)
	}
	if !slices.Contains(hosts, host) {
		return nil, fmt.Errorf("the address %q would let other machines in; the host must be 127.0.0.1, [::1] or localhost, such as 127.0.0.1:%s", address, port)
	}
	return net.Listen("tcp", address)
}

// Protect returns a handler that passes on the requests of programs and of the server's own
// pages. It answers all others with status 403: requests to another host than a loopback
// address with the server's port, and requests that a page of another origin makes. It does so
// for each method, because a page may also not read. The handler must be called by an
// http.Server, which knows the port.
func Protect(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if reason := refusal(r); reason != "" {
			http.Error(w, reason, http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refusal returns the reason for which a request is refused, or "".
func refusal(r *http.Request) string {
	port := localPort(r)
	if !isOwnHost(r.Host, port) {
		return fmt.Sprintf("The Host of the request is %q. This server answers to 127.0.0.1:%s, [::1]:%[2]s and localhost:%[2]s only.", r.Host, port)
	}
	// A browser sends Origin with each POST, and with each request that CORS applies to.
	for _, origin := range r.Header.Values("Origin") {
		if !strings.EqualFold(origin, "http://"+r.Host) {
			return fmt.Sprintf("The request comes from a page of %s. This server answers programs and its own pages only.", origin)
		}
	}
	// A browser sends Sec-Fetch-Site with each request. It is none if the user opens the
	// address, and same-site for a page of another port of this machine.
	for _, site := range r.Header.Values("Sec-Fetch-Site") {
		if site != "same-origin" && site != "none" {
			return fmt.Sprintf("The request comes from a page of another origin (Sec-Fetch-Site: %s). This server answers programs and its own pages only. Open the address from the address bar.", site)
		}
	}
	return ""
}

// localPort returns the port at which the server received the request.
func localPort(r *http.Request) string {
	address, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return ""
	}
	_, port, _ := net.SplitHostPort(address.String())
	return port
}

// defaultPort is the port of a Host without one.
const defaultPort = "80"

func isOwnHost(host, port string) bool {
	name, given, err := net.SplitHostPort(host)
	if err != nil {
		name, given = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"), defaultPort
	}
	return given == port && slices.Contains(hosts, strings.ToLower(name))
}
