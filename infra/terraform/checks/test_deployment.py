"""Shows of each check that it can fail: one fault is put into what was applied, and the check must name it."""

import copy
import json
import sys

import deployment


def resource(d, kind, **wanted):
    for r in d.of(kind):
        if all(r["values"].get(k) == v for k, v in wanted.items()):
            return r["values"]
    raise LookupError(f"no {kind} with {wanted}")


def mapping(d, source):
    return next(v for v in d.values("aws_lambda_event_source_mapping") if f":{source}:" in v["event_source_arn"])


def rewrite(values, change):
    policy = json.loads(values["policy"])
    change(policy["Statement"])
    values["policy"] = json.dumps(policy)


def put(values, **changes):
    values.update(changes)


def drop(d, kind, condition=lambda v: True):
    d.resources = [r for r in d.resources if r["type"] != kind or not condition(r["values"])]


def add_action(d, action):
    rewrite(d.values("aws_iam_role_policy")[0], lambda s: s[0]["Action"].append(action))


# check, what the fault is, how it is made
FAULTS = [
    ("least_privilege", "a wildcard action", lambda d: add_action(d, "s3:*")),
    ("least_privilege", "a wildcard resource", lambda d: rewrite(d.values("aws_iam_role_policy")[0], lambda s: [x.update(Resource="*") for x in s])),
    ("least_privilege", "another managed policy", lambda d: put(d.values("aws_iam_role_policy_attachment")[0], policy_arn="arn:aws:iam::aws:policy/AdministratorAccess")),
    ("least_privilege", "a role for everybody", lambda d: put(d.values("aws_iam_role")[0], assume_role_policy='{"Statement":[{"Principal":{"AWS":"*"}}]}')),
    ("least_privilege", "a queue for everybody", lambda d: rewrite(d.values("aws_sqs_queue_policy")[0], lambda s: s.append({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sqs:SendMessage", "Resource": "x", "Condition": {}}))),
    ("least_privilege", "a service in anybody's name", lambda d: rewrite(d.values("aws_sns_topic_policy")[0], lambda s: s[0].pop("Condition"))),
    ("encryption", "a table", lambda d: put(d.values("aws_dynamodb_table")[0], server_side_encryption=[])),
    ("encryption", "a queue", lambda d: put(d.values("aws_sqs_queue")[0], kms_master_key_id=None)),
    ("encryption", "a topic", lambda d: put(d.values("aws_sns_topic")[0], kms_master_key_id=None)),
    ("encryption", "a log", lambda d: put(d.values("aws_cloudwatch_log_group")[0], kms_key_id=None)),
    ("encryption", "a function's variables", lambda d: put(d.values("aws_lambda_function")[0], kms_key_arn=None)),
    ("encryption", "a bucket", lambda d: drop(d, "aws_s3_bucket_server_side_encryption_configuration")),
    ("encryption", "a public bucket", lambda d: put(d.values("aws_s3_bucket_public_access_block")[0], block_public_acls=False)),
    ("encryption", "a key that never changes", lambda d: put(d.values("aws_kms_key")[0], enable_key_rotation=False)),
    ("retention", "a log for ever", lambda d: put(d.values("aws_cloudwatch_log_group")[0], retention_in_days=0)),
    ("retention", "no log group", lambda d: drop(d, "aws_cloudwatch_log_group")),
    ("retention", "old versions for ever", lambda d: drop(d, "aws_s3_bucket_lifecycle_configuration")),
    ("recovery", "no restore", lambda d: put(d.values("aws_dynamodb_table")[0], point_in_time_recovery=[{"enabled": False}])),
    ("recovery", "no versions", lambda d: drop(d, "aws_s3_bucket_versioning")),
    ("protection", "a table", lambda d: put(d.values("aws_dynamodb_table")[0], deletion_protection_enabled=False)),
    ("protection", "a bucket", lambda d: put(d.values("aws_s3_bucket")[0], force_destroy=True)),
    ("dead_letters", "a queue without", lambda d: drop(d, "aws_sqs_queue_redrive_policy")),
    ("dead_letters", "a stream without", lambda d: put(mapping(d, "dynamodb"), destination_config=[])),
    ("dead_letters", "an event target without", lambda d: put(d.values("aws_cloudwatch_event_target")[0], dead_letter_config=[])),
    ("dead_letters", "a schedule without", lambda d: put(d.values("aws_scheduler_schedule")[0]["target"][0], dead_letter_config=[])),
    ("dead_letters", "nobody told", lambda d: drop(d, "aws_cloudwatch_metric_alarm", lambda v: v["metric_name"] == "ApproximateNumberOfMessagesVisible")),
    ("dead_letters", "an alarm that tells nobody", lambda d: put(resource(d, "aws_cloudwatch_metric_alarm", metric_name="Errors"), alarm_actions=[])),
    ("retry_limits", "for ever", lambda d: put(mapping(d, "dynamodb"), maximum_retry_attempts=-1)),
    ("retry_limits", "any age", lambda d: put(mapping(d, "dynamodb"), maximum_record_age_in_seconds=-1)),
    ("retry_limits", "whole batches", lambda d: put(mapping(d, "dynamodb"), bisect_batch_on_function_error=False)),
    ("retry_limits", "an answer unread", lambda d: put(mapping(d, "sqs"), function_response_types=[])),
    ("visibility", "too short", lambda d: [put(v, visibility_timeout_seconds=30) for v in d.values("aws_sqs_queue")]),
    ("authorisation", "an open route", lambda d: put(resource(d, "aws_apigatewayv2_route", route_key="POST /v1/reviews"), authorization_type="NONE")),
    ("authorisation", "a route without its scope", lambda d: put(resource(d, "aws_apigatewayv2_route", route_key="POST /v1/reviews"), authorization_scopes=[])),
    ("authorisation", "a route without a rate", lambda d: d.values("aws_apigatewayv2_stage")[0]["route_settings"].pop()),
    ("tags", "none", lambda d: put(d.values("aws_sqs_queue")[0], tags_all={})),
    ("same_as_description", "memory", lambda d: put(d.values("aws_lambda_function")[0], memory_size=64)),
    ("same_as_description", "timeout", lambda d: put(d.values("aws_lambda_function")[0], timeout=1)),
    ("same_as_description", "a variable", lambda d: d.values("aws_lambda_function")[0]["environment"][0]["variables"].update(MORE="1")),
    ("same_as_description", "a batch size", lambda d: put(mapping(d, "sqs"), batch_size=1)),
    ("same_as_description", "a filter", lambda d: put(mapping(d, "dynamodb"), filter_criteria=[])),
    ("same_as_description", "a route less", lambda d: drop(d, "aws_apigatewayv2_route", lambda v: v["route_key"] == "GET /v1/health")),
    ("same_as_description", "a route elsewhere", lambda d: put(resource(d, "aws_apigatewayv2_route", route_key="GET /v1/health"), target=resource(d, "aws_apigatewayv2_route", route_key="POST /v1/reviews")["target"])),
    ("same_as_description", "a table's key", lambda d: put(d.values("aws_dynamodb_table")[0], hash_key="other")),
    ("same_as_description", "a queue's retention", lambda d: put(resource(d, "aws_sqs_queue", name=d.prefix() + "-reviews"), message_retention_seconds=60)),
    ("same_as_description", "a table nobody described", lambda d: d.description["tables"].pop("profiles")),
    ("retries_of_jobs", "another order", lambda d: d.values("aws_batch_job_definition")[0]["retry_strategy"][0]["evaluate_on_exit"].reverse()),
    ("runbook", "an alarm without a line", lambda d: put(d.values("aws_cloudwatch_metric_alarm")[0], alarm_name="lmmrec-prod-something-new")),
]


def run(first, plan, d):
    """Tries all faults on what was applied and on the first plan; returns 1 if one was not found."""
    missed = []
    untried = {check.__name__ for check in deployment.CHECKS} - {name for name, _, _ in FAULTS}
    missed += [f"{name} was never shown to fail" for name in sorted(untried)]
    for name, what, make in FAULTS:
        broken = copy.copy(d)
        broken.resources, broken.description = copy.deepcopy(d.resources), copy.deepcopy(d.description)
        make(broken)
        if not getattr(deployment, name)(broken):
            missed.append(f"{name} did not find: {what}")
    changed = copy.deepcopy(plan)
    table = next(r for r in changed["resource_changes"] if r["type"] == "aws_dynamodb_table")
    table["change"]["actions"] = ["update"]
    table["change"]["after"]["billing_mode"] = "PROVISIONED"
    if not deployment.drift(changed):
        missed.append("drift did not find a changed table")
    without = copy.deepcopy(first)
    without["resource_changes"] = [r for r in without["resource_changes"] if r["type"] != "aws_s3_bucket_policy"]
    if not deployment.tls(without):
        missed.append("tls did not find a bucket without a policy")
    for line in missed:
        print(line, file=sys.stderr)
    print(f"{len(FAULTS) + 2} faults put in, {len(missed)} not found")
    return 1 if missed else 0
