package service

import (
	"bytes"
	"mime"
	"strings"

	"golang.org/x/net/html/charset"
)

// inUTF8 turns a body into UTF-8 where its type names another charset. A byte
// order mark is dropped: JSON must not have one.
func inUTF8(body []byte, contentType string) []byte {
	_, params, err := mime.ParseMediaType(contentType)
	if name := params["charset"]; err == nil && name != "" && !strings.EqualFold(name, "utf-8") {
		if enc, _ := charset.Lookup(name); enc != nil {
			if text, err := enc.NewDecoder().Bytes(body); err == nil {
				body = text
			}
		}
	}
	return bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
}
