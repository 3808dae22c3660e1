package loopback

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// serve starts a protected server and returns its port and a counter of the requests that the
// handler got.
func serve(t *testing.T) (port string, got *int) {
	t.Helper()
	listener, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	got = new(int)
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		*got++
		io.WriteString(w, "the last events")
	})
	server := httptest.NewUnstartedServer(Protect(handler))
	server.Listener.Close()
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	return port, got
}

// send sends a request to the port and returns the answer and its body. In headers and in
// the Host, PORT is the server's port.
func send(t *testing.T, port, method, host string, headers ...string) (answer, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://127.0.0.1:"+port+"/", strings.NewReader(`{"Entries": []}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Host = strings.ReplaceAll(host, "PORT", port)
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Add(name, strings.ReplaceAll(value, "PORT", port))
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header}, string(body)
}

// answer is the head of a response.
type answer struct {
	StatusCode int
	Header     http.Header
}

func TestProtect(t *testing.T) {
	const own = "127.0.0.1:PORT"
	for _, test := range []struct {
		name    string
		host    string
		headers []string
		refused string // part of the answer; "" if the request is passed on
	}{
		{name: "an SDK", host: own, headers: []string{"Content-Type: application/x-amz-json-1.1", "X-Amz-Target: AWSEvents.PutEvents"}},
		{name: "localhost", host: "localhost:PORT"},
		{name: "IPv6", host: "[::1]:PORT"},
		{name: "letter case", host: "LocalHost:PORT", headers: []string{"Origin: http://localhost:PORT"}},
		{name: "the address bar", host: own, headers: []string{"Sec-Fetch-Site: none"}},
		{name: "the own form", host: own, headers: []string{"Origin: http://127.0.0.1:PORT", "Sec-Fetch-Site: same-origin"}},

		{name: "another host", host: "evil.example:PORT", refused: `The Host of the request is "evil.example:`},
		{name: "another host as the own origin", host: "evil.example:PORT", headers: []string{"Origin: http://evil.example:PORT", "Sec-Fetch-Site: same-origin"}, refused: "Host"},
		{name: "a name that begins with the own one", host: "localhost.evil.example:PORT", refused: "Host"},
		{name: "a loopback address in a name", host: "127.0.0.1.nip.io:PORT", refused: "Host"},
		{name: "another port", host: "localhost:1", refused: "Host"},
		{name: "no port", host: "localhost", refused: "Host"},
		{name: "another machine", host: "192.168.0.1:PORT", refused: "Host"},
		{name: "all addresses", host: "0.0.0.0:PORT", refused: "Host"},

		{name: "another site", host: own, headers: []string{"Origin: https://evil.example"}, refused: "The request comes from a page of https://evil.example."},
		{name: "a plain POST of another site", host: own, headers: []string{"Origin: https://evil.example", "Content-Type: text/plain", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"}, refused: "evil"},
		{name: "a file", host: own, headers: []string{"Origin: null"}, refused: "a page of null"},
		{name: "another port's page", host: own, headers: []string{"Origin: http://127.0.0.1:3000", "Sec-Fetch-Site: same-site"}, refused: "127.0.0.1:3000"},
		{name: "another name of the same server", host: own, headers: []string{"Origin: http://localhost:PORT"}, refused: "localhost"},
		{name: "another scheme", host: own, headers: []string{"Origin: https://127.0.0.1:PORT"}, refused: "https"},
		{name: "an image of another site", host: own, headers: []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: image"}, refused: "Sec-Fetch-Site: cross-site"},
		{name: "a link of another port", host: own, headers: []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate"}, refused: "same-site"},
		{name: "two origins", host: own, headers: []string{"Origin: http://127.0.0.1:PORT", "Origin: https://evil.example"}, refused: "evil"},
		{name: "a preflight", host: own, headers: []string{"Origin: https://evil.example", "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: x-amz-target"}, refused: "evil"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
				port, got := serve(t)
				response, body := send(t, port, method, test.host, test.headers...)
				want, calls := http.StatusOK, 1
				if test.refused != "" {
					want, calls = http.StatusForbidden, 0
				}
				if response.StatusCode != want || *got != calls {
					t.Errorf("%s: status %d and %d calls of the handler, want %d and %d", method, response.StatusCode, *got, want, calls)
				}
				if method != http.MethodHead && !strings.Contains(body, test.refused) {
					t.Errorf("%s: the answer has no %q: %s", method, test.refused, body)
				}
				if test.refused != "" && strings.Contains(body, "the last events") {
					t.Errorf("%s: the answer tells what the handler wrote", method)
				}
				for name := range response.Header {
					if strings.HasPrefix(name, "Access-Control-") {
						t.Errorf("%s: the answer has the header %s, with which a page of another origin could read it", method, name)
					}
				}
			}
		})
	}
}

// TestProtectWithoutServer checks that a handler without a server's port refuses everything.
func TestProtectWithoutServer(t *testing.T) {
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(context.Background(), http.MethodGet, "http://localhost/", nil)
	Protect(http.NotFoundHandler()).ServeHTTP(w, r)
	if w.Code != http.StatusForbidden {
		t.Errorf("status %d, want %d", w.Code, http.StatusForbidden)
	}
}

func TestListen(t *testing.T) {
	for _, address := range []string{"127.0.0.1:0", "localhost:0"} {
		listener, err := Listen(address)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if ip := listener.Addr().(*net.TCPAddr).IP; !ip.IsLoopback() {
			t.Errorf("%s listens on %s", address, ip)
		}
		listener.Close()
	}
	for address, want := range map[string]string{
		"8080":             "host:port",
		":8080":            "such as 127.0.0.1:8080",
		"0.0.0.0:8080":     "would let other machines in",
		"127.0.0.2:8080":   "the host must be 127.0.0.1, [::1] or localhost",
		"[::]:8080":        "would let other machines in",
		"192.168.0.1:8080": "would let other machines in",
		"example.com:8080": "would let other machines in",
	} {
		if listener, err := Listen(address); err == nil {
			listener.Close()
			t.Errorf("%s: no error", address)
		} else if !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error has no %q: %v", address, want, err)
		}
	}
}
