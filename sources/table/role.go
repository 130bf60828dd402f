package table

import "slices"

// role is what a column means. The names are those of company fields where
// one fits; operators write them in a column map.
type role string

const (
	roleKey         role = "key"          // the directory's own lasting id, or an address that holds it
	roleINN         role = "inn"          //
	roleINNKPP      role = "inn_kpp"      // both in one cell, by a slash
	roleOGRN        role = "ogrn"         //
	roleKPP         role = "kpp"          //
	roleName        role = "name"         // legal name or sign, as the preset says
	roleNameFull    role = "name.full"    //
	roleNameShort   role = "name.short"   //
	roleBrand       role = "name.brand"   //
	roleDescription role = "description"  //
	roleRubric      role = "rubric"       // several by ";"
	roleType        role = "type"         // what kind of object the row is
	roleCountry     role = "country"      //
	roleRegion      role = "region"       // name or code
	roleCity        role = "city"         //
	roleDistrict    role = "district"     //
	roleAddress     role = "address"      //
	roleAddressNote role = "address.note" // floor, entrance
	roleHours       role = "hours"        //
	roleOffset      role = "utc_offset"   // "+07:00"
	rolePhone       role = "phone"        // several in one cell, remarks in brackets
	roleEmail       role = "email"        //
	roleSite        role = "site"         //
	roleCard        role = "card"         // the source's own page
	roleOKVEDMain   role = "okved.main"   // code, or code with its name
	roleOKVEDExtra  role = "okved.extra"  //
	roleHeadcount   role = "headcount"    //
	roleRevenue     role = "revenue"      //
	roleProfit      role = "profit"       //
	roleYear        role = "year"         // year or date of the accounts
	roleSME         role = "sme"          //
	roleRegistered  role = "registered"   //
	roleStatus      role = "status"       //
	roleHeadName    role = "head.name"    // only where people may be collected
	roleHeadPost    role = "head.post"    //
	roleLicence     role = "licence"      //

	roleIgnore role = "-" // known and of no use
)

var mappableRoles = []role{
	roleKey, roleINN, roleINNKPP, roleOGRN, roleKPP, roleName, roleNameFull, roleNameShort, roleBrand,
	roleDescription, roleRubric, roleType, roleCountry, roleRegion, roleCity, roleDistrict, roleAddress,
	roleAddressNote, roleHours, roleOffset, rolePhone, roleEmail, roleSite, roleCard, roleOKVEDMain,
	roleOKVEDExtra, roleHeadcount, roleRevenue, roleProfit, roleYear, roleSME, roleRegistered, roleStatus,
	roleHeadName, roleHeadPost, roleLicence,
}

// Fields lists the names that a column map may use.
func Fields() []string {
	out := make([]string, len(mappableRoles))
	for i, r := range mappableRoles {
		out[i] = string(r)
	}
	return out
}

func (r role) mappable() bool { return slices.Contains(mappableRoles, r) }

// quantity tells columns whose titles carry a year or a unit.
func (r role) quantity() bool {
	return r == roleHeadcount || r == roleRevenue || r == roleProfit
}

// contact tells columns by which a firm can be reached.
func (r role) contact() bool { return r == rolePhone || r == roleEmail || r == roleSite }
