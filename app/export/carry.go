package export

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"fonds/storage/archive"
)

// This file copies what was written already, and the originals, to where a format
// that goes around the others wants them.

// original is one that was given out.
type original struct {
	File
	id           archive.ID
	name, format string // as they may be given out
}

// carried lists what the other formats have written, by path.
func (j *job) carried() []File {
	var out []File
	for _, f := range j.files {
		if !strings.HasPrefix(f.Path, crateFolder) && !strings.HasPrefix(f.Path, bagFolder) {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// copied copies a file that was written to another place below OUT, and past what
// else wants to see it. What is read has to be what was written.
func (j *job) copied(f File, to string, also ...io.Writer) (File, error) {
	if err := j.ctx.Err(); err != nil {
		return File{}, err
	}
	in, err := os.Open(filepath.Join(j.folder, filepath.FromSlash(f.Path)))
	if err != nil {
		return File{}, cannot(j.o.Out, err)
	}
	defer in.Close()
	return j.checked(in, f.SHA256, to, also...)
}

// originals writes the originals that may be given out below a folder.
func (j *job) originals(folder string, also func(to string) io.Writer) ([]original, error) {
	var out []original
	for _, id := range j.whole {
		if err := j.ctx.Err(); err != nil {
			return nil, err
		}
		d, err := j.a.Document(j.ctx, id)
		if err != nil {
			return nil, err
		}
		o := original{id: id, name: j.masked(d.Info.Name), format: d.Info.Format}
		to := folder + originalName(id, o.name)
		if o.File, err = j.original(id, d.Info.SHA256, to, also(to)); err != nil {
			return nil, fmt.Errorf("the original of %s: %w", id.Short(), err)
		}
		out = append(out, o)
	}
	return out, nil
}

func (j *job) original(id archive.ID, sum, to string, also io.Writer) (File, error) {
	in, err := j.a.Original(j.ctx, id)
	if err != nil {
		return File{}, err
	}
	defer in.Close()
	return j.checked(in, sum, to, also)
}

// checked writes a file below OUT that is to have a SHA-256.
func (j *job) checked(in io.Reader, sum, to string, also ...io.Writer) (File, error) {
	err := j.file(to, func(w io.Writer) error {
		_, err := io.Copy(io.MultiWriter(append(also, w)...), in)
		if path := (*fs.PathError)(nil); errors.As(err, &path) { // of reading: writing says it itself
			err = cannot(j.o.Out, err)
		}
		return err
	})
	if err != nil {
		return File{}, err
	}
	out := j.files[len(j.files)-1]
	if out.SHA256 != sum {
		return File{}, fmt.Errorf("%s has not the SHA-256 that it had: it was damaged on the disk; run `fonds verify`, then export again", to)
	}
	return out, nil
}

var extension = regexp.MustCompile(`^\.[A-Za-z0-9]{1,8}$`)

// plainExt is the end of a name, where it is plain letters and digits: all of a
// document's name that becomes part of a name of ours.
func plainExt(name string) string {
	if ext := path.Ext(name); extension.MatchString(ext) {
		return ext
	}
	return ""
}

// mediaTypes are those of what the formats write, by the end of its name. The
// system's own list is another on each machine.
var mediaTypes = map[string]string{
	".cff": "application/yaml", ".conll": "text/plain", ".conllu": "text/plain", ".csv": "text/csv", ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".epub": "application/epub+zip", ".html": "text/html", ".json": "application/json", ".jsonl": "application/jsonl", ".jsonld": "application/ld+json", ".md": "text/markdown",
	".odt": "application/vnd.oasis.opendocument.text", ".pdf": "application/pdf", ".rdf": "application/rdf+xml", ".rng": "application/xml", ".sqlite": "application/vnd.sqlite3",
	".tsv": "text/tab-separated-values", ".ttl": "text/turtle", ".txt": "text/plain", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".xml": "application/xml", ".zip": "application/zip",
}

func mediaType(name string) string {
	if t := mediaTypes[path.Ext(name)]; t != "" {
		return t
	}
	return "application/octet-stream"
}
