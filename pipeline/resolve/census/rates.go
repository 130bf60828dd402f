package census

// How often each trouble happens. There is no public count of most of them for
// Russian directories; those that have a source name it, the others are set so
// that an error in them makes joining harder rather than easier. They were
// written down before any matcher was run against them.

// Of companies in the registry.
const (
	rateSole      = 0.35 // trade as persons; ФНС counts more than half, but few of the trades a supplier wants
	rateElsewhere = 0.06 // are registered in another region than the one that gave the ИНН
	rateMoved     = 0.05 // work in another region than they are registered in
	rateOtherTown = 0.03 // work in another town of the region
	rateVillage   = 0.6  // of those registered in a village, the share that directories put in the region's centre
	rateOtherSpot = 0.42 // work in the town of registration but at another address: flats, lawyers' and mass addresses
	rateCentre    = 0.13 // of addresses, houses with very many firms
	rateSince2021 = 0.35 // were registered in 2021 or later

	rateRegister   = 0.30 // have a record of ЕГРЮЛ or ЕГРИП too, which gives the address
	rateMailNew    = 0.62 // of those since 2021 a mailbox is in ЕГРЮЛ (93 of 150 in a sample of 488 records)
	rateMailOld    = 0.09 // of those before (17 of 282)
	rateBookkeeper = 0.08 // gave their bookkeeper's or lawyer's phone and mailbox to the state

	rateSite     = 0.52 // legal entities that are in directories and have a domain (40 % of all listings in a sample of 2ГИС)
	rateSiteSole = 0.22 // sole proprietors
	rateOwnMail  = 0.60 // of those with a domain use it for mail

	rateBrandMail = 0.15 // of those under a franchise have a mailbox under its domain

	rateKompas       = 0.25 // are in the second directory, which has ИНН and phones
	rateKompasListed = 0.42 // of those that other directories list too: both find who is active
	rateKompasNow    = 0.58 // of these, with a phone that other directories may show
	rateKompasOld    = 0.22 // with one that is out of use
	rateKompasSite   = 0.55 // of those with a domain, the domain too
	rateKompasMail   = 0.50
	rateKompasPlace  = 0.50 // the address of registration too

	rateOtherSign      = 0.18 // legal entities whose sign has nothing to do with the legal name
	rateOtherSignSole  = 0.65 // sole proprietors
	rateOtherSignBrand = 0.40 // owners of a franchise
)

// Of listings.
const (
	rateOutside   = 0.20 // the firm is not in the registry at all: other trades than those wanted, closed, abroad
	rateFranchise = 0.03 // points of a franchise
	rateNetwork   = 0.08 // branches of one firm
	rateHolding   = 0.03 // firms of a group under one site

	rateTwice  = 0.14 // firms that a second directory lists
	rateThrice = 0.03

	ratePhone       = 0.82 // show a phone (80 % of a sample of 2ГИС)
	rateOldPhone    = 0.05 // of these, one that is out of use
	rateHousePhone  = 0.25 // of firms in a business centre, the reception's
	rateTracker     = 0.02 // the number of a call tracker, which serves one firm after the other
	rateShowSite    = 0.80 // of firms with a domain show it
	ratePage        = 0.12 // of firms without one show a page of a social network
	rateShowMail    = 0.18 // show a mailbox (12 % of a sample of 2ГИС), exhibitors 60 %
	rateShowOGRN    = 0.01
	rateOtherPlace  = 0.05 // show another address than the one they work at: the store, the old office
	rateNoAddress   = 0.12 // none
	rateNoTown      = 0.25 // of exhibitors name no town
	rateShowsForm   = 0.10 // of directories' listings say ООО, АО, ИП; exhibitors 60 %
	rateChangedForm = 0.05 // of these, another form than the registry's

	rateTypo       = 0.035
	rateLookalike  = 0.007
	rateSpacing    = 0.06 // «Строй-Сервис» for «СтройСервис»
	rateLatin      = 0.04 // «Stroyservis», «StroyService»
	rateExtra      = 0.05 // «Вектор-Пермь», «Компания Вектор»
	rateDropped    = 0.03 // a word of several left out
	rateOrder      = 0.015
	rateKindOther  = 0.40 // of names with «Торговый дом», those with the other spelling of it
	rateKindAway   = 0.15 // those without it
	rateInitials   = 0.30 // of descriptive names: «УЗМК»
	rateWithWhat   = 0.45 // of maps' listings have «магазин автозапчастей» in the name
	rateSoleBoth   = 0.10 // of sole proprietors' listings: «Автомир, ИП Иванов И.И.»
	rateSoleByName = 0.25 // of sole proprietors with a sign of their own are shown by their name after all
)

// Of sites that listings show.
const (
	rateVisited      = 0.70 // could be read
	ratePrints       = 0.55 // of these print the ИНН
	ratePrintsOGRN   = 0.60 // of these the ОГРН too
	rateBuilderPhone = 0.04 // carry a phone of whoever built the site
	rateBuilderINN   = 0.003
	rateGroupPrints  = 0.70 // of groups' and franchises' sites, the ИНН of the leader or of all
)

// Of listings whose firm the registry does not have.
const (
	rateNamesake  = 0.25 // have the very name of a company elsewhere
	rateNear      = 0.08 // nearly the name of a company in the same town
	rateNeighbour = 0.05 // the address of one
	rateReused    = 0.02 // a phone that one had before
)
