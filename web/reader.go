package web

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"

	"kb/content"
	"kb/search"
)

// robots asks crawlers to leave alone what is a part of another page.
func (sv *server) robots(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	results, err := sv.path("results")
	if err != nil {
		return err
	}
	sitemap, err := sv.path("sitemap")
	if err != nil {
		return err
	}
	text := fmt.Sprintf("User-agent: *\nDisallow: %s\n\nSitemap: %s%s\n", results, sv.origin(r), sitemap)
	return send(w, r, "text/plain; charset=utf-8", []byte(text))
}

// llms lists every answer for assistants: see https://llmstxt.org.
func (sv *server) llms(w http.ResponseWriter, r *http.Request, s *search.Searcher) error {
	p, err := sv.feedPage(r, s)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", p.Name())
	if p.Description != "" {
		fmt.Fprintf(&b, "\n> %s\n", p.Description)
	}
	others, err := p.T("others")
	if err != nil {
		return err
	}
	heading := ""
	for _, e := range p.outline() {
		if !e.answered {
			continue
		}
		h := strings.Join(e.section, " › ")
		if h == "" && len(p.sections) > 0 {
			h = others
		}
		if h != heading {
			heading = h
			fmt.Fprintf(&b, "\n## %s\n\n", h)
		}
		path, err := p.Path("entry", "id", e.ID)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "- [%s](%s.md)\n", bracketless.Replace(e.Question), p.Abs(path))
	}
	return send(w, r, "text/plain; charset=utf-8", []byte(b.String()))
}

// bracketless keeps a text from ending a Markdown link.
var bracketless = strings.NewReplacer("[", `\[`, "]", `\]`, `\`, `\\`)

// entryMarkdown answers with a question and its answer as Markdown.
func (sv *server) entryMarkdown(w http.ResponseWriter, r *http.Request, p *page, e *content.Entry) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", e.Question)
	if e.Answered() {
		text, err := markdown(string(p.fit(e.Answer.HTML, 2)), sv.origin(r))
		if err != nil {
			return fmt.Errorf("answer %s as Markdown: %w", e.ID, err)
		}
		b.WriteString(text + "\n\n")
	}
	fmt.Fprintf(&b, "<%s>\n", p.Abs(p.Own))
	return send(w, r, "text/markdown; charset=utf-8", []byte(b.String()))
}

// markdown returns HTML as Markdown, its relative links made absolute.
func markdown(html, origin string) (string, error) {
	c := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(), commonmark.NewCommonmarkPlugin(), table.NewTablePlugin(), strikethrough.NewStrikethroughPlugin(),
	))
	return c.ConvertString(html, converter.WithDomain(origin))
}
