package rsmp

// node is an element by its path: СвОКВЭДОсн in СвОКВЭД is another than that in
// СвОКВЭДотч, and one of the same name elsewhere is none of them.
type node uint8

const (
	nodeForeign node = iota // of no interest, and nothing in it
	nodeOutside             // around the root element
	nodeFile
	nodeDocument
	nodeHeadcount
	nodeOrg
	nodeSole
	nodePerson
	nodePlace
	nodeRegion
	nodeDistrict
	nodeCity
	nodeSettlement
	nodeCodes
	nodeMain
	nodeExtra
	nodeReport
	nodeReportMain
	nodeReportExtra
	nodeLicence
	nodeActivity
	nodeProduct
)

// child is the element of a name in n. A name with a prefix is foreign.
func (n node) child(name []byte) node {
	switch n {
	case nodeOutside:
		return nodeFile
	case nodeFile:
		if string(name) == "Документ" {
			return nodeDocument
		}
	case nodeDocument:
		return childOfDocument(name)
	case nodeSole:
		if string(name) == "ФИОИП" {
			return nodePerson
		}
	case nodePlace:
		return childOfPlace(name)
	case nodeCodes:
		return childOfCodes(name, nodeMain, nodeExtra)
	case nodeReport:
		return childOfCodes(name, nodeReportMain, nodeReportExtra)
	case nodeLicence:
		if string(name) == "НаимЛицВД" {
			return nodeActivity
		}
	}
	return nodeForeign
}

func childOfDocument(name []byte) node {
	switch string(name) {
	case "ОргВклМСП":
		return nodeOrg
	case "ИПВклМСП":
		return nodeSole
	case "СведМН":
		return nodePlace
	case "СвОКВЭД":
		return nodeCodes
	case "СвОКВЭДотч":
		return nodeReport
	case "СвЛиценз":
		return nodeLicence
	case "СвПрод":
		return nodeProduct
	case "ССЧР":
		return nodeHeadcount
	default:
		return nodeForeign
	}
}

func childOfPlace(name []byte) node {
	switch string(name) {
	case "Регион":
		return nodeRegion
	case "Район":
		return nodeDistrict
	case "Город":
		return nodeCity
	case "НаселПункт":
		return nodeSettlement
	default:
		return nodeForeign
	}
}

func childOfCodes(name []byte, main, extra node) node {
	switch string(name) {
	case "СвОКВЭДДоп":
		return extra
	case "СвОКВЭДОсн":
		return main
	default:
		return nodeForeign
	}
}
