// Package decode is what the decoders that jobgen generates are made of. Code
// that people write has no need of it: encoding/json does the same. Nothing here is
// stable; see package dispatch.
//
// A decoder of a struct goes through the members of an object, and has each field
// read by the function for its type:
//
//	func decodeStateChange(d *decode.Decoder, v *StateChange) {
//		for end := d.Object(); d.Member(end, 0x200000000004); {
//			switch string(d.Key()) {
//			case "instance-id":
//				d.Text(&v.InstanceID)
//			case "state":
//				d.Text(&v.State)
//			default:
//				d.Other("instance-id,state")
//			}
//		}
//	}
//
// The number is the set of the fields' names (see [Names]), by which members that no
// field is for are passed over without a look at their keys.
//
// # What is promised
//
// Where a Decoder has not failed, the result is the one that encoding/json
// gives, to the letter: keys without regard to case, the last of equal keys with
// what it leaves of the one before, null, numbers that overflow. Where it has
// failed, encoding/json may or may not: the caller asks it. So the error is
// encoding/json's own, and what is rare (bytes that aren't UTF-8) need not be
// read here.
//
// A Decoder goes by the tokens of a tape, for which one pass over the JSON has
// checked all of its grammar, so the data may come from anywhere. Strings are
// copies, parts of longer strings of 2 KB that the next values' strings are parts of
// too: one that is kept holds on to no more than that. Nothing else that is read has to
// do with another value.
package decode
