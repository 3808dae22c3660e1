// Package schedule reads the schedule expressions of EventBridge rules, checks
// every value in them, and computes when a rule fires.
//
// ParseRate and ParseCron take the text between the parentheses of AWS's rate(…) and
// cron(…). They return all problems at once, each with its offset, and a schedule only
// if AWS would accept it.
//
// # Rate
//
// A rate is a positive whole number and a unit, minute, hour or day: in the
// singular if the number is 1, in the plural otherwise. Nothing is shorter than
// a minute. The intervals are counted from the moment that the rule is created.
//
//	1 minute    10 minutes    12 hours    7 days
//
// # Cron
//
// A cron expression has six fields, parted by white space, and is read in UTC:
//
//	field         values            wildcards
//	minutes       0-59              , - * /
//	hours         0-23              , - * /
//	day-of-month  1-31              , - * ? / L W
//	month         1-12 or JAN-DEC   , - * /
//	day-of-week   1-7 or SUN-SAT    , - * ? L #
//	year          1970-2199         , - * /
//
// A field is one element or several, parted by commas; a time is in the field
// if it is in any of them:
//
//	5         that value
//	*         every value
//	8-17      8 up to 17. Except in the year a range may run over the end:
//	          20-2 in the hours is 20 to 23 and 0 to 2, FRI-MON is four days
//	a/n       a, and every n-th after it, to the end of the field: 0/15
//	*/n a-b/n the same, from the first value on, or within the range
//
// And about days:
//
//	?         leaves the choice to the other of the two day fields: exactly one
//	          of day-of-month and day-of-week is ?
//	L         the month's last day; in the day-of-week the week's, Saturday
//	L-3       three days before the month's last
//	15W       the weekday (Monday to Friday) nearest to the 15th, in that month
//	LW L-3W   the weekday nearest to that day, in that month
//	6L FRIL   the month's last Friday
//	6#3 FRI#3 the month's third Friday; alone in its field
//
// Names may be written in any letter case; String gives them in capitals, as
// the documentation has them.
//
// # Sources
//
// The table of fields, the wildcards and the rule about ? are in the user
// guide's page "Setting a schedule pattern for scheduled rules", as are the
// range that runs over the end (20-2 in the hours) and 6L. What the page leaves
// open follows the scheduler whose dialect AWS took over, Quartz, as far as
// users saw AWS agree: L-3, LW, letter case, a range with a step (11-23/2), and
// the refusal of a step that is larger than the field (*/60).
package schedule
