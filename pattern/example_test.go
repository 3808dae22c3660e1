package pattern_test

import (
	"fmt"

	"github.com/jobgen/jobgen/pattern"
)

func ExampleParse_problems() {
	_, err := pattern.Parse([]byte(`{"source": "aws.ec2", "detail": {"state": [{"prefx": "stop"}]}}`))
	fmt.Println(err)
	// Output:
	// offset 11: "source" is a string, not a list; write the values in a list: ["aws.ec2"]
	// offset 44: "prefx" is not an operator; did you mean "prefix"?; the operators are prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, cidr and exists
}

func ExamplePattern_Explain() {
	p, err := pattern.Parse([]byte(`{"source": ["aws.ec2"], "detail": {"state": ["stopping", {"prefix": "shut"}]}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, event := range []string{
		`{"source": "aws.ec2", "detail": {"state": "running"}}`,
		`{"source": "aws.ec2", "detail": {"state": "shutting-down"}}`,
	} {
		why, err := p.Explain([]byte(event))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%v:\n%v\n", why.Matched, why)
	}
	// Output:
	// false:
	// detail.state is "running", wants "stopping" or prefix "shut"
	// true:
	// source is "aws.ec2"
	// detail.state is "shutting-down", which is prefix "shut"
}

func ExamplePattern_Describe() {
	p, err := pattern.Parse([]byte(`{"source": ["aws.s3"], "detail": {
		"object": {"key": [{"prefix": "in/"}, {"suffix": ".csv"}], "size": [{"numeric": [">=", 10, "<", 20]}]},
		"$or": [{"bucket": {"name": ["a", "b"]}}, {"version": [{"exists": false}]}]}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Describe())
	// Output:
	// source = aws.s3, detail.object.key prefix in/ | suffix .csv, detail.object.size numeric >= 10 < 20, (detail.bucket.name = a | b or detail.version absent)
}
