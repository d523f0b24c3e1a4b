package checks

import "fonds/app/i18n"

// The objects of checks.
var (
	ofOriginals = i18n.K("checks.object.originals")
	ofValues    = i18n.K("checks.object.values")
	ofCodes     = i18n.K("checks.object.codes")
	ofTexts     = i18n.K("checks.object.texts")
	ofDocuments = i18n.K("checks.object.documents")
	ofLog       = i18n.K("checks.object.log")
	ofArchive   = i18n.K("checks.object.archive")
	ofCarrier   = i18n.K("checks.object.carrier")
)

// What checks go by. The names of checks are those by which DA/T 70-2018 is known to
// programs that do it; its clauses were not at hand, so that none is named.
var (
	byDAT70   = i18n.K("checks.basis.dat70")
	byDAT13   = i18n.K("checks.basis.dat13")
	byDAT18   = i18n.K("checks.basis.dat18")
	byGB9704  = i18n.K("checks.basis.gb9704")
	byPolicy  = i18n.K("checks.basis.policy")
	byCompare = i18n.K("checks.basis.compare")
)

func program(code string, p Property, name, object, aim, basis string) *Check {
	return &Check{Code: code, Property: p, Kind: ByProgram, Name: name, Object: object, Aim: aim, Basis: basis}
}

func people(code string, p Property, name, object, aim string) *Check {
	return &Check{Code: code, Property: p, Kind: ByPeople, Name: name, Object: object, Aim: aim, Basis: byDAT70}
}

// All lists the checks in the order of the report. A code is never given to another check.
var All = []*Check{
	program("A1", Authenticity, i18n.K("checks.a1"), ofOriginals, i18n.K("checks.a1.aim"), byDAT70),
	program("A2", Authenticity, i18n.K("checks.a2"), ofOriginals, i18n.K("checks.a2.aim"), byDAT70),
	program("A3", Authenticity, i18n.K("checks.a3"), ofValues, i18n.K("checks.a3.aim"), byDAT70),
	program("A4", Authenticity, i18n.K("checks.a4"), ofValues, i18n.K("checks.a4.aim"), byDAT70),
	program("A5", Authenticity, i18n.K("checks.a5"), ofValues, i18n.K("checks.a5.aim"), byDAT70),
	program("A6", Authenticity, i18n.K("checks.a6"), ofValues, i18n.K("checks.a6.aim"), byDAT70),
	program("A7", Authenticity, i18n.K("checks.a7"), ofValues, i18n.K("checks.a7.aim"), byDAT70),
	program("A8", Authenticity, i18n.K("checks.a8"), ofCodes, i18n.K("checks.a8.aim"), byDAT13),
	program("A9", Authenticity, i18n.K("checks.a9"), ofCodes, i18n.K("checks.a9.aim"), byDAT70),
	program("A10", Authenticity, i18n.K("checks.a10"), ofValues, i18n.K("checks.a10.aim"), byDAT70),
	program("A11", Authenticity, i18n.K("checks.a11"), ofDocuments, i18n.K("checks.a11.aim"), byGB9704),
	people("A12", Authenticity, i18n.K("checks.a12"), ofOriginals, i18n.K("checks.a12.aim")),
	people("A13", Authenticity, i18n.K("checks.a13"), ofArchive, i18n.K("checks.a13.aim")),

	program("C1", Completeness, i18n.K("checks.c1"), ofArchive, i18n.K("checks.c1.aim"), byDAT70),
	program("C2", Completeness, i18n.K("checks.c2"), ofDocuments, i18n.K("checks.c2.aim"), byDAT18),
	program("C3", Completeness, i18n.K("checks.c3"), ofLog, i18n.K("checks.c3.aim"), byDAT70),
	program("C4", Completeness, i18n.K("checks.c4"), ofCodes, i18n.K("checks.c4.aim"), byDAT70),
	program("C5", Completeness, i18n.K("checks.c5"), ofDocuments, i18n.K("checks.c5.aim"), byDAT70),
	program("C6", Completeness, i18n.K("checks.c6"), ofTexts, i18n.K("checks.c6.aim"), byDAT70),
	people("C7", Completeness, i18n.K("checks.c7"), ofArchive, i18n.K("checks.c7.aim")),

	program("U1", Usability, i18n.K("checks.u1"), ofOriginals, i18n.K("checks.u1.aim"), byDAT70),
	program("U2", Usability, i18n.K("checks.u2"), ofOriginals, i18n.K("checks.u2.aim"), byDAT70),
	program("U3", Usability, i18n.K("checks.u3"), ofTexts, i18n.K("checks.u3.aim"), byDAT70),
	program("U4", Usability, i18n.K("checks.u4"), ofTexts, i18n.K("checks.u4.aim"), byDAT70),
	program("U5", Usability, i18n.K("checks.u5"), ofDocuments, i18n.K("checks.u5.aim"), byDAT70),
	people("U6", Usability, i18n.K("checks.u6"), ofArchive, i18n.K("checks.u6.aim")),

	program("S1", Security, i18n.K("checks.s1"), ofArchive, i18n.K("checks.s1.aim"), byPolicy),
	program("S2", Security, i18n.K("checks.s2"), ofDocuments, i18n.K("checks.s2.aim"), byPolicy),
	program("S3", Security, i18n.K("checks.s3"), ofDocuments, i18n.K("checks.s3.aim"), byPolicy),
	program("S4", Security, i18n.K("checks.s4"), ofArchive, i18n.K("checks.s4.aim"), byPolicy),
	program("S5", Security, i18n.K("checks.s5"), ofArchive, i18n.K("checks.s5.aim"), byDAT70),
	people("S6", Security, i18n.K("checks.s6"), ofCarrier, i18n.K("checks.s6.aim")),
	people("S7", Security, i18n.K("checks.s7"), ofCarrier, i18n.K("checks.s7.aim")),

	program("T1", Agreement, i18n.K("checks.t1"), ofValues, i18n.K("checks.t.aim"), byCompare),
	program("T2", Agreement, i18n.K("checks.t2"), ofValues, i18n.K("checks.t.aim"), byCompare),
	program("T3", Agreement, i18n.K("checks.t3"), ofValues, i18n.K("checks.t.aim"), byCompare),
	program("T4", Agreement, i18n.K("checks.t4"), ofValues, i18n.K("checks.t.aim"), byCompare),
}

// CheckOf is the check of a code, nil for none.
func CheckOf(code string) *Check {
	for _, c := range All {
		if c.Code == code {
			return c
		}
	}
	return nil
}
