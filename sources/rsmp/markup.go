package rsmp

import (
	"bytes"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/members"
)

// What stands between '<' and '>' and is no tag.
const (
	markComment = iota
	markInstruction
	markDeclaration // <?xml …?>
	markCDATA
)

type markup struct {
	kind int
	n    int    // bytes of all of it
	body []byte // of a declaration or of CDATA
}

func damaged(what string) error { return fmt.Errorf("%w: %s", pipeline.ErrDamaged, what) }

var (
	errTag      = damaged("a tag that is not well-formed")
	errUnclosed = damaged("a tag that does not end before the next, or a raw < in a value")
)

// readMarkup reads what begins with "<!" or "<?". A DOCTYPE is refused, and
// with it every entity of the file's own.
func readMarkup(b []byte) (markup, error) {
	const (
		openComment, closeComment = "<!--", "--"
		openCDATA, closeCDATA     = "<![CDATA[", "]]>"
	)
	switch {
	case b[1] == '?':
		return readInstruction(b)
	case bytes.HasPrefix(b, []byte(openComment)):
		end := bytes.Index(b[len(openComment):], []byte(closeComment))
		n := len(openComment) + end + len(closeComment)
		switch {
		case end < 0 || n == len(b):
			return markup{}, errMore
		case b[n] != '>':
			return markup{}, damaged("-- in a comment")
		}
		return markup{kind: markComment, n: n + 1}, nil
	case bytes.HasPrefix(b, []byte(openCDATA)):
		body := b[len(openCDATA):]
		end := bytes.Index(body, []byte(closeCDATA))
		if end < 0 {
			return markup{}, errMore
		}
		return markup{kind: markCDATA, n: len(openCDATA) + end + len(closeCDATA), body: body[:end]}, nil
	case len(b) < len(openCDATA) && (bytes.HasPrefix([]byte(openCDATA), b) || bytes.HasPrefix([]byte(openComment), b)):
		return markup{}, errMore
	default:
		return markup{}, fmt.Errorf("%w: a DOCTYPE or other directive", pipeline.ErrUnknownForm)
	}
}

func readInstruction(b []byte) (markup, error) {
	end := bytes.Index(b[2:], []byte("?>"))
	if end < 0 {
		return markup{}, errMore
	}
	inside := b[2 : 2+end]
	target := inside[:instructionName(inside)]
	if !properName(target) {
		return markup{}, damaged("an instruction without a proper name")
	}
	m := markup{kind: markInstruction, n: 2 + end + 2, body: inside[len(target):]}
	if string(target) == "xml" {
		m.kind = markDeclaration
	}
	return m, nil
}

func instructionName(b []byte) int {
	for i, c := range b {
		if c < 0x80 && !nameByte(c) {
			return i
		}
	}
	return len(b)
}

// readEndTag reads the end tag of the element of the given name.
func readEndTag(b, name []byte) (int, error) {
	n := 2 + len(name)
	if len(b) > n && b[n] == '>' && bytes.Equal(b[2:n], name) {
		return n + 1, nil
	}
	end := bytes.IndexByte(b, '>')
	if end < 0 {
		if bytes.IndexByte(b[1:], '<') >= 0 {
			return 0, errTag
		}
		return 0, errMore
	}
	if !bytes.HasPrefix(b[2:end], name) || spaces(b[n:end]) != end-n {
		return 0, fmt.Errorf("%w: element %s is ended by <%s>", pipeline.ErrDamaged, members.Clip(string(name), 60), members.Clip(string(b[1:end]), 60))
	}
	return end + 1, nil
}

// readAttr reads name, equals sign and quoted value, and how long they are.
func readAttr(b []byte) (name, value []byte, n int, err error) {
	equals := bytes.IndexByte(b, '=')
	if equals < 0 {
		return nil, nil, 0, errUnclosed
	}
	name = b[:equals]
	for len(name) > 0 && space(name[len(name)-1]) {
		name = name[:len(name)-1]
	}
	n = equals + 1
	n += spaces(b[n:])
	if n == len(b) {
		return nil, nil, 0, errUnclosed
	}
	quote := b[n]
	if quote != '"' && quote != '\'' {
		return nil, nil, 0, errTag
	}
	value = b[n+1:]
	end := bytes.IndexByte(value, quote)
	if end < 0 {
		return nil, nil, 0, errUnclosed
	}
	return name, value[:end], n + 1 + end + 1, nil
}
