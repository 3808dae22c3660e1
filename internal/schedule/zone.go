package schedule

import (
	_ "embed" // for the names
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // for machines without a time zone database

	"github.com/jobgen/jobgen/internal/spell"
)

// zoneNames has the names of all time zones in the IANA time zone database 2025c, one in a
// line. They are the names of the files in the Go distribution's lib/time/zoneinfo.zip. The
// database is in the public domain.
//
//go:embed zones.txt
var zoneNames string

// zones returns the names of the time zones that EventBridge Scheduler accepts: those of the
// IANA time zone database, sorted (Scheduler user guide, page schedule-types).
var zones = sync.OnceValue(func() []string { return strings.Fields(zoneNames) })

// Zone returns the time zone with a name of the IANA database. Zone doesn't accept the other
// names that time.LoadLocation accepts: "", "Local", and names of other files of the system.
func Zone(name string) (*time.Location, []Problem) {
	if _, ok := slices.BinarySearch(zones(), name); !ok {
		return nil, []Problem{unknownZone(name)}
	}
	loc, err := time.LoadLocation(name)
	if err != nil { // the system's database has priority and may be older
		return nil, []Problem{token{name, 0}.problem(Name, "this machine has no rules for the time zone %s: %v", name, err)}
	}
	return loc, nil
}

// unknownZone reports a name that is not a time zone's.
func unknownZone(name string) Problem {
	p := token{name, 0}.problem(Name, "there is no time zone %q; a time zone has a name of the IANA database, such as Europe/Berlin or UTC", clip(name))
	if name == "" {
		p.Message = "the time zone is missing; it has a name of the IANA database, such as Europe/Berlin or UTC"
	}
	p.Suggestion = nearestZone(name)
	if offset := fixedOffset(name); p.Suggestion == "" && offset != "" {
		p.Suggestion = offset
		p.Remedy = "in the names of the IANA database a plus means west of Greenwich"
	}
	return p
}

// nearestZone returns the zone that the user probably meant, or "". The name of a city is
// enough if only one zone has this city.
func nearestZone(name string) string {
	for _, folder := range []string{"posix/", "right/"} { // folders of a system's database
		name = strings.TrimPrefix(name, folder)
	}
	folded := spell.Fold(strings.ReplaceAll(name, " ", "_"))
	var cities []string
	for _, zone := range zones() {
		if spell.Fold(zone) == folded {
			return zone
		}
		if spell.Fold(zone[strings.LastIndexByte(zone, '/')+1:]) == folded {
			cities = append(cities, zone)
		}
	}
	if len(cities) == 1 {
		return cities[0]
	}
	if near, ok := spell.Nearest(name, zones()); ok && strings.Contains(name, "/") {
		return near
	}
	return ""
}

var offsetForm = regexp.MustCompile(`^(?i:utc|gmt)? ?([+-])0?(\d{1,2})(?::?00)?$`)

// fixedOffset returns the zone with the offset of a name like UTC+2, or "". The zones
// Etc/GMT+1 to Etc/GMT+12 are west of Greenwich. Etc/GMT-1 to Etc/GMT-14 are east of it (tz
// database, file etcetera).
func fixedOffset(name string) string {
	parts := offsetForm.FindStringSubmatch(name)
	if parts == nil {
		return ""
	}
	hours, _ := strconv.Atoi(parts[2]) // digits
	sign := "-"
	if parts[1] == "-" {
		sign = "+"
	}
	zone := fmt.Sprintf("Etc/GMT%s%d", sign, hours)
	if _, ok := slices.BinarySearch(zones(), zone); !ok {
		return ""
	}
	return zone
}
