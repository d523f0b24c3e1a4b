package command

import (
	"fmt"
	"strings"
)

var (
	asFlag   = flag{"as", "NAME", "the person who does this; else the name in the settings, else that of your account"}
	jsonFlag = flag{"json", "", "JSON Lines for scripts, in the place of lines for people"}
)

// verbs are in the order in which a person meets them.
var verbs = verbList{newVerb, templateVerb, importVerb, listVerb, facetsVerb, searchesVerb, vocabularyVerb, concordanceVerb, showVerb, textVerb, pageVerb, ocrVerb, applyVerb, reviewVerb, assignVerb, packagesVerb, historyVerb, undoVerb, redoVerb,
	duplicatesVerb, clusterVerb, arrangeVerb, catalogueVerb, exportVerb, editionsVerb, importsVerb, printVerb, reportVerb, checkVerb, detectVerb, recordsVerb,
	repairVerb, dateVerb, verifyVerb, backupVerb, recoverVerb, compactVerb, versionVerb}

const generalHelp = `Flags stand before or behind names, as --as NAME or --as=NAME; behind -- all is
names. A person's name is what they say it is: it is written down, not proven.

Standard output holds what was asked for, messages go to standard error. It ends
with 0 done; 1 done in part, the report says what was left out and why; 2 the
call is wrong; 3 the archive cannot be opened, is damaged or is in use, or what
was asked for cannot be written; 4 a rule refuses it, and nothing was changed.
`

func (c *call) help(args []string) error {
	if len(args) == 0 || args[0] == "help" {
		return c.helpAll()
	}
	if args[0] == rulesTopic {
		return c.helpRules()
	}
	if args[0] == queryTopic {
		return c.printf("%s", queryPage())
	}
	v := verbs.find(args[0])
	if v == nil {
		return usage("there is no verb %q; the verbs are: %s", clip(args[0]), strings.Join(verbs.names(), ", "))
	}
	c.printf("usage: %s\n\n%s%s.\n\n%s\n\n", v.usage, strings.ToUpper(v.summary[:1]), v.summary[1:], v.help)
	width := len("--help")
	for _, f := range v.flags {
		width = max(width, len(f.call()))
	}
	for _, f := range v.flags {
		c.printf("  %-*s  %s\n", width, f.call(), f.help)
	}
	return c.printf("  %-*s  %s\n", width, "--help", "this text")
}

func (f flag) call() string { return strings.TrimSuffix(fmt.Sprintf("--%s %s", f.name, f.value), " ") }

func (c *call) helpAll() error {
	c.printf("Fonds: a workbench for archivists. One archive is one file.\n\n")
	c.printf("  fonds [ARCHIVE.fonds]   open the window\n  fonds --sample          open the window with the sample archive\n")
	c.printf("  fonds VERB ...          do it here, without a window:\n\n")
	for _, v := range verbs {
		c.printf("  %-10s  %s\n", v.name, v.summary)
	}
	return c.printf("\n`fonds help VERB` says more about one, `fonds help rules` who may do what,\n`fonds help query` what --query can say.\n\n%s", generalHelp)
}
