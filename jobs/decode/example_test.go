package decode_test

import (
	"fmt"

	"github.com/jobgen/jobgen/jobs/decode"
)

type stateChange struct {
	InstanceID string
	State      string
}

func decodeStateChange(d *decode.Decoder, v *stateChange) {
	for end := d.Object(); d.Member(end, decode.Names("instance-id", "state")); {
		switch string(d.Key()) {
		case "instance-id":
			d.Text(&v.InstanceID)
		case "state":
			d.Text(&v.State)
		default:
			d.Other("instance-id,state")
		}
	}
}

// A generated decoder. It leaves what it can't decode to encoding/json.
func Example() {
	var v stateChange
	fmt.Println(decode.Value([]byte(`{"instance-id": "i-1", "STATE": "stopping", "more": []}`), &v, decodeStateChange), v)
	fmt.Println(decode.Value([]byte(`{"state": 1}`), &v, decodeStateChange))
	// Output:
	// true {i-1 stopping}
	// false
}
