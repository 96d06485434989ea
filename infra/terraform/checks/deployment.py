"""What a deployment must be like, checked on what Terraform would leave behind.

Reads a plan that was made after an apply (terraform show -json): its planned values are the applied resources, with
everything known. Each check returns what is wrong, as sentences; an empty list is good. test_deployment.py shows of
each of them that it can fail.
"""

import fnmatch
import json
import re

# nothing can be named in these: X-Ray knows no resources, and a registry's token is for the whole registry
ANY_RESOURCE = {"xray:PutTelemetryRecords", "xray:PutTraceSegments", "ecr:GetAuthorizationToken"}
# what the container agent needs to join a cluster, written by AWS
MANAGED_POLICIES = {"AmazonEC2ContainerServiceforEC2Role"}
# on AWS only; docs/operations.md says what they are for
AWS_QUEUES = {"undelivered"}
AWS_BUCKETS = {"packages", "jobs", "uploads"}
OPEN_ROUTES = {"GET /v1/health"}

# what the test server gives back differently from AWS, by type and attribute; computed attributes follow from these
FALSE_DRIFT = {
    "aws_lambda_function": {"kms_key_arn", "logging_config", "last_modified", "version", "qualified_arn", "qualified_invoke_arn"},
    "aws_lambda_alias": {"function_version"},
    "aws_lambda_event_source_mapping": {"function_name"},
    "aws_sqs_queue": {"redrive_policy"},
    "aws_s3_bucket_notification": {"eventbridge"},
    "aws_launch_template": {"tag_specifications", "latest_version", "default_version"},
}
# outputs of these resources hang on the attributes above
FALSE_OUTPUTS = {"function_versions"}


class Deployment:
    """The resources of a plan."""

    def __init__(self, plan, description, batch_page="", operations_page=""):
        self.description = description
        self.batch_page = batch_page
        self.operations_page = operations_page
        self.resources = []
        self._collect(plan["planned_values"]["root_module"])

    def _collect(self, module):
        self.resources += module.get("resources", [])
        for child in module.get("child_modules", []):
            self._collect(child)

    def of(self, kind):
        return [r for r in self.resources if r["type"] == kind and r.get("mode") == "managed"]

    def values(self, kind):
        return [r["values"] for r in self.of(kind)]

    def prefix(self):
        return self.values("aws_cloudwatch_dashboard")[0]["dashboard_name"]

    def short(self, name):
        """A full name without the prefix, and a bucket's without the account's number."""
        return re.sub(r"-\d{12}$", "", name.removeprefix(self.prefix() + "-"))


def _list(value):
    return value if isinstance(value, list) else [value]


def statements(policy):
    return _list(json.loads(policy)["Statement"])


def least_privilege(d):
    wrong = []
    for r in d.of("aws_iam_role_policy"):
        for s in statements(r["values"]["policy"]):
            actions, resources = _list(s["Action"]), _list(s["Resource"])
            wrong += [f"{r['address']}: action {a} has a wildcard" for a in actions if "*" in a]
            if "*" in resources and not set(actions) <= ANY_RESOURCE:
                wrong.append(f"{r['address']}: {', '.join(actions)} on every resource")
    for r in d.of("aws_iam_role_policy_attachment"):
        if r["values"]["policy_arn"].rsplit("/", 1)[1] not in MANAGED_POLICIES:
            wrong.append(f"{r['address']}: attaches {r['values']['policy_arn']}, which is not on the short list")
    for r in d.of("aws_iam_role"):
        for s in statements(r["values"]["assume_role_policy"]):
            if "Service" not in s["Principal"] or "*" in str(s["Principal"]):
                wrong.append(f"{r['address']}: may be assumed by {s['Principal']}")
    for kind in ("aws_sqs_queue_policy", "aws_sns_topic_policy", "aws_s3_bucket_policy", "aws_kms_key", "aws_cloudwatch_event_bus_policy"):
        for r in d.of(kind):
            for s in statements(r["values"]["policy"]):
                administration = kind == "aws_kms_key" and str(s["Principal"].get("AWS", "")).endswith(":root")
                if s["Effect"] == "Allow" and not administration:
                    if "*" in str(s["Principal"]) or any("*" in a for a in _list(s["Action"])):
                        wrong.append(f"{r['address']}: statement {s.get('Sid')} lets too many in, or to too much")
                    if "Condition" not in s:
                        wrong.append(f"{r['address']}: statement {s.get('Sid')} has no condition on who asks")
    return wrong


