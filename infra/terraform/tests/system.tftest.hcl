# every rule of modules/system refuses what it is there for; the first run shows that the values around are right

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
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/k" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:123456789012:t" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:123456789012:q" }
  }
  mock_resource "aws_dynamodb_table" {
    defaults = { stream_arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/t/stream/1" }
  }
}

variables {
  environment        = "test"
  description_file   = "../../deployment.json"
  repository         = "../../.."
  packages           = { extraction = "package.zip", embedding = "package.zip", scoring = "package.zip" }
  protect            = false
  recovery_days      = 1
  log_retention_days = 7
  allow_anonymous    = true
  throttle           = { rate = 10, burst = 20 }
  training           = { network = { vpc_id = "vpc-1", subnet_ids = ["subnet-1"] }, image_tag = "1.0" }
}

run "right" {
  command = plan
  module {
    source = "../modules/system"
  }
}

run "each_variable_refuses" {
  command = plan
  module {
    source = "../modules/system"
  }
  variables {
    # not an arn
    kms_key_arn = "alias/key"
    # not an arn
    permissions_boundary_arn = "boundary"
    # unknown days
    log_retention_days = 31
    # hyphen
    environment = "pre-prod"
    # empty
    repository = ""
    # container
    packaging = "container"
    # unknown processor
    architecture = "riscv64"
    # unknown function
    pinned_versions = { other = "1" }
    # unknown function
    settings = { other = {} }
    # unknown function
    secrets = { other = {} }
    # unknown function
    bedrock_models = { other = [] }
    # unknown function
    reserved_concurrency = { other = 1 }
    # no subnet
    function_network = { subnet_ids = [], security_group_ids = ["sg-1"] }
    # too long
    recovery_days = 36
    # no address
    alarm_emails = ["oncall"]
    # no https
    jwt = { issuer = "http://login.example.com/", audience = ["lmmrec"] }
    # nothing at all
    throttle = { rate = 0, burst = 20 }
    # every origin
    cors_origins = ["*"]
    # guessable
    api_stage = "prod"
    # no account
    sender_account_ids = ["me"]
    # no share
    training = { network = { vpc_id = "vpc-1", subnet_ids = ["subnet-1"] }, image_tag = "1.0", gate = { metric = "test.recall@20", tolerance = 2 } }
  }
  expect_failures = [
    var.kms_key_arn,
    var.permissions_boundary_arn,
    var.log_retention_days,
    var.environment,
    var.repository,
    var.packaging,
    var.architecture,
    var.pinned_versions,
    var.settings,
    var.secrets,
    var.bedrock_models,
    var.reserved_concurrency,
    var.function_network,
    var.recovery_days,
    var.alarm_emails,
    var.jwt,
    var.throttle,
    var.cors_origins,
    var.api_stage,
    var.sender_account_ids,
    var.training,
  ]
}

run "description_file_no_json" {
  command = plan
  module {
    source = "../modules/system"
  }
  variables {
    # no json
    description_file = "versions.tf"
  }
  expect_failures = [var.description_file]
}

run "secrets_that_are_none" {
  command = plan
  module {
    source = "../modules/system"
  }
  variables {
    # the key itself
    secrets = { extraction = { LMMREC_OPENAI_API_KEY = "k" } }
  }
  expect_failures = [var.secrets]
}

run "bedrock_models_that_are_none" {
  command = plan
  module {
    source = "../modules/system"
  }
  variables {
    # a name
    bedrock_models = { extraction = ["amazon.nova-lite-v1:0"] }
  }
  expect_failures = [var.bedrock_models]
}

run "packages_unknown_function" {
  command = plan
  module {
    source = "../modules/system"
  }
  variables {
    # unknown function
    packages = { other = "package.zip" }
  }
  expect_failures = [var.packages]
}
