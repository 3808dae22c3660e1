// Package jobstest helps to test jobs. It sends events to a dispatcher as EventBridge
// does, and reports which jobs ran and with what result.
//
//	func TestStopping(t *testing.T) {
//		d := security.NewDispatcher(security.Jobs{SecurityJob: &security.SecurityJob{Alerts: fake}})
//		event := jobstest.For(t, d, security.RuleSecurityJobInstanceStopping)
//		jobstest.Fire(t, d, event).Ran(security.HandlerSecurityJobInstanceStopping)
//	}
//
// The test builds only the receivers whose jobs it calls; the other fields of Jobs stay nil.
//
// An event is JSON, such as the content of a file, or a value that is encoded as JSON. The
// function For makes an event that fires a rule, Sample returns an example of an event of AWS,
// and Event builds an event from a detail. Prefer JSON that is not made from the handler's own
// type: with a wrong json tag, the same wrong name is encoded and decoded.
//
// A parameter in a pattern has the value of the environment variable with its name, which
// t.Setenv sets, or else the default that //jobs:package declares. This applies to all
// dispatchers of a test that imports this package. A deployed function never uses a default.
//
// Routes checks only the rules and calls no job. Generated checks that the generated
// files are up to date.
//
// To test a single job, call the method.
package jobstest