def encryption(d):
    wrong = []
    encrypted = {
        "aws_dynamodb_table": lambda v: v["server_side_encryption"] and v["server_side_encryption"][0]["kms_key_arn"],
        "aws_sqs_queue": lambda v: v["kms_master_key_id"],
        "aws_sns_topic": lambda v: v["kms_master_key_id"],
        "aws_cloudwatch_log_group": lambda v: v["kms_key_id"],
        "aws_lambda_function": lambda v: v["kms_key_arn"],
        "aws_ecr_repository": lambda v: v["encryption_configuration"][0]["encryption_type"] == "KMS",
        "aws_cloudwatch_event_bus": lambda v: v["kms_key_identifier"],
        "aws_s3_object": lambda v: v["kms_key_id"],
        "aws_launch_template": lambda v: all(b["ebs"][0]["encrypted"] == "true" for b in v["block_device_mappings"]),
    }
    for kind, test in encrypted.items():
        wrong += [f"{r['address']} is not encrypted with the deployment's key" for r in d.of(kind) if not test(r["values"])]
    covered = {
        v["bucket"]
        for v in d.values("aws_s3_bucket_server_side_encryption_configuration")
        if v["rule"][0]["apply_server_side_encryption_by_default"][0]["sse_algorithm"] == "aws:kms"
    }
    closed = {
        v["bucket"]
        for v in d.values("aws_s3_bucket_public_access_block")
        if all(v[k] for k in ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"))
    }
    for v in d.values("aws_s3_bucket"):
        wrong += [f"bucket {v['bucket']} is not encrypted with the deployment's key"] * (v["bucket"] not in covered)
        wrong += [f"bucket {v['bucket']} can be made public"] * (v["bucket"] not in closed)
    wrong += [f"{r['address']} does not change its key by itself" for r in d.of("aws_kms_key") if not r["values"]["enable_key_rotation"]]
    return wrong


def retention(d):
    wrong = [f"{r['address']} keeps lines for ever" for r in d.of("aws_cloudwatch_log_group") if not r["values"]["retention_in_days"]]
    groups = {v["name"] for v in d.values("aws_cloudwatch_log_group")}
    for v in d.values("aws_lambda_function"):
        if f"/aws/lambda/{v['function_name']}" not in groups:
            wrong.append(f"function {v['function_name']} would make a log group of its own, without retention")
    rules = {v["bucket"]: v["rule"] for v in d.values("aws_s3_bucket_lifecycle_configuration")}
    for v in d.values("aws_s3_bucket"):
        if not any(rule["noncurrent_version_expiration"] for rule in rules.get(v["bucket"], [])):
            wrong.append(f"bucket {v['bucket']} keeps old versions for ever")
    return wrong


def recovery(d):
    wrong = []
    for r in d.of("aws_dynamodb_table"):
        if not r["values"]["point_in_time_recovery"][0]["enabled"]:
            wrong.append(f"{r['address']} cannot be restored to a point in time")
    versioned = {v["bucket"] for v in d.values("aws_s3_bucket_versioning") if v["versioning_configuration"][0]["status"] == "Enabled"}
    for name in [n for n, b in d.description["buckets"].items() if b["versioned"]] + ["packages"]:
        if not any(d.short(bucket) == name for bucket in versioned):
            wrong.append(f"bucket {name} keeps no old versions")
    return wrong


def protection(d):
    wrong = [f"{r['address']} can be deleted by a slip" for r in d.of("aws_dynamodb_table") if not r["values"]["deletion_protection_enabled"]]
    wrong += [f"{r['address']} is emptied when it is deleted" for r in d.of("aws_s3_bucket") if r["values"]["force_destroy"]]
    wrong += [f"{r['address']} is emptied when it is deleted" for r in d.of("aws_ecr_repository") if r["values"]["force_delete"]]
    return wrong


def dead_letters(d):
    wrong = []
    watched = {
        a["dimensions"]["QueueName"]
        for a in d.values("aws_cloudwatch_metric_alarm")
        if a["metric_name"] == "ApproximateNumberOfMessagesVisible" and a["threshold"] == 0 and a["alarm_actions"]
    }
    redrive = {v["queue_url"].rsplit("/", 1)[1]: json.loads(v["redrive_policy"]) for v in d.values("aws_sqs_queue_redrive_policy")}
    ends = set()
    for m in d.values("aws_lambda_event_source_mapping"):
        source = m["event_source_arn"]
        if ":sqs:" in source:
            queue = source.rsplit(":", 1)[1]
            if queue not in redrive:
                wrong.append(f"queue {queue} is read by a function and has no dead-letter queue")
            else:
                ends.add(redrive[queue]["deadLetterTargetArn"].rsplit(":", 1)[1])
        elif not m["destination_config"]:
            wrong.append(f"the mapping of {source} gives up into nothing")
        else:
            ends.add(m["destination_config"][0]["on_failure"][0]["destination_arn"].rsplit(":", 1)[1])
    for r in d.of("aws_cloudwatch_event_target") + d.of("aws_cloudwatch_event_bus"):
        if not r["values"]["dead_letter_config"]:
            wrong.append(f"{r['address']} has no dead-letter queue")
        else:
            ends.add(r["values"]["dead_letter_config"][0]["arn"].rsplit(":", 1)[1])
    for r in d.of("aws_scheduler_schedule"):
        if not r["values"]["target"][0]["dead_letter_config"]:
            wrong.append(f"{r['address']} has no dead-letter queue")
        else:
            ends.add(r["values"]["target"][0]["dead_letter_config"][0]["arn"].rsplit(":", 1)[1])
    wrong += [f"nobody is told when something lies in {queue}" for queue in sorted(ends - watched)]
    wrong += [
        f"alarm {a['alarm_name']} tells nobody"
        for a in d.values("aws_cloudwatch_metric_alarm")
        if not a["alarm_actions"] and not a["alarm_name"].endswith("-retrain")
    ]
    return wrong


def retry_limits(d):
    wrong = []
    for r in d.of("aws_lambda_event_source_mapping"):
        v = r["values"]
        if ":dynamodb:" in v["event_source_arn"]:
            for field in ("maximum_retry_attempts", "maximum_record_age_in_seconds"):
                if v[field] is None or v[field] < 0:
                    wrong.append(f"{r['address']}: {field} is not limited, and a bad record would stop the shard")
            if not v["bisect_batch_on_function_error"]:
                wrong.append(f"{r['address']}: a bad record takes its whole batch with it")
        if v["function_response_types"] != ["ReportBatchItemFailures"]:
            wrong.append(f"{r['address']}: the function's answer is not read")
    return wrong


def visibility(d):
    wrong = []
    timeouts = {v["function_name"]: v["timeout"] for v in d.values("aws_lambda_function")}
    queues = {v["name"]: v["visibility_timeout_seconds"] for v in d.values("aws_sqs_queue")}
    for m in d.values("aws_lambda_event_source_mapping"):
        if ":sqs:" in m["event_source_arn"]:
            queue, function = m["event_source_arn"].rsplit(":", 1)[1], m["function_name"].split(":")[6]
            if queues[queue] < 6 * timeouts[function]:
                wrong.append(f"queue {queue} hides messages {queues[queue]} s, less than 6 times the {timeouts[function]} s of {function}")
    return wrong


def authorisation(d):
    wrong = [
        f"route {v['route_key']} lets in everybody"
        for v in d.values("aws_apigatewayv2_route")
        if v["authorization_type"] != "JWT" and v["route_key"] not in OPEN_ROUTES
    ]
    api = d.description["api"]
    for v in d.values("aws_apigatewayv2_route"):
        scopes = api["authorizer"]["routeScopes"].get(v["route_key"])
        if scopes is not None and sorted(v["authorization_scopes"] or []) != sorted(scopes):
            wrong.append(f"route {v['route_key']} asks for {v['authorization_scopes']}, not for {scopes}")
    rates = {s["route_key"]: s for v in d.values("aws_apigatewayv2_stage") for s in v["route_settings"]}
    for key in d.description["routes"]:
        limit = api["routeLimits"].get(key, api["limits"])
        if key not in rates or rates[key]["throttling_rate_limit"] > limit["ratePerSecond"] or rates[key]["throttling_burst_limit"] > limit["burst"]:
            wrong.append(f"route {key} takes more than the {limit['ratePerSecond']} requests a second of the description")
    return wrong


def tags(d):
    return [
        f"{r['address']} is not tagged with {tag}"
        for r in d.resources
        if isinstance(r["values"].get("tags_all"), dict)
        for tag in ("application", "environment", "managed-by")
        if tag not in r["values"]["tags_all"]
    ]


def same_as_description(d):
    """Whatever the description says is there, and nothing else is."""
    wrong = []
    said = d.description

    def compare(what, there, described, extra=frozenset()):
        for name in sorted(described.keys() | there.keys()):
            if name not in described:
                if name not in extra:
                    wrong.append(f"{what} {name} is not described")
            elif name not in there:
                wrong.append(f"{what} {name} is described and not there")
            elif there[name] != described[name]:
                wrong.append(f"{what} {name} is {there[name]}, described as {described[name]}")

    names = {}
    for v in d.values("aws_dynamodb_table"):
        names["table:" + d.short(v["name"])] = v["name"]
    for v in d.values("aws_s3_bucket"):
        names["bucket:" + d.short(v["bucket"])] = v["bucket"]
    for v in d.values("aws_sqs_queue"):
        names["queue:" + d.short(v["name"])] = v["url"]

    def fill(text):
        return re.sub(r"\$\{([a-z]+:[^}:]+)(?::read)?\}", lambda m: names[m.group(1)], text)

    compare(
        "table",
        {
            d.short(v["name"]): {
                "hashKey": v["hash_key"],
                "attributes": {a["name"]: a["type"] for a in v["attribute"]},
                "indexes": {i["name"]: {"hashKey": i["hash_key"], "projection": i["projection_type"]} for i in v["global_secondary_index"]},
                "stream": v["stream_view_type"] if v["stream_enabled"] else None,
            }
            for v in d.values("aws_dynamodb_table")
        },
        said["tables"],
    )
    redrive = {v["queue_url"].rsplit("/", 1)[1]: json.loads(v["redrive_policy"]) for v in d.values("aws_sqs_queue_redrive_policy")}

    def dead_letter(name):
        if name not in redrive:
            return None
        return {"queue": d.short(redrive[name]["deadLetterTargetArn"].rsplit(":", 1)[1]), "maxReceiveCount": redrive[name]["maxReceiveCount"]}

    compare(
        "queue",
        {
            d.short(v["name"]): {
                "visibilityTimeoutSeconds": v["visibility_timeout_seconds"],
                "retentionSeconds": v["message_retention_seconds"],
                "deadLetter": dead_letter(v["name"]),
            }
            for v in d.values("aws_sqs_queue")
        },
        said["queues"],
        AWS_QUEUES,
    )
    versioned = {v["bucket"] for v in d.values("aws_s3_bucket_versioning")}
    compare(
        "bucket",
        {d.short(v["bucket"]): {"versioned": v["bucket"] in versioned} for v in d.values("aws_s3_bucket")},
        said["buckets"],
        AWS_BUCKETS,
    )
    compare(
        "function",
        {
            d.short(v["function_name"]): {
                "handler": v["handler"],
                "memoryMegabytes": v["memory_size"],
                "timeoutSeconds": v["timeout"],
                "environment": v["environment"][0]["variables"],
            }
            for v in d.values("aws_lambda_function")
        },
        {
            name: {
                "handler": f["handler"],
                "memoryMegabytes": f["memoryMegabytes"],
                "timeoutSeconds": f["timeoutSeconds"],
                "environment": {variable: fill(value) for variable, value in f["environment"].items()},
            }
            for name, f in said["functions"].items()
        },
    )

    def mapping(v):
        common = {
            "function": d.short(v["function_name"].split(":")[6]),
            "batchSize": v["batch_size"],
            "windowSeconds": v["maximum_batching_window_in_seconds"],
            "reportBatchItemFailures": v["function_response_types"] == ["ReportBatchItemFailures"],
        }
        if ":sqs:" in v["event_source_arn"]:
            return common | {
                "queue": d.short(v["event_source_arn"].rsplit(":", 1)[1]),
                "maximumConcurrency": v["scaling_config"][0]["maximum_concurrency"] if v["scaling_config"] else None,
            }
        return common | {
            "table": d.short(re.search(r"table/([^/]+)/stream", v["event_source_arn"]).group(1)),
            "bisectBatchOnFunctionError": v["bisect_batch_on_function_error"],
            "maximumRetryAttempts": v["maximum_retry_attempts"],
            "maximumRecordAgeSeconds": v["maximum_record_age_in_seconds"],
            "onFailure": d.short(v["destination_config"][0]["on_failure"][0]["destination_arn"].rsplit(":", 1)[1]) if v["destination_config"] else None,
            "filters": sorted((f["pattern"] for c in v["filter_criteria"] for f in c["filter"]), key=str),
        }

    compare(
        "mapping",
        {r["index"]: mapping(r["values"]) for r in d.of("aws_lambda_event_source_mapping")},
        {
            name: m | ({"filters": sorted(json.dumps(f, separators=(",", ":"), sort_keys=True) for f in m["filters"])} if "filters" in m else {})
            for name, m in said["mappings"].items()
        },
    )
    integrations = {r["values"]["id"]: r for r in d.of("aws_apigatewayv2_integration")}

    def leads_to(target):
        r = integrations[target.removeprefix("integrations/")]
        if r["name"] == "function":
            return {"function": d.short(r["values"]["integration_uri"].split(":function:")[1].split(":")[0])}
        return {"queue": d.short(r["values"]["request_parameters"]["QueueUrl"].rsplit("/", 1)[1])}

    compare("route", {v["route_key"]: leads_to(v["target"]) for v in d.values("aws_apigatewayv2_route")}, said["routes"])
    return wrong


def retries_of_jobs(d):
    """docs/batch.md explains the rules, and a test of the training program keeps that page and its exit codes together."""
    block = json.loads(re.search(r"```json\n(.*?)```", d.batch_page, re.S).group(1))
    named = {"onStatusReason": "on_status_reason", "onReason": "on_reason", "onExitCode": "on_exit_code", "action": "action"}
    rules = [{named[k]: v.lower() if k == "action" else v for k, v in rule.items()} for rule in block["evaluateOnExit"]]
    wrong = []
    for r in d.of("aws_batch_job_definition"):
        retry = r["values"]["retry_strategy"][0]
        there = [{k: v.lower() if k == "action" else v for k, v in rule.items() if v} for rule in retry["evaluate_on_exit"]]
        if retry["attempts"] != block["attempts"] or there != rules:
            wrong.append(f"{r['address']} is not tried again as docs/batch.md says: {there}")
    return wrong


def runbook(d):
    """Each alarm has its line in the runbook, found by its name, in which … stands for anything."""
    known = re.findall(r"^\| `(…-[a-z…-]+)` \|", d.operations_page, re.M)
    return [
        f"alarm {v['alarm_name']} is not in docs/operations.md"
        for v in d.values("aws_cloudwatch_metric_alarm")
        if not any(fnmatch.fnmatchcase(v["alarm_name"], name.replace("…", "*")) for name in known)
    ]


def tls(plan):
    """On the plan before the apply, which has what the test server cannot take: buckets answer over TLS only."""
    created = {r["address"]: r["change"]["after"] for r in plan["resource_changes"] if r["change"]["actions"] == ["create"]}
    denying = {
        address.rsplit("[", 1)[1]
        for address, v in created.items()
        if ".aws_s3_bucket_policy." in address
        and any(s["Effect"] == "Deny" and s["Condition"] == {"Bool": {"aws:SecureTransport": "false"}} for s in statements(v["policy"]))
    }
    return [f"{a} answers without TLS" for a in created if ".aws_s3_bucket.this[" in a and a.rsplit("[", 1)[1] not in denying]


CHECKS = [
    least_privilege,
    encryption,
    retention,
    recovery,
    protection,
    dead_letters,
    retry_limits,
    visibility,
    authorisation,
    tags,
    same_as_description,
    retries_of_jobs,
    runbook,
]


def any_true(unknown):
    """Whether any part of a value is not known yet."""
    if isinstance(unknown, dict):
        return any(any_true(v) for v in unknown.values())
    if isinstance(unknown, list):
        return any(any_true(v) for v in unknown)
    return bool(unknown)


def drift(plan):
    """What a plan after an apply would change, but for what is known of the test server."""
    wrong = []
    for r in plan.get("resource_changes", []):
        change = r["change"]
        if change["actions"] in (["no-op"], ["read"]):
            continue
        if change["actions"] != ["update"]:
            wrong.append(f"{r['address']} would be changed by {'/'.join(change['actions'])}")
            continue
        before, after, unknown = change["before"], change["after"], change["after_unknown"]
        changed = {k for k in before.keys() | after.keys() if not any_true(unknown.get(k)) and before.get(k) != after.get(k)}
        changed |= {k for k, v in unknown.items() if any_true(v)}
        for attribute in sorted(changed - FALSE_DRIFT.get(r["type"], set())):
            wrong.append(f"{r['address']}: {attribute} would change from {before.get(attribute)!r} to {after.get(attribute)!r}")
    for name, change in plan.get("output_changes", {}).items():
        if change["actions"] != ["no-op"] and name not in FALSE_OUTPUTS:
            wrong.append(f"output {name} would change")
    return wrong
