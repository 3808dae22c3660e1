package jobs

import (
	"os"
	"testing"

	"github.com/jobgen/jobgen/internal/jsonscan"
)

func BenchmarkParts(b *testing.B) {
	data, _ := os.ReadFile("/tmp/ct.json")
	b.Run("tape", func(b *testing.B) {
		var t jsonscan.Tape
		for b.Loop() {
			t.Read(data)
		}
	})
	b.Run("payload", func(b *testing.B) {
		for b.Loop() {
			newPayload(data).release()
		}
	})
	b.Run("fields", func(b *testing.B) {
		p := newPayload(data)
		for b.Loop() {
			p.enter(1)
		}
	})
	b.Run("begin", func(b *testing.B) {
		p := newPayload(data)
		for b.Loop() {
			var e Event[CloudTrail]
			Begin(p, &e)
			p.decoder.End()
		}
	})
	b.Run("all", func(b *testing.B) {
		p := newPayload(data)
		for b.Loop() {
			var e Event[CloudTrail]
			DecodeCloudTrail(Begin(p, &e), &e.Detail)
			p.decoder.End()
		}
	})
	b.Run("identity", func(b *testing.B) {
		p := newPayload(data)
		var e Event[CloudTrail]
		d := Begin(p, &e)
		at := 0
		for i := range p.tape.Tokens {
			if string(p.tape.Raw(i)) == `"userIdentity"` {
				at = i + 1
			}
		}
		for b.Loop() {
			var e Event[CloudTrail]
			d.At(at)
			decodeUserIdentity(d, &e.Detail.UserIdentity)
			p.decoder.End()
			p.decoder.Start(&p.tape, at)
		}
	})
	b.Run("skip", func(b *testing.B) {
		p := newPayload(data)
		var e Event[CloudTrail]
		d := Begin(p, &e)
		at := int(p.fields.at[fieldDetail])
		for b.Loop() {
			d.At(at)
			for end := d.Object(); d.Member(end); {
				switch string(d.Key()) {
				case "userIdentity", "b", "c", "d":
					d.Skip()
				case "eventTime":
					d.Skip()
				case "eventVersion":
					d.Skip()
				case "eventSource":
					d.Skip()
				case "eventName":
					d.Skip()
				case "eventID":
					d.Skip()
				default:
					d.Skip()
				}
			}
		}
	})
}
