// Package dates says what a date is: it reads EDTF (ISO 8601-2, levels 0 to 2), it reads dates as people write them, in
// Chinese and English, of the Gregorian calendar, the Republic, the eras of China and Japan, and it says a date in words.
// Of each it gives the earliest and the latest day, by which documents are sorted and found.
//
// It may use the standard library and golang.org/x/text. It must never read a file, ask what day it is, or know what an
// archive, a document or SQL is: the year of the document that a date stands in is handed in.
//
// Days are those of the Gregorian calendar, also before it was made, with astronomical years: 0 is 1 BC. A day of a
// lunar calendar is converted by a table (calendars.bin, eras.txt) of when each month of each state began. What cannot be
// known from the words is not guessed: an era that two states had, a day and a month that could change places, a year of
// two figures give several candidates, and somebody has to be asked.
//
// The tables are facts from the time authority of DILA, the Dharma Drum Institute of Liberal Arts
// (https://github.com/DILA-edu/Authority-Databases, authority_time; Creative Commons Attribution-ShareAlike 3.0), put into
// a form of our own by internal/maketable, which corrects what contradicts itself there and reckons the months since 1912
// itself; like what they are made of, these two files are under CC BY-SA 3.0. The simplified forms of the characters are
// those of storage/words/variants.txt.
package dates

//go:generate go run ./internal/maketable -months ../../../shared/corpora/regnal-dila/months.tsv.gz -variants ../words/variants.txt
