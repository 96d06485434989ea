"""check.py FIRST-PLAN SECOND-PLAN REPOSITORY [--update]: all checks on what was applied, and the page prod-plan.md."""

import json
import pathlib
import sys
import unittest

import deployment
import summary
import test_deployment


def main(first, second, repository, update):
    repository = pathlib.Path(repository)
    first, second = (json.loads(pathlib.Path(p).read_text()) for p in (first, second))
    d = deployment.Deployment(
        second,
        json.loads((repository / "infra/deployment.json").read_text()),
        (repository / "docs/batch.md").read_text(),
        (repository / "docs/operations.md").read_text(),
    )
    wrong = [("second plan", w) for w in deployment.drift(second)]
    wrong += [("tls", w) for w in deployment.tls(first)]
    for check in deployment.CHECKS:
        wrong += [(check.__name__, w) for w in check(d)]
    page, path = summary.page(first, d), repository / "infra/terraform/prod-plan.md"
    if update:
        path.write_text(page)
    elif not path.exists() or path.read_text() != page:
        wrong.append(("prod-plan.md", "no longer fits: look at what changed, then infra/terraform/test.sh --update"))
    for check, what in wrong:
        print(f"{check}: {what}", file=sys.stderr)
    print(f"{len(deployment.CHECKS) + 2} checks on {len(d.resources)} resources, {len(wrong)} faults")
    return 1 if wrong else test_deployment.run(first, second, d)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4], "--update" in sys.argv[4:]))
