package web

import (
	"fmt"
	"math"
	"strconv"
)

// The backgrounds of page.css, light and dark, as relative luminance.
const (
	lightPaper = 1.0
	darkPaper  = 0.0086 // #16181c
)

// accentStyle returns the rule that sets the accent colour of a site, or ""
// for a colour that is not of the form #rrggbb. The colour is moved towards
// black or white until it has AAA contrast, 7:1, with the paper of each scheme.
// On a bright colour the dark paper can be read: the button of the field then
// has it as it is, in both schemes, with text of that paper.
func accentStyle(colour string) string {
	n, err := strconv.ParseUint(colour[min(1, len(colour)):], 16, 32)
	if err != nil || len(colour) != 7 || colour[0] != '#' {
		return ""
	}
	rgb := [3]float64{float64(n >> 16), float64(n >> 8 & 255), float64(n & 255)}
	rule := fmt.Sprintf(":root{--kb-accent:light-dark(%s,%s)}", readable(rgb, 0, lightPaper), readable(rgb, 255, darkPaper))
	if contrast(luminance(rgb), darkPaper) >= 7 {
		rule += ".field button{background:" + colour + ";color:#16181c}"
	}
	return rule
}

// readable mixes a colour with black (0) or white (255) until it can be read
// on the paper, and returns it as #rrggbb.
func readable(rgb [3]float64, with, paper float64) string {
	mixed := rgb
	for share := 0.0; share <= 1; share += 1.0 / 64 {
		for i := range rgb {
			mixed[i] = math.Round(rgb[i]*(1-share) + with*share)
		}
		if contrast(luminance(mixed), paper) >= 7 {
			break
		}
	}
	return fmt.Sprintf("#%02x%02x%02x", int(mixed[0]), int(mixed[1]), int(mixed[2]))
}

// contrast is the contrast ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b float64) float64 { return (max(a, b) + .05) / (min(a, b) + .05) }

// luminance is the relative luminance of WCAG 2.2, from 0 to 1, of an sRGB
// colour with channels from 0 to 255.
func luminance(rgb [3]float64) float64 {
	var lin [3]float64
	for i, c := range rgb {
		c /= 255
		if c <= .04045 {
			lin[i] = c / 12.92
		} else {
			lin[i] = math.Pow((c+.055)/1.055, 2.4)
		}
	}
	return .2126*lin[0] + .7152*lin[1] + .0722*lin[2]
}
