package main

import (
	"net/url"
	"path/filepath"
	"slices"

	"kb/content"
	"kb/content/check"
)

// The part of SARIF 2.1.0 that kb writes, see
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
const (
	sarifVersion = "2.1.0"
	sarifSchema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool    sarifTool     `json:"tool"`
	Results []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID      string     `json:"id"`
	Short   *sarifText `json:"shortDescription,omitempty"`
	Default sarifLevel `json:"defaultConfiguration"`
}

// A sarifLevel is error or note, which are severities of kb by the same names.
type sarifLevel struct {
	Level content.Severity `json:"level"`
}

type sarifResult struct {
	RuleID    string           `json:"ruleId"`
	RuleIndex int              `json:"ruleIndex"`
	Level     content.Severity `json:"level"`
	Message   sarifText        `json:"message"`
	Locations []sarifLocation  `json:"locations,omitempty"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine int `json:"startLine"` // 1-based
}

// sarifFindings writes a log that code scanning services take.
func sarifFindings(a *app, findings []check.Finding) error {
	driver := sarifDriver{Name: "kb", Version: newBuild().Version, Rules: []sarifRule{}}
	results := []sarifResult{}
	for _, f := range findings {
		at := slices.IndexFunc(driver.Rules, func(r sarifRule) bool { return r.ID == f.Rule })
		if at < 0 {
			at = len(driver.Rules)
			driver.Rules = append(driver.Rules, sarifRuleOf(f))
		}
		results = append(results, sarifResult{f.Rule, at, f.Severity, sarifText{f.Msg}, sarifLocations(f.Pos)})
	}
	run := sarifRun{sarifTool{driver}, results}
	return a.out.json(sarifLog{sarifSchema, sarifVersion, []sarifRun{run}})
}

func sarifRuleOf(f check.Finding) sarifRule {
	r := sarifRule{ID: f.Rule, Default: sarifLevel{f.Severity}}
	if rule, known := content.RuleNamed(f.Rule); known {
		r.Short = &sarifText{rule.Doc}
	}
	return r
}

func sarifLocations(pos content.Pos) []sarifLocation {
	if pos.Path == "" {
		return nil
	}
	uri := url.URL{Path: filepath.ToSlash(pos.Path)}
	if filepath.IsAbs(pos.Path) {
		uri.Scheme = "file"
	}
	at := sarifPhysical{Artifact: sarifArtifact{uri.String()}}
	if pos.Line > 0 {
		at.Region = &sarifRegion{pos.Line}
	}
	return []sarifLocation{{at}}
}
