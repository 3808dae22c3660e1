package gen

// What the tests in package gen_test use of those in package gen.
var (
	RandomPackage     = randomPackage
	PackageOfTexts    = packageOfTexts
	ReferencePackage  = referencePackage
	FullPackage       = fullPackage
	OutsidePackage    = outsidePackage
	CrowdedPackage    = crowdedPackage
	ExistingPackage   = existingPackage
	ModulePackage     = modulePackage
	ConditionalModule = conditionalModule
	HostileStrings    = hostileStrings
	Seeds             = seeds
	WithConditions    = withConditions
	ConditionValues   = conditionValues
)
