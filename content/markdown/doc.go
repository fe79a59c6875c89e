// Package markdown reads questions and answers from Markdown pages and data
// files, in whatever form their author chose.
//
// A page goes through four steps.
//
//  1. Parse. goldmark makes the tree. Each notation that CommonMark does not
//     know is one extension in a file of its own: shortcodes, components,
//     colons, pluses, indented blocks, what MDX indents, scripts, attribute lists,
//     labels, headings without a space. What would cost goldmark more than
//     linear time is held off by limits.
//  2. Outline. The tree becomes a flat list of blocks: headings, items (a title
//     with content, such as a details element or an accordion) and text.
//     Containers that only group are opened; package accordion reads the HTML.
//  3. Forms. Each form makes a reading of the outline, as if it were the one
//     in which the questions are written: headings, containers, Q and A, lines
//     in bold, tables, lists, plain paragraphs.
//  4. Choose. One score compares the readings; see rate. The choice and the
//     runner-up are in Page.Explain.
//  5. Merge. People write one page in several forms: what another reading
//     plainly finds beside the chosen one is added; see merge. What looks like
//     a question and was not taken is in Page.Problems; see leave.
//
// A page is a FAQ if its path, its title or a heading in it says so, or if it
// is below a kb.yaml and asks something. There every heading at the level of
// the questions is one, with the exceptions in headingReader.atLevel. On any
// other page only what asks is a question, and one alone only if it is not
// lost in other text.
//
// Questions in the front matter, and a page whose title is the question, come
// before the forms. A site overrules any of this per file in its kb.yaml.
package markdown
