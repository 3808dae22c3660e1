// Package jobstest helps to test jobs. It sends events to a dispatcher as EventBridge
// does, and reports which jobs ran and with what result.
//
//	func TestStopping(t *testing.T) {
//		d := security.NewDispatcher(security.Jobs{SecurityJob: &security.SecurityJob{Alerts: fake}})
//		e := jobstest.Event("aws.ec2", "EC2 Instance State-change Notification",
//			security.StateChange{InstanceID: "i-1", State: "stopping"})
//		jobstest.Fire(t, d, e).Ran("SecurityJob.InstanceStopping")
//	}
//
// Routes checks only the rules and calls no job. Generated checks that the generated
// files are up to date.
//
// To test a single job, call the method.
package jobstest
