package decodetest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/jobgen/jobgen/jobs"
	"github.com/jobgen/jobgen/jobs/decode"
	"github.com/jobgen/jobgen/jobs/dispatch"
)

// check compares a type's decoder with encoding/json. It reports whether the decoder has
// not failed.
type check struct {
	name  string
	typ   reflect.Type
	check func(t *testing.T, data []byte) (fast bool)
}

func checkOf[T any](name string, read func(*decode.Decoder, *T)) check {
	return check{name, reflect.TypeFor[T](), func(t *testing.T, data []byte) bool {
		t.Helper()
		var got, want T
		fast := decode.Value(data, &got, read)
		err := json.Unmarshal(data, &want)
		switch {
		case fast && err != nil:
			t.Errorf("%s: decoded, but encoding/json says: %v\n%.500s", name, err, data)
		case fast && !reflect.DeepEqual(got, want):
			t.Errorf("%s: got  %s\nwant %s\n%.500s", name, clip(got), clip(want), data)
		}
		whole(t, name, data, read, want, err)
		return fast
	}}
}

// whole compares the decoding of a complete payload, with its errors, with encoding/json.
func whole[T any](t *testing.T, name string, data []byte, read func(*decode.Decoder, *T), want T, wantErr error) {
	t.Helper()
	if !json.Valid(data) || strings.TrimSpace(string(data)) == "null" {
		return // no job is called
	}
	got, err := sent(data, func(p *dispatch.Payload, v *T) { read(p.Decoder(), v) })
	if (err == nil) != (wantErr == nil) || err == nil && !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got  %s, %v\nwant %s, %v\n%.500s", name, clip(got), err, clip(want), wantErr, data)
	}
	event := fmt.Appendf(nil, `{"id":"x","detail":%s,"time":"2026-01-02T03:04:05Z"}`, data)
	var wantEvent jobs.Event[T]
	wantErr = json.Unmarshal(event, &wantEvent)
	for _, payload := range [][]byte{event, fmt.Appendf(nil, `{"jobs:rule":"R","event":%s}`, event)} {
		if !json.Valid(payload) {
			continue // the envelope's own level is one too many
		}
		got, err := sent(payload, func(p *dispatch.Payload, v *jobs.Event[T]) { read(dispatch.Begin(p, v), &v.Detail) })
		if (err == nil) != (wantErr == nil) || err == nil && !reflect.DeepEqual(got, wantEvent) {
			t.Errorf("%s: got  %s, %v\nwant %s, %v\n%.500s", name, clip(got), err, clip(wantEvent), wantErr, payload)
		}
	}
}

// clip shortens a value for a failure.
func clip(v any) string {
	s := fmt.Sprintf("%+v", v)
	return s[:min(len(s), 500)]
}

// anything is a table with a job that accepts any payload.
var anything = &dispatch.Table{
	Package: "p",
	Rules:   []dispatch.Rule{{ID: "R", Job: "T.M", Pattern: `{"source":["x"]}`, Input: &dispatch.Input{Path: "$"}}},
}

// sent returns the parameter of a job that is called with the payload.
func sent[E any](payload []byte, read func(*dispatch.Payload, *E)) (E, error) {
	var got E
	d := jobs.New(anything, func(_ context.Context, _ string, p *dispatch.Payload) (any, error) {
		read(p, &got)
		return nil, dispatch.End(p, &got)
	})
	if !bytes.Contains(payload, []byte("jobs:rule")) {
		d = d.WithHandler("T.M")
	}
	_, err := d.Invoke(context.Background(), payload)
	return got, err
}

// checks returns the checks of the types with generated decoders and of combinations of the
// runtime's functions.
func checks() []check {
	return []check{
		checkOf("Kinds", decodeKinds), checkOf("Composites", decodeComposites), checkOf("Embeds", decodeEmbeds),
		checkOf("Odd", decodeOdd), checkOf("Names", decodeNames), checkOf("Tree", decodeTree),
		checkOf("Trail", decodeTrail), checkOf("CloudTrail", dispatch.DecodeCloudTrail),
		checkOf("Tags", decodeTags), checkOf("Quoted", decode.JSON[Quoted]),
		checkOf("string", decode.String[string]), checkOf("int8", decode.Int[int8]), checkOf("uint64", decode.Uint[uint64]),
		checkOf("float32", decode.Float32[float32]), checkOf("bool", decode.Bool[bool]), checkOf("time", decode.Time),
		checkOf("raw", decode.Raw), checkOf("any", decode.JSON[any]),
		checkOf("strings", func(d *decode.Decoder, v *[]string) { decode.Slice(d, v, decode.String) }),
		checkOf("map", func(d *decode.Decoder, v *map[string]*int) {
			decode.Map(d, v, func(d *decode.Decoder, v **int) { decode.Pointer(d, v, decode.Int) })
		}),
	}
}

