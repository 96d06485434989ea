# every rule of environments/prod refuses what it is there for; the first run shows that the values around are right

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

mock_provider "aws" {
  alias = "us_east_1"
}

variables {
  region   = "eu-central-1"
  packages = { extraction = "package.zip", embedding = "package.zip", scoring = "package.zip" }
  jwt      = { issuer = "https://login.example.com/", audience = ["lmmrec"] }
}

run "right" {
  command = plan
  module {
    source = "../environments/prod"
  }
}

run "each_variable_refuses" {
  command = plan
  module {
    source = "../environments/prod"
  }
  variables {
    # guessable
    edge = { stage = "prod" }
    # no region
    region = "Frankfurt"
    # reserved
    tags = { "aws:owner" = "me" }
    # no https
    jwt = { issuer = "http://login.example.com/", audience = ["lmmrec"] }
    # no vpc
    training = { network = { vpc_id = "default", subnet_ids = ["subnet-1"] }, image_tag = "1.0" }
    # no address
    alarm_emails = ["oncall"]
    # not an arn
    kms_key_arn = "alias/key"
    # not an arn
    permissions_boundary_arn = "boundary"
    # no subnet
    function_network = { subnet_ids = [], security_group_ids = ["sg-1"] }
    # container
    packaging = "container"
    # unknown processor
    architecture = "riscv64"
    # no zip
    packages = { scoring = "package.jar" }
    # latest
    pinned_versions = { scoring = "$LATEST" }
    # bad name
    settings = { scoring = { "A-B" = "1" } }
    # bad name
    secrets = { scoring = { "A-B" = "1" } }
    # a name
    bedrock_models = { extraction = ["amazon.nova-lite-v1:0"] }
    # below none
    reserved_concurrency = { scoring = -1 }
    # every origin
    cors_origins = ["*"]
    # no account
    sender_account_ids = ["me"]
  }
  expect_failures = [
    var.edge,
    var.region,
    var.tags,
    var.jwt,
    var.training,
    var.alarm_emails,
    var.kms_key_arn,
    var.permissions_boundary_arn,
    var.function_network,
    var.packaging,
    var.architecture,
    var.packages,
    var.pinned_versions,
    var.settings,
    var.secrets,
    var.bedrock_models,
    var.reserved_concurrency,
    var.cors_origins,
    var.sender_account_ids,
  ]
}

run "secret_is_taken" {
  command = plan
  module {
    source = "../environments/prod"
  }
  variables {
    secrets = { extraction = { LMMREC_OPENAI_API_KEY_SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:openai-AbCdEf" } }
  }
  assert {
    condition     = module.system.prefix == "lmmrec-prod"
    error_message = "the reference to a secret is taken"
  }
}

run "edge_takes_over_the_address" {
  command = plan
  module {
    source = "../environments/prod"
  }
  variables {
    edge = { stage = "0123456789abcdef0123456789abcdef" }
  }
  assert {
    condition     = length(module.edge) == 1
    error_message = "the distribution is there"
  }
}
