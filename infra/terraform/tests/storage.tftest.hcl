# every rule of modules/storage refuses what it is there for; the first run shows that the values around are right

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
  tables      = { things = { hashKey = "id", attributes = { id = "S" }, indexes = {}, stream = null } }
  buckets     = { artefacts = { versioned = true } }
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/k"
  protect     = true
}

run "right" {
  command = plan
  module {
    source = "../modules/storage"
  }
}

run "each_variable_refuses" {
  command = plan
  module {
    source = "../modules/storage"
  }
  variables {
    # upper case
    prefix = "Lmmrec"
    # not an arn
    kms_key_arn = "alias/key"
    # unknown key
    tables = { things = { hashKey = "other", attributes = { id = "S" }, indexes = {}, stream = null } }
    # long name
    buckets = { much-too-long-a-name = { versioned = true } }
    # unrecoverable
    recovery_days = 1
  }
  expect_failures = [
    var.prefix,
    var.kms_key_arn,
    var.tables,
    var.buckets,
    var.protect,
  ]
}

run "further_rules_refuse" {
  command = plan
  module {
    source = "../modules/storage"
  }
  variables {
    # unknown type
    tables = { things = { hashKey = "id", attributes = { id = "M" }, indexes = {}, stream = null } }
    # too long
    recovery_days = 36
  }
  expect_failures = [var.tables, var.recovery_days]
}

run "everything_protected_and_recoverable" {
  command = plan
  module {
    source = "../modules/storage"
  }
  variables {
    recovery_days = 35
  }
  assert {
    condition     = alltrue([for table in aws_dynamodb_table.this : table.deletion_protection_enabled && table.point_in_time_recovery[0].enabled])
    error_message = "tables refuse to be deleted and can be restored"
  }
}
