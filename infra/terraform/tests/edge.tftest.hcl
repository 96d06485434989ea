# every rule of modules/edge refuses what it is there for; the first run shows that the values around are right

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
  prefix = "lmmrec-test"
  origin = { endpoint = "https://a.execute-api.eu-central-1.amazonaws.com", stage = "0123456789abcdef0123456789abcdef" }
}

run "right" {
  command = plan
  module {
    source = "../modules/edge"
  }
}

run "each_variable_refuses" {
  command = plan
  module {
    source = "../modules/edge"
  }
  variables {
    # upper case
    prefix = "Lmmrec"
    # guessable
    origin = { endpoint = "https://a.execute-api.eu-central-1.amazonaws.com", stage = "prod" }
    # other region
    domain = { names = ["a.example.com"], certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/c" }
    # too few
    requests_per_five_minutes = 1
  }
  expect_failures = [
    var.prefix,
    var.origin,
    var.domain,
    var.requests_per_five_minutes,
  ]
}
