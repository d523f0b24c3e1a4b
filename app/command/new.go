package command

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"fonds/app/template"
	"fonds/storage"
)

var newVerb = &verb{
	name: "new", usage: "fonds new ARCHIVE [--template ID] [--as NAME] [--json]",
	summary: "make an empty archive; NAME is its owner",
	help: `ARCHIVE is a file that is not there yet; its name usually ends in .fonds.
A file that is there is never written over.`,
	flags: []flag{
		{"template", "ID", "the template of fields to describe by; dublincore unless said otherwise"},
		asFlag, jsonFlag,
	},
	min: 1, max: 1,
	run: func(c *call) (err error) {
		owner, err := c.who()
		if err != nil {
			return err
		}
		id, given := c.flags["template"]
		if !given {
			id = template.Default
		}
		if known := template.IDs(); !slices.Contains(known, id) {
			return usage("there is no template %q; there is: %s", clip(id), strings.Join(known, ", "))
		}
		a, err := storage.Create(c.ctx, c.args[0], storage.NewArchive{Owner: owner, Template: id},
			storage.Options{Now: c.env.Now, NewID: c.env.NewID})
		if err != nil {
			return makingFault(c.args[0], err)
		}
		defer finish(a, &err)
		c.warnOfPlace(c.args[0])
		c.after = "the archive is made"
		if c.json() {
			err = c.enc.Encode(struct {
				Archive  string `json:"archive"`
				Owner    string `json:"owner"`
				Template string `json:"template"`
			}{c.args[0], owner, id})
		} else {
			c.printf("Made %s, owned by %s.\n", visible(c.args[0]), visible(owner))
		}
		return err
	},
}

// makingFault says why an archive could not be made, and what to do.
func makingFault(path string, err error) error {
	exit, why, dir := exitArchive, "", filepath.Dir(path)
	switch {
	case errors.Is(err, fs.ErrExist):
		exit, why = exitRefused, "a file of that name exists; choose another name"
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		why = fmt.Sprintf("its folder %s is not there; make it first, or name another place", dir)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		why = fmt.Sprintf("you may not write to the folder %s; name another place", dir)
	case errors.Is(err, storage.ErrFull):
		why = "the disk is full; make room, or name a place on another disk"
	default:
		return err
	}
	return &failure{exit, &said{fmt.Sprintf("making archive %s: %s", path, why), err}}
}
