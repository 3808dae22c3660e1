// Package sdk tests jobgen dev with the AWS SDK for Go v2. The package has its own go.mod,
// because jobgen must not depend on the SDK.
package sdk
