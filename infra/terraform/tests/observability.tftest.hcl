# every rule of modules/observability refuses what it is there for; the first run shows that the values around are right

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
}

variables {
  prefix      = "lmmrec-test"
  functions   = { f = { name = "f", log_group_name = "/aws/lambda/f" } }
  tables      = { t = ["by-user"] }
  queues      = ["q"]
  api_id      = "a"
  log_alarms  = {}
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/k"
}

run "right" {
  command = plan
  module {
    source = "../modules/observability"
  }
}

run "each_variable_refuses" {
  command = plan
  module {
    source = "../modules/observability"
  }
  variables {
    # upper case
    prefix = "Lmmrec"
    # not an arn
    kms_key_arn = "alias/key"
    # no address
    alarm_emails = ["oncall"]
    # none
    tables = {}
    # none
    queues = []
    # empty
    api_id = ""
    # unknown function
    log_alarms = { x = { function = "g", pattern = "x", description = "x" } }
    # unknown function
    drift = { function = "g" }
  }
  expect_failures = [
    var.prefix,
    var.kms_key_arn,
    var.alarm_emails,
    var.tables,
    var.queues,
    var.api_id,
    var.log_alarms,
    var.drift,
  ]
}

run "functions_none" {
  command = plan
  module {
    source = "../modules/observability"
  }
  variables {
    # none
    functions = {}
  }
  expect_failures = [var.functions]
}

run "drift_is_a_share_against_its_usual_band" {
  command = plan
  module {
    source = "../modules/observability"
  }
  variables {
    drift = { function = "f", band = 2, facets = ["price"] }
  }
  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.drift)) == toset(["without-motive", "dropped-quotes", "review-cost", "facet-price"])
    error_message = "one alarm for each share"
  }
  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.drift : alarm.threshold_metric_id == "usual" && length(alarm.metric_query) == 4])
    error_message = "each compares a share of two metrics with its band"
  }
  assert {
    condition     = anytrue([for query in aws_cloudwatch_metric_alarm.drift["facet-price"].metric_query : query.expression == "ANOMALY_DETECTION_BAND(share, 2)"])
    error_message = "the band is as wide as asked for"
  }
}

run "throttling_of_a_table_and_its_indexes_is_one_alarm" {
  command = plan
  module {
    source = "../modules/observability"
  }
  assert {
    condition = toset([for query in aws_cloudwatch_metric_alarm.table["t"].metric_query : "${query.metric[0].metric_name} ${lookup(query.metric[0].dimensions, "GlobalSecondaryIndexName", "")}" if length(query.metric) > 0]) == toset([
      "ReadThrottleEvents ", "WriteThrottleEvents ", "ReadThrottleEvents by-user", "WriteThrottleEvents by-user"
    ])
    error_message = "reads and writes of the table and of its index are looked at"
  }
}

run "drift_of_nothing_makes_no_alarm" {
  command = plan
  module {
    source = "../modules/observability"
  }
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.drift) == 0
    error_message = "without drift there is none"
  }
}
