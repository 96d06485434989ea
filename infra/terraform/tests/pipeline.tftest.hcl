# every rule of modules/pipeline refuses what it is there for; the first run shows that the values around are right

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
  prefix          = "lmmrec-test"
  queues          = { reviews = { visibilityTimeoutSeconds = 360, retentionSeconds = 345600, deadLetter = { queue = "dlq", maxReceiveCount = 3 } }, dlq = { visibilityTimeoutSeconds = 30, retentionSeconds = 1209600 } }
  streams         = { things = "arn:aws:dynamodb:eu-central-1:123456789012:table/things/stream/1" }
  functions       = { f = { name = "f", alias_arn = "arn:aws:lambda:eu-central-1:123456789012:function:f:live", alias_name = "live", timeout_seconds = 60 } }
  mappings        = { m = { queue = "reviews", function = "f", batchSize = 10, windowSeconds = 0, reportBatchItemFailures = true } }
  kms_key_arn     = "arn:aws:kms:eu-central-1:123456789012:key/k"
  alarm_topic_arn = "arn:aws:sns:eu-central-1:123456789012:t"
}

run "right" {
  command = plan
  module {
    source = "../modules/pipeline"
  }
}

run "each_variable_refuses" {
  command = plan
  module {
    source = "../modules/pipeline"
  }
  variables {
    # upper case
    prefix = "Lmmrec"
    # not an arn
    kms_key_arn = "alias/key"
    # not an arn
    alarm_topic_arn = "topic"
    # no stream arn
    streams = { things = "arn:aws:dynamodb:eu-central-1:123456789012:table/things" }
    # too long
    functions = { f = { name = "f", alias_arn = "arn:aws:lambda:eu-central-1:123456789012:function:f:live", alias_name = "live", timeout_seconds = 901 } }
    # unknown queue
    review_queue = "other"
    # no account
    sender_account_ids = ["me"]
    # too eager
    backlog_seconds_max = 1
  }
  expect_failures = [
    var.prefix,
    var.kms_key_arn,
    var.alarm_topic_arn,
    var.streams,
    var.functions,
    var.review_queue,
    var.sender_account_ids,
    var.backlog_seconds_max,
  ]
}

run "queues_unknown_dead_letters" {
  command = plan
  module {
    source = "../modules/pipeline"
  }
  variables {
    # unknown dead letters
    queues = { reviews = { visibilityTimeoutSeconds = 360, retentionSeconds = 345600, deadLetter = { queue = "other", maxReceiveCount = 3 } }, dlq = { visibilityTimeoutSeconds = 30, retentionSeconds = 1209600 } }
  }
  expect_failures = [var.queues]
}

run "queues_for_ever" {
  command = plan
  module {
    source = "../modules/pipeline"
  }
  variables {
    # for ever
    queues = { reviews = { visibilityTimeoutSeconds = 360, retentionSeconds = 1209601, deadLetter = { queue = "dlq", maxReceiveCount = 3 } }, dlq = { visibilityTimeoutSeconds = 30, retentionSeconds = 1209600 } }
  }
  expect_failures = [var.queues]
}

run "mappings_two_sources" {
  command = plan
  module {
    source = "../modules/pipeline"
  }
  variables {
    # two sources
    mappings = { m = { queue = "reviews", table = "things", function = "f", batchSize = 10, windowSeconds = 0, reportBatchItemFailures = true, maximumRetryAttempts = 1, maximumRecordAgeSeconds = 60, onFailure = "dlq" } }
  }
  expect_failures = [var.mappings]
}

run "mappings_unknown_function" {
  command = plan
  module {
    source = "../modules/pipeline"
  }
  variables {
    # unknown function
    mappings = { m = { table = "things", function = "g", batchSize = 10, windowSeconds = 0, reportBatchItemFailures = true, maximumRetryAttempts = 1, maximumRecordAgeSeconds = 60, onFailure = "dlq" } }
  }
  expect_failures = [var.mappings]
}

run "mappings_short_visibility" {
  command = plan
  module {
    source = "../modules/pipeline"
  }
  variables {
    # short visibility
    mappings = { m = { queue = "short", function = "f", batchSize = 10, windowSeconds = 0, reportBatchItemFailures = true } }
    queues   = { reviews = { visibilityTimeoutSeconds = 360, retentionSeconds = 60 }, short = { visibilityTimeoutSeconds = 359, retentionSeconds = 60, deadLetter = { queue = "reviews", maxReceiveCount = 3 } } }
  }
  expect_failures = [var.mappings]
}

run "mappings_no_dead_letters" {
  command = plan
  module {
    source = "../modules/pipeline"
  }
  variables {
    # no dead letters
    mappings = { m = { queue = "dlq", function = "f", batchSize = 10, windowSeconds = 0, reportBatchItemFailures = true } }
    queues   = { reviews = { visibilityTimeoutSeconds = 360, retentionSeconds = 60 }, dlq = { visibilityTimeoutSeconds = 360, retentionSeconds = 60 } }
  }
  expect_failures = [var.mappings]
}

run "mappings_endless_retries" {
  command = plan
  module {
    source = "../modules/pipeline"
  }
  variables {
    # endless retries
    mappings = { m = { table = "things", function = "f", batchSize = 10, windowSeconds = 0, reportBatchItemFailures = true, maximumRecordAgeSeconds = 60, onFailure = "dlq" } }
  }
  expect_failures = [var.mappings]
}

run "mappings_no_stream" {
  command = plan
  module {
    source = "../modules/pipeline"
  }
  variables {
    # no stream
    mappings = { m = { table = "other", function = "f", batchSize = 10, windowSeconds = 0, reportBatchItemFailures = true, maximumRetryAttempts = 1, maximumRecordAgeSeconds = 60, onFailure = "dlq" } }
  }
  expect_failures = [var.mappings]
}
