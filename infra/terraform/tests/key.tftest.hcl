# every rule of modules/key refuses what it is there for; the first run shows that the values around are right

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
}

run "right" {
  command = plan
  module {
    source = "../modules/key"
  }
}

run "each_variable_refuses" {
  command = plan
  module {
    source = "../modules/key"
  }
  variables {
    # upper case
    prefix = "Lmmrec"
    # too short
    deletion_window_days = 1
  }
  expect_failures = [var.prefix, var.deletion_window_days]
}
