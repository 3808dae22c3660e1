"""read_yaml.py FILE...: prints each file as PyYAML reads it, a reader of YAML 1.1, as a line of JSON.

CloudFormation's short tags become their long form.
"""

import json
import sys

import yaml


class Loader(yaml.SafeLoader):
    pass


def intrinsic(loader, suffix, node):
    if isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_scalar(node)
    if suffix == "GetAtt":
        value = value.split(".", 1)
    return {suffix if suffix == "Ref" else "Fn::" + suffix: value}


Loader.add_multi_constructor("!", intrinsic)

for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as file:
        print(json.dumps(yaml.load(file, Loader)))
