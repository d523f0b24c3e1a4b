package archive

import (
	"encoding/json"
	"regexp"
	"strings"
)

// TemplateJSON is the key of the setting that holds the archive's own template, "" where
// it has one that programs bring (TemplateSetting).
const TemplateJSON = "template.json"

// MostTemplate is how many bytes a template has.
const MostTemplate = 256 << 10

// TemplateBody gives the archive a template to describe by: one that programs bring, by
// its id, or one of its own, as JSON. Values stay whatever it has: they belong to their
// fields' ids.
type TemplateBody struct {
	SetID    ID     `json:"set_id"`
	Template string `json:"template"`
	OwnID    ID     `json:"own_id"`
	JSON     string `json:"json,omitempty"`
}

var aTemplate = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)

func init() {
	register(kind{name: "template.set", keys: "template text", version: 1, archive: true, least: Owner}, prepareTemplate,
		func(d *Document, op *Op, b *TemplateBody) error {
			d.set(op, b.SetID, TemplateSetting, b.Template)
			d.set(op, b.OwnID, TemplateJSON, b.JSON)
			return nil
		})
}

func prepareTemplate(c *Ctx, e *Edit) (*TemplateBody, error) {
	if err := needString(e, "template", e.Template); err != nil {
		return nil, err
	}
	b := &TemplateBody{SetID: c.NewID(), Template: strings.TrimSpace(e.Template), OwnID: c.NewID()}
	if e.Text != nil {
		b.JSON = *e.Text
	}
	switch {
	case !aTemplate.MatchString(b.Template):
		return nil, Refuse("template-id", "id", quoted(b.Template))
	case len(b.JSON) > MostTemplate:
		return nil, Refuse("template-large", "n", len(b.JSON), "most", MostTemplate)
	case b.JSON != "" && !json.Valid([]byte(b.JSON)):
		return nil, Refuse("template-json", "why", "it is no JSON")
	case c.Doc.Setting(TemplateSetting) == b.Template && c.Doc.Setting(TemplateJSON) == b.JSON:
		return nil, Refuse("unchanged")
	}
	return b, nil
}
