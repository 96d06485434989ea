"""edge.py PLAN: what was applied of modules/edge, from a plan that was made after it."""

import json
import pathlib
import sys

import deployment


def faults(plan):
    resources = {r["type"]: r["values"] for r in plan["planned_values"]["root_module"]["child_modules"][0]["resources"]}
    distribution, acl = resources["aws_cloudfront_distribution"], resources["aws_wafv2_web_acl"]
    origin = distribution["origin"][0]
    rules = {rule["name"] for rule in acl["rule"]}
    wrong = deployment.drift(plan)
    if distribution["web_acl_id"] != acl["arn"]:
        wrong.append("the distribution is not behind the firewall")
    if not distribution["enabled"]:
        wrong.append("the distribution is switched off")
    if "rate" not in rules or not any(name.startswith("AWSManagedRules") for name in rules):
        wrong.append(f"the firewall has the rules {sorted(rules)}: a limit for each address or AWS' rule sets are missing")
    if len(origin["origin_path"]) < 33:
        wrong.append("the origin is not locked: its path has no secret stage")
    if origin["custom_origin_config"][0]["origin_protocol_policy"] != "https-only":
        wrong.append("the way to the origin is not encrypted")
    if distribution["default_cache_behavior"][0]["viewer_protocol_policy"] != "https-only":
        wrong.append("viewers may come without TLS")
    return wrong


# what the fault is, how it is put into what was applied
FAULTS = [
    ("no firewall", lambda r: r["aws_cloudfront_distribution"].update(web_acl_id="")),
    ("switched off", lambda r: r["aws_cloudfront_distribution"].update(enabled=False)),
    ("no rules", lambda r: r["aws_wafv2_web_acl"].update(rule=[])),
    ("an open origin", lambda r: r["aws_cloudfront_distribution"]["origin"][0].update(origin_path="")),
    ("plain text to the origin", lambda r: r["aws_cloudfront_distribution"]["origin"][0]["custom_origin_config"][0].update(origin_protocol_policy="http-only")),
    ("plain text to viewers", lambda r: r["aws_cloudfront_distribution"]["default_cache_behavior"][0].update(viewer_protocol_policy="allow-all")),
]


def missed(text):
    for what, make in FAULTS:
        broken = json.loads(text)
        make({r["type"]: r["values"] for r in broken["planned_values"]["root_module"]["child_modules"][0]["resources"]})
        if not faults(broken):
            yield f"not found: {what}"


if __name__ == "__main__":
    text = pathlib.Path(sys.argv[1]).read_text()
    wrong = faults(json.loads(text)) or list(missed(text))
    print("\n".join(wrong) or f"the edge is as it should be; {len(FAULTS)} faults put in, all found")
    sys.exit(1 if wrong else 0)
