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

func ExampleCompile() {
	var patterns []*pattern.Pattern
	for _, src := range []string{
		`{"source": ["aws.ec2"], "detail": {"state": ["stopping"]}}`,
		`{"source": ["aws.ec2"], "detail": {"state": [{"anything-but": "running"}]}}`,
		`{"source": ["aws.s3"]}`,
	} {
		p, err := pattern.Parse([]byte(src))
		if err != nil {
			fmt.Println(err)
			return
		}
		patterns = append(patterns, p)
	}
	set := pattern.Compile(patterns...)
	matched, err := set.Match([]byte(`{"source": "aws.ec2", "detail": {"state": "stopping"}}`), nil)
	fmt.Println(matched, err)
	// Output: [0 1] <nil>
}

func ExampleOverlap() {
	a, err := pattern.Parse([]byte(`{"source": ["aws.s3"], "detail": {"object": {"key": [{"prefix": "in/"}]}}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := pattern.Parse([]byte(`{"detail": {"object": {"key": [{"suffix": ".csv"}], "size": [{"numeric": [">", 100]}]}}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	answer, event := pattern.Overlap(a, b)
	fmt.Println(answer, string(event))
	// Output: yes {"detail":{"object":{"key":"in/.csv","size":101}},"source":"aws.s3"}
}

func ExamplePattern_NearMisses() {
	p, err := pattern.Parse([]byte(`{"source": ["aws.ec2"], "detail": {"size": [{"numeric": [">=", 10]}]}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, miss := range p.NearMisses() {
		fmt.Printf("%s: %s\n", miss.Path, miss.Event)
	}
	// Output:
	// source: {"detail":{"size":10},"source":"other"}
	// detail.size: {"detail":{"size":0},"source":"aws.ec2"}
}

func ExamplePattern_Fields() {
	p, err := pattern.Parse([]byte(`{"source": ["aws.ec2"], "detail": {"state": [{"prefix": "stop"}, null]}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for f := range p.Fields() {
		fmt.Println(f.Name(), "at", f.Offset)
		for _, a := range f.Alternatives {
			fmt.Println("  ", a.Operator, a.Operands[0].Text, "at", a.OperatorOffset)
		}
	}
	// Output:
	// source at 1
	//    equals aws.ec2 at 12
	// detail.state at 35
	//    prefix stop at 46
	//    equals null at 65
}
