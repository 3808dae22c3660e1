package lint

import (
	"slices"
	"strings"
	"time"

	"github.com/jobgen/jobgen/internal/catalog"
	"github.com/jobgen/jobgen/internal/diag"
	"github.com/jobgen/jobgen/pattern"
)

// checkIdentifiers reports accounts, Regions, times, ARNs and names of buckets that AWS never
// gives.
func checkIdentifiers(r *Rule, _ *Facts, report diag.Reporter) {
	for _, each := range r.conjuncts() {
		c := &identifierCheck{conjunct: each, r: r, report: report}
		if usesCatalog(each) {
			c.record = each.isRecord()
			c.awsSources, c.aws = each.sources()
			c.aws = c.record || c.aws && len(c.awsSources) > 0
		}
		eachField(&pattern.Object{Members: each.members}, "", c.field)
	}
}

// identifierCheck checks the identifiers in one conjunct of a rule's pattern.
type identifierCheck struct {
	conjunct
	r          *Rule
	report     diag.Reporter
	awsSources []string
	aws        bool // the conjunct takes AWS's own events alone
	record     bool // the conjunct takes CloudTrail's records alone
}

// isRecord reports whether a conjunct takes CloudTrail's records alone, by its detail-type.
func (c conjunct) isRecord() bool {
	types, only := c.literals("detail-type")
	return only && allCloudTrail(types)
}

func (c *identifierCheck) field(path string, m *pattern.Member) {
	for _, t := range textTerms(m.Field) {
		switch {
		case path == "account", c.record && path == "detail.recipientAccountId":
			c.account(m.Key, t)
		case path == "region", c.record && path == "detail.awsRegion":
			c.region(m.Key, t)
		case path == "time":
			c.time(t)
		case c.isBucket(path):
			c.bucket(path, t)
		case c.aws:
			c.arn(path, m.Key, t)
		}
	}
}

// never reports a term that no value of a field matches. A wrong exception excludes nothing
// and the rule still fires, so it is a warning.
func (c *identifierCheck) never(t pattern.Term, near, format string, args ...any) {
	d := diag.New(diag.ValueOutside, c.r.At(t.Offset()), format, args...).Suggest(replaceable(t), near)
	if t.Excepts() {
		d.Severity = diag.Warning
	}
	c.report.Add(d)
}

// isNever says that a field never has a value that a term compares with: account is never
// "a", account never begins with "a".
func isNever(field string, t pattern.Term) string {
	if t.Whole() {
		return field + " is never " + t.String()
	}
	return field + " never " + t.Phrase()
}

// accountForm is the form of an account's id (Organizations API, AccountId).
const accountForm pattern.Form = "000000000000"

func (c *identifierCheck) account(name string, t pattern.Term) {
	if !t.Fits(accountForm) {
		c.never(t, "", "%s: an account id is 12 digits", isNever(name, t))
	}
}

func (c *identifierCheck) region(name string, t pattern.Term) {
	if near, ok := catalog.NearRegion(textOf(t)); ok && t.Whole() {
		c.never(t, near, "%s", isNever(name, t))
	}
}

// timeForm is the form of an event's time (EventBridge user guide, eb-events-structure). It
// has no fractions of a second.
const timeForm pattern.Form = "0000-00-00T00:00:00Z"

func (c *identifierCheck) time(t pattern.Term) {
	_, err := time.Parse(time.RFC3339, strings.ToUpper(textOf(t)))
	if !t.Fits(timeForm) || t.Whole() && err != nil {
		c.never(t, "", "%s: EventBridge sends times such as 2026-01-31T12:00:00Z", isNever("time", t))
	}
}

// isBucket reports whether the events of the conjunct have the name of a bucket at a path.
func (c *identifierCheck) isBucket(path string) bool {
	if !c.aws || len(c.awsSources) > 0 && !slices.Equal(c.awsSources, []string{"aws.s3"}) {
		return false
	}
	if path == "detail.bucket.name" {
		return len(c.awsSources) > 0
	}
	hosts, only := c.literals("detail.eventSource")
	return path == "detail.requestParameters.bucketName" &&
		(len(c.awsSources) > 0 || only && slices.Equal(hosts, []string{"s3.amazonaws.com"}))
}

// bucketCharacters are those of the names of S3's buckets. Upper-case letters and underscores
// are in those of some buckets made in us-east-1 before March 2018 (S3 user guide,
// bucketnamingrules).
const (
	bucketCharacters    = "abcdefghijklmnopqrstuvwxyz0123456789.-"
	oldBucketCharacters = bucketCharacters + "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
	maxBucket           = 63
	maxOldBucket        = 255
)

// bucket checks the name of a bucket. A call on an access point is recorded with its ARN in
// the place of the bucket.
func (c *identifierCheck) bucket(path string, t pattern.Term) {
	name, whole := t.Begin()
	isAccessPoint := strings.HasPrefix(path, "detail.requestParameters.") && strings.HasPrefix(name, "arn:") && !strings.Contains(name, ":::")
	if isAccessPoint || name == "" {
		return
	}
	switch {
	case strings.Trim(name, oldBucketCharacters) != "":
		c.never(t, bucketIn(name), "%s: it has only letters, digits, dots and hyphens", isNever("a bucket's name", t))
	case len(name) > maxOldBucket, whole && len(name) < len("abc"):
		c.never(t, "", "%s: it has 3 to %d characters", isNever("a bucket's name", t), maxBucket)
	case strings.Trim(name, bucketCharacters) != "" || len(name) > maxBucket:
		d := diag.New(diag.ValueOutside, c.r.At(t.Offset()), "%s, unless the bucket was made in us-east-1 before March 2018: "+
			"it has at most %d lower-case letters, digits, dots and hyphens", isNever("a bucket's name", t), maxBucket)
		d.Severity = diag.Warning
		c.report.Add(d)
	}
}

// bucketIn returns the name of the bucket in an ARN or URL, or "".
func bucketIn(text string) string {
	for _, prefix := range []string{"arn:aws:s3:::", "s3://"} {
		if rest, ok := strings.CutPrefix(text, prefix); ok {
			name, _, _ := strings.Cut(rest, "/")
			return name
		}
	}
	return ""
}
