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

	rateSite     = 0.54 // legal entities have a domain; with what follows half of the listings show one, as in a sample of 300 of 2ГИС
	rateSiteSole = 0.28 // sole proprietors
	rateOwnMail  = 0.60 // of those with a domain use it for mail

	rateBrandMail = 0.15 // of those under a franchise have a mailbox under its domain

	rateKompas        = 0.35 // are in the second directory, which has ИНН and up to ten phones
	rateKompasListed  = 0.80 // of those that other directories list too. A vendor says that it has phones of 60 % and mailboxes of 50 % of all active companies; it finds them where directories do, so that of the listed ones it has more
	rateKompasNow     = 0.80 // of these, with a phone that is in use
	rateKompasOld     = 0.10 // with one that is out of use
	rateKompasSecond  = 0.50 // of those with a phone that is in use have another
	rateKompasAlsoOld = 0.15 // and one that is not
	rateKompasSite    = 0.60 // of those with a domain, the domain too
	rateKompasMail    = 0.75
	rateKompasPlace   = 0.95 // the address of registration too: its exports have a column for it

	rateOtherSign      = 0.18 // legal entities whose sign has nothing to do with the legal name
	rateOtherSignSole  = 0.80 // sole proprietors
	rateOtherCode      = 0.40 // have a main code of another trade than the one they live by
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

	ratePhone       = 0.88 // show a phone (88 % of these 300; 80 % of 2,060 cafés)
	rateOldPhone    = 0.05 // of these, one that is out of use
	rateHousePhone  = 0.25 // of firms in a business centre, the reception's
	rateTracker     = 0.02 // the number of a call tracker, which serves one firm after the other
	rateShowSite    = 0.85 // of firms with a domain show it
	ratePage        = 0.10 // of firms without one show a page of a social network
	rateShowMail    = 0.22 // show a mailbox (23 % and 12 % there)
	rateFairPhone   = 0.97 // exhibitors: of 150, phone, site and mailbox
	rateFairSite    = 0.97 // of those that have one
	rateFairMail    = 0.95
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
	rateSoleByName = 0.15 // of sole proprietors with a sign of their own are shown by their name after all
)

// Of sites that listings show.
const (
	rateVisited      = 0.82 // could be read: one of six hosts is down, forbids it or is nothing but script
	ratePrints       = 0.50 // of these print the ИНН somewhere (17 of 41 labelled pages, 2 of 8 small sites)
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
