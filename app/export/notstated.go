package export

import (
	"cmp"
	"slices"

	"fonds/app/i18n"
)

// This file says in what is given out that the source does not state a field
// (archive.NotStated): in words where people read, by a flag where programs do, and in
// no element where a standard has a place for values alone.

// NotStated are the words for it in a language, "" for English.
func NotStated(lang string) string { return i18n.In(cmp.Or(lang, i18n.Default), "value.notstated") }

// said is a value as a table says it.
func (d *Doc) said(v *Value) string {
	if v.NotStated {
		return NotStated(d.lang)
	}
	return v.Value
}

// notStated lists the fields of which it is in force, sorted.
func (d *Doc) notStated() []string {
	return d.fieldsOf(func(v *Value) bool { return v.NotStated && inForce(v.State) })
}

// saidNotStated lists those of which it is said in the set, also where it is proposed:
// what is beside fieldValues.
func (d *Doc) saidNotStated() []string {
	return d.fieldsOf(func(v *Value) bool { return v.NotStated })
}

// fieldsOf lists the fields of some values, sorted, each once.
func (d *Doc) fieldsOf(some func(v *Value) bool) []string {
	var out []string
	for i := range d.Fields {
		if some(&d.Fields[i]) {
			out = append(out, d.Fields[i].Field)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// has says whether a field was filled in, or the source does not state it.
func (d *Doc) has(field string) bool {
	return slices.ContainsFunc(d.Fields, func(v Value) bool { return v.Field == field })
}

// notStated is HTML of the words, which no value looks like.
func (s *speech) notStated() string {
	return `<span class="quiet">` + s.each(NotStated) + "</span>"
}

// valueWords is HTML of the words by which a value is known.
func (p *sheet) valueWords(v *Value) string {
	if v.NotStated {
		return p.notStated()
	}
	return p.words(short(v.Value), "")
}