// corners are events with unusual or invalid values.
var corners = []string{
	`{}`, `null`, ` null `, `[]`, `{`, ``, `1`, `"x"`, `{}x`, `{"s":1}`, `{"S":"x"}`, `{"s":"a","S":"b"}`, `{"s":null}`, `{"s":"\ud800"}`,
	`{"s":"a\u0062\n\"\/"}`, "{\"s\":\"\xff\"}", "{\"\xff\":1}", "{\"s\":\"a\x01\"}", `{"\u0073":"x"}`, `{"i":1.0}`, `{"i":1e3}`, `{"i":-0}`,
	`{"u":-0}`, `{"u":-1}`, `{"i8":127}`, `{"i8":128}`, `{"i8":-128}`, `{"i8":-129}`, `{"u8":256}`, `{"u64":18446744073709551615}`,
	`{"u64":18446744073709551616}`, `{"i64":9223372036854775808}`, `{"f32":1e39}`, `{"f64":1e309}`, `{"f64":-0.0}`, `{"f32":0.1}`, `{"f64":1e-400}`,
	`{"f64":` + strings.Repeat("9", 1000) + `}`, `{"i":` + strings.Repeat("1", 1000) + `}`, `{"b":"true"}`, `{"b":true }`, `{"b":truex}`, `{"num":300}`,
	`{"at":"2026-01-02T03:04:05Z"}`, `{"At":"2026-01-02t03:04:05Z"}`, `{"at":null}`, `{"at":1}`, `{"at":"2026-01-02T03:04:05\u005a"}`, `{"raw":null}`, `{"raw": [1 , 2] }`,
	`{"raw":1,"raw":{"a":2}}`, `{"none":1}`, `{"strings":null}`, `{"strings":[]}`, `{"strings":["a",null,"b"]}`, `{"strings":["a","b"],"strings":["c"]}`,
	`{"leaves":[{"a":"x"},{"a":"y"}],"leaves":[{"n":1}],"leaves":[{},{}]}`, `{"leaves":[{"a":"x"}],"leaves":[],"leaves":[{}]}`, `{"leaves":{"a":1}}`,
	`{"fixed":[1]}`, `{"fixed":[1,2,3]}`, `{"fixed":[1,2],"fixed":[3]}`, `{"fixed":null}`, `{"fixed":[1,2,"x"]}`, `{"fixed":[1,2,]}`, `{"pairs":[[{"a":"b"}]]}`,
	`{"leaf":{"a":"x"},"leaf":{"n":1}}`, `{"leaf":{"a":"x"},"leaf":null}`, `{"twice":"a"}`, `{"twice":null}`, `{"twice":"a","twice":null,"twice":"b"}`,
	`{"map":{"a":1},"map":{"b":2}}`, `{"map":{"a":1,"a":null}}`, `{"map":null}`, `{"map":{}}`, `{"map":[]}`, `{"named":{"a":{"a":"1"},"a":{"n":2}}}`,
	`{"maps":{"a":{"b":"c"}}}`, `{"maps":{"a":null}}`, `{"labels":{"x":"y"}}`, `{"list":[{}]}`, `{"inline":{"x":1,"inner":{"y":true}}}`, `{"inline":null}`,
	`{"inline":{"X":1,"INNER":{"Y":null}}}`, `{"inlines":[{"z":["a"]},null]}`, `{"times":["2026-01-02T03:04:05+02:00"]}`, `{"raws":[1,null,"x"]}`, `{"when":null}`,
	`{"id":"a","same":"b","gone":"c","Gone":"d","outer":"d","Outer":"e","chosen":"f","third":"g","deep2":1,"tagged":{"inner":"i"},"seen":"s","-":"h","Ignored":"x"}`,
	`{"id":1}`, `{"name":"a","NAME":"b","Name":"c","nAME":"d"}`, `{"K":"kelvin","K":"k"}`, `{"SS":"x","ss":"y","ſs":"z","Ss":"w"}`, `{"a b":"1","A B":"2","a/b.c":"3"}`,
	`{"bad":{"Bad":"x","a\"b":"y"}}`, `{"GRÖSSE":"x","GRÖßE":"y"}`, `{"empty":"x","x":1,"Y":2}`, `{"before":"b","any":{"a":[1,2]},"after":"a"}`, `{"own":"bad"}`, `{"own":null}`,
	`{"own":{"a":1},"own":2}`, `{"ownPtr":null}`, `{"ownPtr":1,"ownPtr":2}`, `{"owns":[1,null]}`, `{"text":"x"}`, `{"text":1}`, `{"bytes":"YWJj"}`, `{"bytes":[1,2]}`,
	`{"bytes":"!"}`, `{"bits":"YWJj"}`, `{"bits":[1]}`, `{"byInt":{"1":"a"}}`, `{"byText":{"a":1}}`, `{"number":1.50}`, `{"number":"x"}`, `{"func":null}`, `{"func":1}`,
	`{"error":null}`, `{"error":"x"}`, `{"ref":{"a":"x","p":"y"}}`, `{"gen":{"v":"x"}}`, `{"dur":5}`, `{"header":{"a":["b"]}}`,
	`{"n":"1","s":"\"x\""}`, `{"eventName":"a","EVENTNAME":"b","more":"c","who":{"type":"Root"},"again":{"eventID":"x","readOnly":true}}`,
	`{"\u0073":"x","\u0053":"y"}`, `{"n\u0061me":"a","\u004eAME":"b","\u004eame":"c"}`, `{"\u212a":"kelvin","\u017fs":"z","a\u0020b":"1","a\/b.c":"2"}`, `{"s\\":"x","s\u0000":"y"}`,
	`{"At":"2024-02-29T23:59:59Z","when":"2026-02-29T00:00:00Z"}`, `{"At":"2026-13-01T00:00:00Z"}`, `{"At":"2026-12-31T23:59:60Z"}`, `{"times":["0000-01-01T00:00:00Z","9999-12-31T23:59:59Z"]}`,
	`{"s":"` + strings.Repeat("long ", 1000) + `","name":"` + strings.Repeat(`\n`, 3000) + `"}`, `{"strings":["` + strings.Repeat(`x","`, 300) + `"],"names":["` + strings.Repeat("y", 9000) + `","z"]}`,
	`{"before":"b","promote":{"a":"x","n":2,"In":{"a":"y"}},"pointer":{"a":"x"},"others":{"a":"x","b":1,"All":{"c":2}},"raws":{"a":"x","b":[1],"All":{}},"after":"a"}`,
	`{"strict":[{"name":"a","NAME":"b","Exact":1,"exact":2,"any":3,"ANY":4},{"Name":"x","EXACT":5}]}`, `{"pointer":{"In":null},"pointer":{"n":1}}`,
	`{"names":{"x":{"sla\\sh":"1","sla":"2","Slash":"3","quo":"4","Quote":"5","quo\"te":"6","€":"7","Euro":"8"}}}`,
	`{"left":{"left":{"v":1}},"kids":[{"kids":[]}],"named":{"a":{"v":2}}}`, `{"v":1,,}`, `{"v":1,}`, `{,"v":1}`, `{"v" :  1 , "left" : { } }`, `{"v"1}`, `{"v":}`, `{v:1}`,
}

