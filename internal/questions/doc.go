// Command questions asks AWS what neither its documentation nor its published matcher
// answers:
//
//	go run ./internal/questions [-all] [NAME...]
//
// The questions are in questions.json, each with jobgen's choice and the reason for it. The
// command asks those without an answer, or all of them with -all, or those with the given
// names, and writes the answers to the file. Then the tests fail where jobgen's choice
// differs from the answer.
//
// It uses the AWS CLI with the account and Region that are configured, and needs the
// permissions events:TestEventPattern, events:PutRule and events:DeleteRule. A question
// about a match calls TestEventPattern. Any other question creates a disabled rule without
// targets on the default event bus, and deletes it. That costs nothing. The names of the
// rules begin with jobgen-question-.
package main
