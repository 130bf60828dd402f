package egrul

import (
	"encoding/xml"
	"strings"
)

// named is a part of an address, with its kind: «УЛ.» and «ТАМБОВСКАЯ».
type named struct{ kind, name string }

// UnmarshalXML reads the many names that the attributes have: ТипУлица and
// НаимУлица, Вид and Наим, Тип and Номер.
func (n *named) UnmarshalXML(d *xml.Decoder, start xml.StartElement) error {
	for _, a := range start.Attr {
		switch name := a.Name.Local; {
		case a.Name.Space != "":
		case strings.HasPrefix(name, "Тип"), strings.HasPrefix(name, "Вид"):
			n.kind = a.Value
		case strings.HasPrefix(name, "Наим"), name == "Номер":
			n.name = a.Value
		}
	}
	return d.Skip()
}
