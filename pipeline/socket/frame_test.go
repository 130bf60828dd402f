package socket

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

// FuzzFrame: what is read takes no more than its limit, is what was written, and
// whatever else comes is an error.
func FuzzFrame(f *testing.F) {
	f.Add([]byte{}, 10)
	f.Add(appendFrame(nil, kindStdout, []byte("text")), 10)
	f.Add(appendFrame(nil, kindStdout, []byte("text")), 3)
	f.Add([]byte{byte(kindAsk), 0xff, 0xff, 0xff, 0xff, 1}, maxFrame)
	f.Add(appendFrame(appendFrame(nil, kindAnswer, []byte(`{"op":"read","size":3}`+"\n"), []byte("abc")), kindExit, []byte("0")), maxFrame)
	f.Fuzz(func(t *testing.T, data []byte, limit int) {
		limit = max(0, min(limit, maxHello))
		in := bytes.NewReader(data)
		var again []byte
		for {
			fr, err := readFrame(in, limit)
			if errors.Is(err, io.EOF) && in.Len() == 0 && len(again) == len(data) {
				break
			}
			if err != nil {
				if len(data)-len(again) >= header && !errors.Is(err, errFrame) {
					t.Fatalf("%v", err)
				}
				return
			}
			if len(fr.payload) > limit {
				t.Fatalf("%d bytes, at most %d", len(fr.payload), limit)
			}
			again = appendFrame(again, fr.kind, fr.payload)
			var q ask
			if bytesBehind, err := unpack(fr.payload, &q); err == nil {
				packed, err := pack(q, bytesBehind)
				if err != nil {
					t.Fatal(err)
				}
				var back ask
				if behind, err := unpack(packed, &back); err != nil || !bytes.Equal(behind, bytesBehind) || back.Op != q.Op || !bytes.Equal(back.Name, q.Name) {
					t.Fatalf("%+v came back as %+v, %v", q, back, err)
				}
			}
		}
		if !bytes.Equal(again, data) {
			t.Fatalf("%x was read as %x", data, again)
		}
	})
}

// FuzzDesk: whatever a host asks for, a caller answers, and touches only what the
// command line names.
func FuzzDesk(f *testing.F) {
	f.Add([]byte(`{"op":"open","name":"eA==","flag":66,"perm":384}`+"\n"), []byte(`{"op":"write","file":1}`+"\nabc"))
	f.Add([]byte(`{"op":"temp","name":"Lg==","to":"eCo="}`+"\n"), []byte(`{"op":"readat","file":1,"off":-5,"size":-1}`+"\n"))
	f.Add([]byte(`{"op":"remove","name":"eA=="}`+"\n"), []byte(`{"op":"nonsense"}`+"\n"))
	f.Fuzz(func(t *testing.T, first, second []byte) {
		d := newDesk(Only(Disk{}, nil))
		defer d.close()
		for _, payload := range [][]byte{first, second} {
			var q ask
			data, err := unpack(payload, &q)
			if err != nil {
				return
			}
			if r := d.answer(q, data); r.Error == nil && !r.EOF {
				t.Fatalf("%+v was done: %+v", q, r)
			}
		}
	})
}
