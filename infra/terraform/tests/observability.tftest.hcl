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
  tables      = ["t"]
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
    tables = []
    # none
    queues = []
    # empty
    api_id = ""
    # unknown function
    log_alarms = { x = { function = "g", pattern = "x", description = "x" } }
  }
  expect_failures = [
    var.prefix,
    var.kms_key_arn,
    var.alarm_emails,
    var.tables,
    var.queues,
    var.api_id,
    var.log_alarms,
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
