package payload

import (
	"time"

	"github.com/jobgen/jobgen/jobs/decode"
)

// ReadEvent reads an event's own fields, and moves to its detail. The decoder fails if
// encoding/json might read these fields differently.
func (p *Payload) ReadEvent(version, id, detailType, source, account *string, at *time.Time, region *string, resources *[]string, replayName *string) *decode.Decoder {
	d := p.start()
	f := &p.fields
	if kind := p.tape.Kind(int(f.at[Detail])); kind == 0 || kind == 'n' || f.duplicate || f.lookalike != 0 {
		d.Fail() // no object has no detail either
	}
	readString(d, f.at[Version], version)
	readString(d, f.at[ID], id)
	readString(d, f.at[DetailType], detailType)
	readString(d, f.at[Source], source)
	readString(d, f.at[Account], account)
	if token := f.at[Time]; token != 0 {
		d.At(int(token))
		decode.Time(d, at)
	}
	readString(d, f.at[Region], region)
	if token := f.at[Resources]; token != 0 {
		d.At(int(token))
		d.Texts(resources)
	}
	if replayName != nil {
		readString(d, f.at[ReplayName], replayName)
	}
	d.At(int(f.at[Detail]))
	return d
}

// readString reads the string at a token, if there is one.
func readString(d *decode.Decoder, token int32, s *string) {
	if token != 0 {
		d.At(int(token))
		d.Text(s)
	}
}

// Decoder returns the decoder that reads all that the job is sent. End reports
// whether it could.
func (p *Payload) Decoder() *decode.Decoder {
	d := p.start()
	if p.Fixed || p.tape.Kind(p.value) == 'n' {
		d.Fail() // it is an error, or may be one
	}
	return d
}

func (p *Payload) start() *decode.Decoder {
	p.DecodeError = nil
	p.decoder.Start(&p.tape, p.value)
	return &p.decoder
}

// Failed reports whether the decoder could not read what the job takes, so that
// encoding/json has to decode it.
func (p *Payload) Failed() bool { return p.decoder.Failed() }
