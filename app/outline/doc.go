// Package outline finds the headings of a text that is nothing but text: chapters
// and articles, numbered lines of Chinese official papers, the points that a
// paragraph counts up, lines of Markdown, short lines that stand alone.
//
// It is pure: it may use the standard library only, and never knows documents,
// archives or the screen.
package outline
