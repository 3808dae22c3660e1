// Package schedule parses and checks the schedule expressions of EventBridge rules, and
// computes when a rule fires.
//
// ParseRate and ParseCron take the text between the parentheses of rate(…) and cron(…).
// They return all problems, with offsets, and a schedule only if AWS would accept it.
//
// # Rate
//
// A rate is a positive whole number and a unit: minute, hour or day, in the singular if
// the number is 1, otherwise in the plural. The first interval begins when the rule is
// created.
//
//	1 minute    10 minutes    12 hours    7 days
//
// # Cron
//
// A cron expression has six fields, separated by white space. Times are in UTC:
//
//	field         values            wildcards
//	minutes       0-59              , - * /
//	hours         0-23              , - * /
//	day-of-month  1-31              , - * ? / L W
//	month         1-12 or JAN-DEC   , - * /
//	day-of-week   1-7 or SUN-SAT    , - * ? L #
//	year          1970-2199         , - * /
//
// A field is a list of elements, separated by commas. A time is in the field if it is in
// one of them:
//
//	5         that value
//	*         every value
//	8-17      8 to 17. Except in the year, a range may continue at the start of the
//	          field: 20-2 in the hours is 20 to 23 and 0 to 2, FRI-MON is four days
//	a/n       a and every n-th value after it, to the end of the field: 0/15
//	*/n a-b/n the same, from the first value of the field, or within the range
//
// For days, there are also:
//
//	?         no constraint; exactly one of day-of-month and day-of-week is ?
//	L         the last day of the month; in the day-of-week field Saturday
//	L-3       three days before the month's last
//	15W       the weekday (Monday to Friday) nearest to the 15th, in that month
//	LW L-3W   the weekday nearest to that day, in that month
//	6L FRIL   the month's last Friday
//	6#3 FRI#3 the month's third Friday; alone in its field
//
// Names may be written in any letter case. String returns them in capitals.
//
// # Sources
//
// The table of fields, the wildcards, the rule about ?, ranges like 20-2 in the hours, and
// 6L are documented on the user guide's page "Setting a schedule pattern for scheduled
// rules". For everything else, this package follows Quartz, whose syntax AWS uses, where
// users report that AWS agrees: L-3, LW, letter case, a range with a step (11-23/2), and
// the refusal of a step that is larger than the field (*/60).
package schedule
