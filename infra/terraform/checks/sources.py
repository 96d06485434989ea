"""sources.py FOLDER: what can be said of the sources alone, without Terraform."""

import pathlib
import re
import sys


def blocks(text, kind):
    """Name → body of each block of a kind, for files as terraform fmt leaves them."""
    return dict(re.findall(rf'^{kind} "([^"]+)" {{\n(.*?)^}}', text, re.M | re.S))


def faults(folder):
    wrong = []
    modules = sorted(p.parent for p in folder.glob("*/*/versions.tf"))
    for module in modules:
        name = module.relative_to(folder)
        expected = []
        for test in (folder / "tests").glob(f"{module.name}.tftest.hcl"):
            for found in re.findall(r"expect_failures = \[(.*?)\]", test.read_text(), re.S):
                expected += re.findall(r"var\.(\w+)", found)
        # dev has prod's variables, to the letter: below
        tested = module.name != "dev"
        for variable, body in blocks((module / "variables.tf").read_text(), "variable").items():
            at = f"{name}/variables.tf: {variable}"
            wrong += [f"{at} has no {field}" for field in ("description", "type") if not re.search(rf"^  {field} +=", body, re.M)]
            rules = body.count("\n  validation {")
            if rules == 0 and not re.search(r"^  type +=\s+bool$", body, re.M):
                wrong.append(f"{at} takes anything: it has no validation")
            if tested and expected.count(variable) < rules:
                wrong.append(f"{at} has {rules} rules, and {expected.count(variable)} runs in tests/{module.name}.tftest.hcl that break one")
        for output, body in blocks((module / "outputs.tf").read_text(), "output").items():
            if "description" not in body:
                wrong.append(f"{name}/outputs.tf: {output} has no description")
    roots = folder / "environments"
    locks = {(roots / root / ".terraform.lock.hcl").read_text() for root in ("dev", "prod")}
    locks.add((folder / "tests" / ".terraform.lock.hcl").read_text())
    if len(locks) != 1:
        wrong.append("environments/dev, environments/prod and tests lock different providers")
    for file in ("variables.tf", "outputs.tf", "versions.tf"):
        if (roots / "dev" / file).read_text() != (roots / "prod" / file).read_text():
            wrong.append(f"environments/dev/{file} and environments/prod/{file} differ: only main.tf says what is different")
    return wrong


if __name__ == "__main__":
    found = faults(pathlib.Path(sys.argv[1]))
    print("\n".join(found), file=sys.stderr) if found else print("sources: every variable and output described, every rule broken by a test")
    sys.exit(1 if found else 0)
