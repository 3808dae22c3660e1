// Package sdk tests jobgen dev with the AWS SDK for Go v2. It is a module of its own, so that
// the SDK is no dependency of jobgen.
package sdk
