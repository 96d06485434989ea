"""packaging.py PLAN PACKAGING: what a plan with packaging = native or jvm-aot, architecture = x86_64 and a secret of extraction would make of the functions."""

import json
import pathlib
import sys

from deployment import _list

SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:openai-AbCdEf"


def resources(module):
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from resources(child)


def faults(plan, packaging):
    wrong = []
    all_of_them = list(resources(plan["planned_values"]["root_module"]))
    functions = [r["values"] for r in all_of_them if r["type"] == "aws_lambda_function"]
    for f in functions:
        name, kind = f["function_name"], (f["runtime"], f["handler"], f["architectures"])
        # an executable is its handler; a JVM's bootstrap is told the method
        told = f["handler"] == "bootstrap" if packaging == "native" else "::" in f["handler"]
        if not told or (f["runtime"], f["architectures"]) != ("provided.al2023", ["x86_64"]):
            wrong.append(f"{name} would run as {kind}")
        if (name.endswith("-extraction")) != (SECRET in f["environment"][0]["variables"].values()):
            wrong.append(f"{name}: the reference to the secret is not with extraction alone")
    packages = [r["values"]["source"] for r in all_of_them if r["type"] == "aws_s3_object"]
    wrong += [f"{source} would be uploaded" for source in packages if not source.endswith(f"/target/function-{packaging}-x86_64.zip")]
    if len(functions) != 3 or len(packages) != 3:
        wrong.append(f"{len(functions)} functions and {len(packages)} packages would be made")
    # policies that name what the plan would change are not known before the apply: the change says the statement
    policies = [r["values"] for r in all_of_them if r["type"] == "aws_iam_role_policy" and "secretsmanager" in (r["values"].get("policy") or "")]
    for policy in policies:
        for s in json.loads(policy["policy"])["Statement"]:
            if s["Sid"] == "Secrets" and (_list(s["Action"]), _list(s["Resource"])) != (["secretsmanager:GetSecretValue"], [SECRET]):
                wrong.append(f"{policy['role']} may {s['Action']} on {s['Resource']}")
    if [p["role"].endswith("-extraction") for p in policies] != [True]:
        wrong.append(f"the secret could be read by {[p['role'] for p in policies]}, not by extraction alone")
    return wrong


if __name__ == "__main__":
    found = faults(json.loads(pathlib.Path(sys.argv[1]).read_text()), sys.argv[2])
    print("\n".join(found) or f"packaging = {sys.argv[2]} is planned as it should be")
    sys.exit(1 if found else 0)
