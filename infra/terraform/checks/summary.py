"""The page prod-plan.md: how many resources of which kind, and what each role may do."""

import json
import re

from deployment import _list, statements

HEAD = """# What `environments/prod` makes

Written by `infra/terraform/test.sh --update`, with training switched on: the counts are of the plan, the rights of what was
applied. The test fails when this page no longer fits. `…` stands for the prefix of all names, `#` for the account's number.

"""


def page(plan, deployment):
    created = [r for r in plan["resource_changes"] if r["mode"] == "managed" and r["change"]["actions"] == ["create"]]
    counts = {}
    for r in created:
        counts[r["type"]] = counts.get(r["type"], 0) + 1
    lines = [HEAD + f"## {len(created)} resources", "", "| type | count |", "|---|---|"]
    lines += [f"| {kind} | {count} |" for kind, count in sorted(counts.items())]
    lines += ["", "## What roles may do", "", "| role | may | on |", "|---|---|---|"]

    prefix = deployment.prefix()

    def plain(resource):
        if re.search(r":kms:.*:key/", resource):
            return "the key"
        if re.fullmatch(r"arn:aws:[a-z0-9-]*:[a-z0-9-]*:\d*:.*|\*", resource) is None:
            return resource
        short = re.sub(r"^arn:aws:([a-z0-9-]*):[a-z0-9-]*:\d*:", r"\1 ", resource)
        return re.sub(r"\d{12}", "#", short.replace(prefix, "…"))

    rows = []
    for r in deployment.of("aws_iam_role_policy"):
        for s in statements(r["values"]["policy"]):
            may = ", ".join(sorted(_list(s["Action"])))
            on = "<br>".join(sorted({plain(x) for x in _list(s["Resource"])}))
            rows.append((r["values"]["role"].replace(prefix, "…"), may, on))
    for r in deployment.of("aws_iam_role_policy_attachment"):
        rows.append((r["values"]["role"].replace(prefix, "…"), "what AWS puts into " + r["values"]["policy_arn"].rsplit("/", 1)[1], "that policy's"))
    lines += [f"| {role} | {may} | {on} |" for role, may, on in sorted(rows)]

    lines += ["", "## Who else may use it", "", "| resource | who | may |", "|---|---|---|"]
    others = []
    for kind in ("aws_sqs_queue_policy", "aws_sns_topic_policy", "aws_lambda_permission", "aws_kms_key"):
        for r in deployment.of(kind):
            if kind == "aws_lambda_permission":
                v = r["values"]
                others.append((v["function_name"].replace(prefix, "…"), v["principal"], v["action"]))
                continue
            name = "the key" if kind == "aws_kms_key" else r["values"].get("queue_url", r["values"].get("arn")).replace(":", "/").rsplit("/", 1)[1]
            for s in statements(r["values"]["policy"]):
                if s["Effect"] == "Allow":
                    who = ", ".join(x for p in s["Principal"].values() for x in _list(p))
                    who = re.sub(r"arn:aws:iam::\d{12}:root", "this account, by its roles", who)
                    others.append((name.replace(prefix, "…"), who, ", ".join(sorted(_list(s["Action"])))))
    lines += [f"| {a} | {b} | {c} |" for a, b, c in sorted(set(others))]
    return "\n".join(lines) + "\n"
