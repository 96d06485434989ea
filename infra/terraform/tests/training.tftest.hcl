# every rule of modules/training refuses what it is there for; the first run shows that the values around are right

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
  prefix             = "lmmrec-test"
  protect            = true
  network            = { vpc_id = "vpc-1", subnet_ids = ["subnet-1"] }
  image_tag          = "1.0"
  gpu                = { instance_types = ["g5.xlarge"], vcpus_max = 4, spot = true }
  jobs               = { train = { command = ["import"], vcpus = 1, memory_mib = 2048, timeout_days = 1, statements = [{ sid = "A", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::b/*"] }] }, import = { command = ["import"], vcpus = 1, memory_mib = 2048, timeout_days = 1, statements = [{ sid = "A", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::b/*"] }] } }
  schedule           = { expression = "cron(0 2 * * ? *)" }
  uploads            = { bucket = "b", prefix = "reviews/", reports_prefix = "reports/" }
  undelivered_arn    = "arn:aws:sqs:eu-central-1:123456789012:q"
  log_retention_days = 7
  kms_key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/k"
  alarm_topic_arn    = "arn:aws:sns:eu-central-1:123456789012:t"
}

run "right" {
  command = plan
  module {
    source = "../modules/training"
  }
}

run "each_variable_refuses" {
  command = plan
  module {
    source = "../modules/training"
  }
  variables {
    # upper case
    prefix = "Lmmrec"
    # not an arn
    kms_key_arn = "alias/key"
    # not an arn
    alarm_topic_arn = "topic"
    # not an arn
    permissions_boundary_arn = "boundary"
    # unknown days
    log_retention_days = 31
    # no vpc
    network = { vpc_id = "default", subnet_ids = ["subnet-1"] }
    # no role
    service_role_arn = "batch"
    # moving
    image_tag = "latest"
    # no gpu
    gpu = { instance_types = ["m7i.large"], vcpus_max = 4, spot = true }
    # no import
    jobs = { train = { command = ["import"], vcpus = 1, memory_mib = 2048, timeout_days = 1, statements = [{ sid = "A", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::b/*"] }] } }
    # no expression
    schedule = { expression = "at night" }
    # over days
    retrain = { reviews = 10, within_hours = 48, function_name = "f" }
    # in a circle
    uploads = { bucket = "b", prefix = "reviews/", reports_prefix = "reviews/reports/" }
    # not an arn
    undelivered_arn = "q"
  }
  expect_failures = [
    var.prefix,
    var.kms_key_arn,
    var.alarm_topic_arn,
    var.permissions_boundary_arn,
    var.log_retention_days,
    var.network,
    var.service_role_arn,
    var.image_tag,
    var.gpu,
    var.jobs,
    var.schedule,
    var.retrain,
    var.uploads,
    var.undelivered_arn,
  ]
}

run "further_rules_refuse" {
  command = plan
  module {
    source = "../modules/training"
  }
  variables {
    # too few
    gpu = { instance_types = ["g5.xlarge"], vcpus_max = 2, spot = true }
    # wildcard action
    jobs = { train = { command = ["train"], vcpus = 1, memory_mib = 2048, timeout_days = 1, statements = [{ sid = "A", actions = ["s3:*"], resources = ["arn:aws:s3:::b"] }] }, import = { command = ["import"], vcpus = 1, memory_mib = 2048, timeout_days = 1, statements = [{ sid = "A", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::b/*"] }] } }
  }
  expect_failures = [var.gpu, var.jobs]
}

run "jobs_every_resource" {
  command = plan
  module {
    source = "../modules/training"
  }
  variables {
    # every resource
    jobs = { train = { command = ["train"], vcpus = 1, memory_mib = 2048, timeout_days = 1, statements = [{ sid = "A", actions = ["s3:GetObject"], resources = ["*"] }] }, import = { command = ["import"], vcpus = 1, memory_mib = 2048, timeout_days = 1, statements = [{ sid = "A", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::b/*"] }] } }
  }
  expect_failures = [var.jobs]
}

run "jobs_too_long" {
  command = plan
  module {
    source = "../modules/training"
  }
  variables {
    # too long
    jobs = { train = { command = ["train"], vcpus = 1, memory_mib = 2048, timeout_days = 15, statements = [{ sid = "A", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::b"] }] }, import = { command = ["import"], vcpus = 1, memory_mib = 2048, timeout_days = 1, statements = [{ sid = "A", actions = ["s3:GetObject"], resources = ["arn:aws:s3:::b/*"] }] } }
  }
  expect_failures = [var.jobs]
}
