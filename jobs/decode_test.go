package jobs_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

const sample = `{
	"version": "0", "id": "e-1", "detail-type": "Order Placed", "source": "shop", "account": "123456789012",
	"time": "2026-01-02T03:04:05Z", "region": "eu-west-1", "resources": ["arn:1"], "replay-name": "again",
	"detail": {"id": "o-1", "total": 1.5, "items": [{"price": 3}]}
}`

func TestDecodeEvent(t *testing.T) {
	got, err := dispatch.Decode[jobs.Event[order]]([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	want := jobs.Event[order]{
		Version: "0", ID: "e-1", DetailType: "Order Placed", Source: "shop", Account: "123456789012",
		Time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Region: "eu-west-1", Resources: []string{"arn:1"},
		Detail: order{ID: "o-1", Total: 1.5, Items: []item{{3}}}, ReplayName: "again",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnEventIsWrittenAsItIsRead(t *testing.T) {
	got, err := dispatch.Decode[jobs.Event[map[string]any]]([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	written, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	var want, have any
	if err := errors.Join(json.Unmarshal([]byte(sample), &want), json.Unmarshal(written, &have)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

// embedded is a user's struct: the methods of Event are promoted to it.
type embedded struct {
	jobs.Event[order]
	Extra string `json:"extra"`
}

type unmarshals struct{ order }

func (u *unmarshals) UnmarshalJSON(b []byte) error {
	if string(b) == `{"id":"bad"}` {
		return errors.New("a bad order")
	}
	return json.Unmarshal(b, &u.order)
}

func TestDecodeTakesWhatHandlersTake(t *testing.T) {
	check := func(name string, got any, err error, want any) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	placed := []byte(event("shop", "t", `{"id":"o-1"}`))
	raw, err := dispatch.Decode[json.RawMessage](placed)
	check("raw", string(raw), err, string(placed))
	constant, err := dispatch.Decode[json.RawMessage]([]byte(` "text" `))
	check("raw string", string(constant), err, `"text"`)
	lambdas, err := dispatch.Decode[events.EventBridgeEvent](placed)
	check("Lambda's event", string(lambdas.Detail), err, `{"id":"o-1"}`)
	plain, err := dispatch.Decode[order]([]byte(`{"ID":"o-1"}`))
	check("struct", plain, err, order{ID: "o-1"})
	inner, err := dispatch.Decode[embedded]([]byte(`{"source":"s","extra":"more","detail":{"id":"o-1"}}`))
	check("embedded", []string{inner.Source, inner.Extra, inner.Detail.ID}, err, []string{"s", "more", "o-1"})
	pointer, err := dispatch.Decode[jobs.Event[*order]](placed)
	check("pointer", pointer.Detail, err, &order{ID: "o-1"})
	any, err := dispatch.Decode[jobs.Event[any]](placed)
	check("any", any.Detail, err, map[string]interface{}{"id": "o-1"})
	bytes, err := dispatch.Decode[jobs.Event[json.RawMessage]](placed)
	check("raw detail", string(bytes.Detail), err, `{"id":"o-1"}`)
	own, err := dispatch.Decode[jobs.Event[unmarshals]](placed)
	check("own unmarshaler", own.Detail.ID, err, "o-1")
}

func TestDecodeKeepsNothingOfThePayload(t *testing.T) {
	payload := []byte(event("shop", "t", `{"id":"o-1"}`))
	raw, err := dispatch.Decode[json.RawMessage](payload)
	if err != nil {
		t.Fatal(err)
	}
	detail, err := dispatch.Decode[jobs.Event[json.RawMessage]](payload)
	if err != nil {
		t.Fatal(err)
	}
	clear(payload)
	if !json.Valid(raw) || !json.Valid(detail.Detail) {
		t.Error("what a job keeps changes when the payload's buffer is used again")
	}
}

type deep struct {
	jobs.Event[struct {
		At    time.Time                  `json:"at"`
		By    map[string]map[string]item `json:"by"`
		Items []*item                    `json:"items"`
		Fixed [2]int                     `json:"fixed"`
		Own   unmarshals                 `json:"own"`
		Plain string
		skip  string
	}]
}

func TestDecodeNamesTheFieldThatDoesNotFit(t *testing.T) {
	tests := map[string]struct{ payload, field string }{
		"envelope":         {`{"id":1,"detail":{}}`, "id"},
		"bad time":         {`{"time":"noon","detail":{}}`, "time"},
		"odd resources":    {`{"resources":["a",1],"detail":{}}`, "resources[1]"},
		"detail's kind":    {`{"detail":[]}`, "detail"},
		"time in detail":   {`{"detail":{"at":"noon"}}`, "detail.at"},
		"key of a map":     {`{"detail":{"by":{"a":{"x":{"price":1},"y":{"price":"1"}}}}}`, "detail.by.a.y.price"},
		"not a map":        {`{"detail":{"by":[]}}`, "detail.by"},
		"element":          {`{"detail":{"items":[{"price":1},null,{"price":1.5}]}}`, "detail.items[2].price"},
		"not a list":       {`{"detail":{"items":{}}}`, "detail.items"},
		"array":            {`{"detail":{"fixed":[1,"2"]}}`, "detail.fixed[1]"},
		"own unmarshaler":  {`{"detail":{"own":{"id":"bad"}}}`, "detail.own"},
		"without a tag":    {`{"detail":{"plain":1}}`, "detail.plain"},
		"unexported field": {`{"detail":{"skip":1,"Plain":1}}`, "detail.Plain"},
		"whole":            {`[]`, ""},
		"not JSON":         {`{"detail":`, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := dispatch.Decode[deep]([]byte(tt.payload))
			wrong, ok := errors.AsType[*jobs.DecodeError](err)
			if !ok {
				t.Fatalf("error = %v, want a DecodeError", err)
			}
			if wrong.Field != tt.field || wrong.Type != "jobs_test.deep" || wrong.Err == nil || !errors.Is(err, wrong.Err) {
				t.Errorf("%#v\nwant the field %q", wrong, tt.field)
			}
		})
	}
}

func TestDecodeNeverGivesAnEmptyValue(t *testing.T) {
	for _, payload := range []string{
		`null`, " null\n", `{"source":"a","detail-type":"b"}`, `{"detail":null}`,
		`{"detail":{"id":"x"},"detail":null}`, `{"detail":{"id":"x"},"Detail":null}`, ``, `{`, `"x"`, `[]`,
	} {
		t.Run(payload, func(t *testing.T) {
			want := errorOf[*jobs.DecodeError](t)
			event, err := dispatch.Decode[jobs.Event[order]]([]byte(payload))
			want("Event", err)
			if diff := cmp.Diff(jobs.Event[order]{}, event); diff != "" {
				t.Errorf("an error came with a value: %s", diff)
			}
			_, err = dispatch.Decode[jobs.Event[*order]]([]byte(payload))
			want("Event of a pointer", err)
			_, err = dispatch.Decode[jobs.Event[any]]([]byte(payload))
			want("Event of any", err)
			_, err = dispatch.Decode[jobs.Event[json.RawMessage]]([]byte(payload))
			want("Event of raw JSON", err)
			_, err = dispatch.Decode[events.EventBridgeEvent]([]byte(payload))
			want("Lambda's event", err)
		})
	}
	want := errorOf[*jobs.DecodeError](t)
	_, err := dispatch.Decode[json.RawMessage]([]byte(`null`))
	want("raw JSON", err)
	_, err = dispatch.Decode[order]([]byte(`null`))
	want("a struct", err)
	_, err = dispatch.Decode[jobs.Event[order]]([]byte(`{"source":"x"}`))
	if wrong, ok := errors.AsType[*jobs.DecodeError](err); !ok || wrong.Field != "detail" {
		t.Errorf("%#v, want the field detail", err)
	}
}

func errorOf[E error](t *testing.T) func(name string, err error) {
	return func(name string, err error) {
		t.Helper()
		if _, ok := errors.AsType[E](err); !ok {
			t.Errorf("%s: error = %v, want another type", name, err)
		}
	}
}

func TestDecodeOfHostileDepthIsAnError(t *testing.T) {
	payload := event("a", "b", `{"items":`+strings.Repeat("[", 20_000)+strings.Repeat("]", 20_000)+`}`)
	_, err := dispatch.Decode[jobs.Event[any]]([]byte(payload))
	errorOf[*jobs.DecodeError](t)("depth", err)
	s := &shop{}
	_, err = invoke(t, s.dispatcher(), payload)
	errorOf[*jobs.ForeignPayloadError](t)("depth", err)
	if s.ran != nil {
		t.Errorf("ran %v", s.ran)
	}
}

type chain struct {
	Next *chain `json:"next"`
	ID   string `json:"id"`
}

// The error names the path of a deep fault only up to a limit. For a payload that is too
// large for an event, it has encoding/json's name of the field.
func TestDecodeOfAHostileFaultIsQuick(t *testing.T) {
	const levels = 9_000
	tests := map[string]struct{ id, field string }{
		"deep":  {`1`, "detail" + strings.Repeat(".next", 31)},
		"large": {`"` + strings.Repeat("x", 2<<20) + `","id":1`, "detail" + strings.Repeat(".next", levels) + ".id"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			payload := `{"detail":` + strings.Repeat(`{"next":`, levels) + `{"id":` + tt.id + `}` + strings.Repeat(`}`, levels+1)
			_, err := dispatch.Decode[jobs.Event[chain]]([]byte(payload))
			wrong, ok := errors.AsType[*jobs.DecodeError](err)
			if !ok || wrong.Field != tt.field || len(err.Error()) > 2000 {
				t.Errorf("error = %.2000v", err)
			}
		})
	}
}

func TestTheDispatcherSaysWhichJobCouldNotDecode(t *testing.T) {
	payload := event("shop", "Order Placed", `{"total":"much"}`)
	for name, tt := range map[string]struct{ handler, payload, rule string }{
		"handler":  {"Shop.Typed", payload, ""},
		"envelope": {"", enveloped("ShopTyped", payload), "ShopTyped"},
		"bare":     {"", payload, "ShopTyped"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &shop{}
			_, err := invoke(t, s.dispatcher().WithHandler(tt.handler), tt.payload)
			wrong, ok := err.(*jobs.DecodeError)
			if !ok || wrong.Handler != "Shop.Typed" || wrong.Rule != tt.rule || wrong.Field != "detail.total" {
				t.Errorf("error = %#v", err)
			}
			if s.ran != nil {
				t.Errorf("ran %v", s.ran)
			}
		})
	}
}
