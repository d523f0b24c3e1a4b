package command

var textVerb = &verb{
	name: "text", usage: "fonds text ARCHIVE DOC [--source]",
	summary: "the reading text (or the source text) and nothing else",
	help: docHelp + `

The reading text holds the corrections in force; the source text is as it was
made of the file. It is printed as UTF-8, with no line end added.`,
	flags: []flag{{"source", "", "the source text"}},
	min:   2, max: 2,
	run: func(c *call) (err error) {
		a, d, err := c.document()
		if err != nil {
			return err
		}
		defer finish(a, &err)
		r, err := d.Reading()
		if err != nil {
			return err
		}
		text := r.Text()
		if c.has("source") {
			text = r.Source()
		}
		_, err = c.out.WriteString(text.String())
		return err
	},
}
