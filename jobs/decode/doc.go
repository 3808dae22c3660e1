// Package decode contains functions for the decoders that jobgen generates. Other code
// doesn't need it, because encoding/json does the same. The package is not stable; see
// package dispatch.
//
// A decoder of a struct goes through the members of an object, and calls the function for
// the type of each field:
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
// The number is the set of the fields' names (see [Names]). Member uses it to skip most
// members without a field, without comparing their keys.
//
// # Guarantees
//
// If a Decoder has not failed, the result is exactly the one of encoding/json: for keys in
// another letter case, for equal keys, of which the last one is decoded into the value of
// the one before, for null, and for numbers that overflow. If a Decoder has failed,
// encoding/json may fail or not, so the caller calls it. So the error is the one of
// encoding/json, and rare cases, such as bytes that aren't UTF-8, need no code here.
//
// A Decoder reads the tokens of a tape. The scan that made the tape has checked the JSON's
// complete grammar, so the data may come from any source. Strings are parts of longer
// strings of 2 KB, which other values share, so a string that is kept keeps at most 2 KB.
// Other values share no memory.
package decode
