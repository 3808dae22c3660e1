// Package jobstest helps to test jobs: it fires events at a dispatcher as
// EventBridge would, and tells which jobs ran and what became of them.
//
//	func TestStopping(t *testing.T) {
//		d := security.NewDispatcher(security.Jobs{SecurityJob: &security.SecurityJob{Alerts: fake}})
//		e := jobstest.Event("aws.ec2", "EC2 Instance State-change Notification",
//			security.StateChange{InstanceID: "i-1", State: "stopping"})
//		jobstest.Fire(t, d, e).Ran("SecurityJob.InstanceStopping")
//	}
//
// Routes does the same without calling the jobs, for a test of the rules alone.
// Generated checks that the files that jobgen writes are what it would write now.
//
// To test a job by itself, call the method.
package jobstest
