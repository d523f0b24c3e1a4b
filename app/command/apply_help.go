package command

// applyHelp lists every kind of edit and every key; a test holds it against the
// kinds that there are.
const applyHelp = `The edits, and what each may say beside "do" and "as":

  field.set            doc field values seen
  value.take           doc value replace
  value.refuse         doc value reason
  proposal.take        doc on text replace seen
  proposal.refuse      doc on reason seen
  tag.add              doc tag
  tag.remove           doc tag
  tag.move             doc tag to
  tag.hotkey           tag key
  label.set            label text style key
  label.remove         label
  mark.add             doc start end in quote region label text authority
  mark.edit            doc mark start end in quote region label text authority seen
  mark.confirm         doc mark
  mark.remove          doc mark seen
  correction.propose   doc start end in quote text reason recipe replaces
  correction.withdraw  doc correction seen reason
  note.add             doc text
  note.edit            doc note text seen
  note.remove          doc note seen
  decide               doc on verdict text label reason seen
  proposal.withdraw    doc on seen
  thread.start         doc on text to done
  thread.reply         doc thread text seen
  thread.resolve       doc thread text seen
  thread.reopen        doc thread text seen
  assign               doc to due
  document.submit      doc reason
  document.recall      doc reason
  document.return      doc reason
  document.approve     doc reason
  document.sample      doc verdict text
  document.split       doc on start end seen
  document.join        doc on seen
  document.text        doc encoding article pages
  document.order       doc parts seen
  furniture.add        doc start end in quote
  furniture.remove     doc on
  document.remove      doc reason
  document.restore     doc reason
  document.destroy     doc authority reason
  policy.set           review fields four_eyes closed
  person.set           name role
  person.rename        name to
  package.set          package name scope responsible from until checks seen
  package.check        package check done
  package.sign         package text seen
  package.reopen       package seen
  package.remove       package seen
  package.put          doc package
  unit.set             unit parent level code title describe rank seen
  unit.remove          unit seen
  document.place       doc unit rank
  document.belong      doc whole how rank
  document.apart       doc whole
  setting.set          key value
  template.set         template text
  search.save          name query
  search.remove        name
  concept.set          tag scope used_for names uri colour seen
  concept.remove       tag seen
  list.set             list name kind uri licence seen
  list.remove          list seen
  list.add             list name names used_for scope uri
  list.drop            on

As {"do":"tag.add","doc":"path:n.txt","tag":"党建/会议"}
   {"do":"mark.add","doc":"DOC","start":10,"end":13,"label":"person","text":"comment"}
   {"do":"field.set","doc":"DOC","field":"dcterms:title",
    "values":[{"value":"…","detail":"…","evidence":{"start":0,"end":22,"in":"source"}}]}
   (on one line).

Many documents in one line: a "query" (fonds help query) in the place of "doc",
with tag.add, tag.remove, field.set, note.add, assign, package.put and
document.submit, .recall, .return, .approve, .remove, .restore; and, with a query
or a doc, changes that become edits of those kinds:

  field.add            field value
  field.replace        field find value pattern
  field.clear          field
  field.take           field
  tag.rename           tag to
  tag.delete           tag
  mark.every           words label exact
  correct.every        words text reason exact

field.add puts a value beside those of a field that holds several, or into an
empty one; field.replace puts "value" in the place of the words "find" within
each value, with "pattern":true of a regular expression (RE2; $1 is its first
group); field.take takes what machines propose for a field, or for all where none
is said, and nobody has filled in; tag.rename renames, moves or merges a tag with
all under it (tag.move on each document), on all documents where none are said, and keys of tags and saved
searches follow, and what is said of it (concept.set); of a tag that is merged the
other is used for its name; tag.delete takes a tag and all under it off all
documents, with what is said of them; mark.every and correct.every are about the
words wherever they stand, whole words, and with an asterisk behind them all that
begin so; found as the search finds them, or with "exact":true character by
character. A document in which nothing would change is left alone.
A query sees the archive as it was before all lines. The answer is
{"ok":true,"documents":12,"changed":10}; fonds list --query says first which
documents it would be.

What they say:

  doc         the document; where a value, mark, correction or note is named it
              can be left out
  field       as dcterms:title
  values      all the values of the field from now on, in order; [] for none.
              "evidence", where it was read, and "detail", what stands there
              beside the value, can be left out. [{"not_stated":true}] says that
              you have looked and the source does not state it, which is not the
              same as [], a field that nobody has filled in; no value stands
              beside it, and the next one that is set takes its place
  replace     true: in the place of the field's values, not beside them
  value, mark, correction, note   the id of one, or the end of it, as show gives it
  tag         its levels apart by /
  key         1 to 9: the key that puts the tag on; 0 for none. Of setting.set
              the setting: "copies", with how many daily copies are kept as its
              "value", in quotation marks. Of label.set one letter in quotation
              marks, or "" for none; a window gives it to a command of its own
              where it has one with that key
  region      in the place of start and end, a part of the picture of a page, as
              "page=1&xywh=pixel:10,20,300,40" or "page=1&polygon=1,2 30,4 5,60": in
              pixels of the picture upright, of a PDF of the page at 300 dots an inch;
              an evidence can have it too: {"region":"…"}
  start, end  Unicode code points, start included, end not. Of document.split the
              part that is to be a document of its own; without end it goes on to
              the next part, or to the end
  encoding    in which the original is read again, as Big5; without it as now,
              "auto" to find out. Marks and corrections go along with their words
  article     true: of a page its article alone, else all of it
  pages       in the place of both, what was typed of each page of a scan, a text a
              page, "" for none
  parts       the documents that are parts of the document, each once, in the order
              that they are to have; [] for that of their places
  in          "source": counted in the source text; so it is when left out.
              "reading": in the reading text as it was before the first line
  quote       what you believe stands there: refused if it does not
  label       what a mark says, as person. label.set adds one to the palette,
              or changes what is said of it; label.remove takes it out of the
              palette, and marks with it stay
  style       how a label is drawn: 0 to 5 as the program's own, 6 to 9 free
  text        of a mark its comment, of a correction the new words, of a note all,
              of a label what it is for; of a machine's proposal that is taken what
              it shall say instead
  reason      of a correction, as ocr or typo; else why
  authority   by what right a document is destroyed, as the retention schedule and
              its number; it is kept, and so is the reason. Of a mark the URI of
              whom or what it names, as https://viaf.org/viaf/12345; "" for none
  recipe      how a correction was found
  replaces    ids of corrections to put this one in the place of
  on          the proposal that is decided on, or taken back by its author; the
              border that a machine proposes, or the part that is joined again; the
              piece of furniture, without it all that the document has; of a
              thread what it is about: the id of a value, tag, mark, correction,
              proposal or note; without it, it is about the document
  thread      the id of a thread, as show gives it
  to          whom a document is assigned to, "" for nobody; who is asked in a
              thread, else whoever made what it is about; a person's new name
  due         the day by which, as 2026-11-30; "" for none
  package     a work package, by its name or id; of package.set the one to
              change, without it one is made; of package.put "" for none
  scope       of a tag, its scope note: what it is for and what not
  scope, from, until, checks   what a work package is about; its first and its
              last day; its checklist whole, a list of lines
  responsible the one person who answers for a work package and signs it off,
              when all its documents are approved and its checklist is ticked
  check, done a line of the checklist, by its words or id; true or false. Of
              thread.start, done: true says that nothing is asked: it is resolved
  unit        a unit of the arrangement, by its id or its codes from the top, apart by
              /, as Z109/WS; of unit.set the one to change, without it one is made; of
              document.place "" for none
  whole, how  the document that it belongs to; attachment, inline, enclosure, page,
              front, back, part (also where nothing is said), copy or translation
  parent      the unit in which it lies, "" for the top
  level       fonds, series or file: a series lies in a fonds or a series, a file in
              any of them, a fonds at the top
  code, title its own part of the reference code, and its title; one of them can be ""
  describe    values by the ids of fields, which documents in it inherit:
              {"dcterms:creator":["…"]}; [] takes those of a field away
  rank        where it stands among its neighbours: digits and small letters that
              sort there, as "i" between "9" and "j", not ending in 0. A unit without
              one comes last, documents without one by reference code behind the others
  verdict     "approve", "reject" with a reason, "amend" with the new text (of a
              mark the label too), "agree" to what became of one's own proposal;
              of a sample "sound", or "faulty" with a text that says how
  review      "none", "corrections" or "everything": what waits for a decision
  fields      with review, fields that wait for a decision in any case
  four_eyes   false: whoever wrote something may approve it
  closed      true: nobody joins but by person.set
  name, role  a person, and "owner", "reviewer", "archivist" or "reader"; of a
              search that is saved or removed its name, up to 60 characters
  used_for    other names that a tag, or a term added to a list, is used for, a list
  names       its name in other languages, as {"en":"Meetings"}
  colour      of a tag: 1 to 10, as the palette of labels has them; 0 for none
  uri         what stands for the tag, the term or the list elsewhere; "" for none
  kind, licence   of a list: what it is one of, and on what terms it may be used
  list        a vocabulary that was imported (fonds vocabulary), by its name or id;
              list.set changes its name, kind ("subjects", "persons",
              "organisations", "places" or "other") and licence, list.remove takes
              it away, list.add adds a term to it, list.drop takes one that was
              added ("on") out again
  query       what a saved search asks for (fonds help query); it takes the place
              of the one that was saved under the name
  template    the id of a template: one that the program brings (fonds template), or
              the archive's own, whose JSON is the text
  seen        what you have seen, as a list of ids: refused if it has changed since.
              Of a field its values, of a split by range the parts in force, of the
              others the "op" that changed it last

` + docHelp + `
A line may say who does it, "as":"NAME", in the place of --as. Empty lines are
passed over.

Each line is answered by one, in order: {"ok":true,"op":"…","id":"…"} or
{"ok":false,"error":"…"}. Without --keep-going it is all or nothing: where one
line is refused, nothing is done, and it ends with 4. With it, what is refused
is left out, and it ends with 1; with 4 where all was. All lines are one batch:
one undo takes them back. An answer is given when the edit is durable.

document.destroy is the owner's, and cannot be undone. It erases the document:
original, text, all that was done to it and every version of that, also from the
search index and from the file's free room; the file is written anew for it,
which takes a while and needs room for two more files of its size. What stays is
that there was a document, its id, who worked on it when, and by what right and
why it was destroyed. Copies, backups and exports already made are out of reach.
Where the erasing cannot be finished it says why and ends with 1: the document is
destroyed, and fonds compact finishes the rest.`