func TestDecodersAgreeWithEncodingJSON(t *testing.T) {
	for _, c := range checks() {
		for _, data := range corners {
			c.check(t, []byte(data))
		}
	}
}

// TestDecodersReadWhatIsSent checks that the decoders decode valid values without
// encoding/json.
func TestDecodersReadWhatIsSent(t *testing.T) {
	for _, c := range checks() {
		r := rand.New(rand.NewPCG(1, 2))
		read := 0
		for range 300 {
			if c.check(t, []byte((&writer{r, 0}).right(c.typ, 4))) {
				read++
			}
		}
		if read < 290 {
			t.Errorf("%s: %d of 300 right values are read", c.name, read)
		}
	}
}

// TestDecodersAgreeOnRandomValues compares the decoders with encoding/json, for values that
// are almost valid.
func TestDecodersAgreeOnRandomValues(t *testing.T) {
	values := 1000
	if testing.Short() {
		values = 100
	}
	for _, c := range checks() {
		r := rand.New(rand.NewPCG(3, 4))
		for range values {
			if c.check(t, []byte((&writer{r, 0.15}).right(c.typ, 4))); t.Failed() {
				return
			}
		}
	}
}

// TestDecodersRefuseWhatIsCutOff checks that an incomplete value is an error, wherever it
// ends.
func TestDecodersRefuseWhatIsCutOff(t *testing.T) {
	for _, c := range checks() {
		data := (&writer{rand.New(rand.NewPCG(5, 6)), 0}).right(c.typ, 4)
		for n := range len(data) {
			c.check(t, []byte(data[:n]))
		}
	}
}

func TestDecodersTakeWhatEncodingJSONTakesOfDepth(t *testing.T) {
	c := checkOf("Tree", decodeTree)
	for _, depth := range []int{9_998, 9_999, 10_000, 10_001, 20_000} {
		c.check(t, []byte(strings.Repeat(`{"left":`, depth)+`{}`+strings.Repeat(`}`, depth)))
		c.check(t, []byte(strings.Repeat(`{"kids":[`, depth/2)+strings.Repeat(`]}`, depth/2)))
		c.check(t, []byte(`{"other":`+strings.Repeat(`[`, depth)+strings.Repeat(`]`, depth)+`}`))
	}
}

func FuzzDecoders(f *testing.F) {
	for i, data := range corners {
		f.Add(uint8(i), []byte(data))
	}
	all := checks()
	for i, c := range all {
		f.Add(uint8(i), []byte((&writer{rand.New(rand.NewPCG(7, 8)), 0}).right(c.typ, 3)))
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		all[int(which)%len(all)].check(t, data)
	})
}
