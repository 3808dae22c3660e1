"""sam_expand.py TEMPLATE: prints, as JSON, the CloudFormation template that AWS SAM makes of a SAM template.

It uses AWS's own translator and asks nobody: the code, which "sam package" would upload, gets a made-up place.
"""

import json
import os
import sys

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse


class NoManagedPolicies:
    def load(self):
        return {}


with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file.read())
for resource in template["Resources"].values():
    if "CodeUri" in resource.get("Properties", {}):
        resource["Properties"]["CodeUri"] = "s3://bucket/bootstrap.zip"
json.dump(transform(template, {}, NoManagedPolicies()), sys.stdout)
