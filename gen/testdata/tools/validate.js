// validate.js TEMPLATE...: prints what AWS's own template validator finds, errors and warnings alike.
// Exit status 1 if it finds anything. NODE_PATH must lead to @aws/cloudformation-validate.
const { CompositeEngine, TemplateFile } = require("@aws/cloudformation-validate");

const engine = new CompositeEngine();
const findings = process.argv.slice(2).flatMap((name) =>
  engine
    .validateTemplate(new TemplateFile(name))
    .diagnostics.filter((d) => !String(d.severity).toUpperCase().startsWith("INFO"))
    .map((d) => `${name}: ${d.severity} ${d.ruleId}: ${d.message}`),
);
console.log(findings.join("\n"));
process.exitCode = findings.length > 0 ? 1 : 0;
