package main

import (
	"net/url"
	"path/filepath"
	"slices"

	"kb/content"
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
	ID string `json:"id"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	RuleIndex int             `json:"ruleIndex"`
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations,omitempty"`
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

// sarifProblems writes a log that code scanning services take.
func sarifProblems(a *app, problems []content.Problem) error {
	driver := sarifDriver{Name: "kb", Version: newBuild().Version, Rules: []sarifRule{}}
	results := []sarifResult{}
	for _, p := range problems {
		rule := sarifRule{p.Rule}
		at := slices.Index(driver.Rules, rule)
		if at < 0 {
			at = len(driver.Rules)
			driver.Rules = append(driver.Rules, rule)
		}
		results = append(results, sarifResult{p.Rule, at, "error", sarifText{p.Msg}, sarifLocations(p.Pos)})
	}
	run := sarifRun{sarifTool{driver}, results}
	return a.out.json(sarifLog{sarifSchema, sarifVersion, []sarifRun{run}})
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
