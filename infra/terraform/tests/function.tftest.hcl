# every rule of modules/function refuses what it is there for; the first run shows that the values around are right

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
  name               = "lmmrec-test-f"
  package            = { path = "package.zip", bucket = "b" }
  packaging          = "jvm"
  architecture       = "arm64"
  handler            = "a.B::c"
  memory_megabytes   = 512
  timeout_seconds    = 10
  kms_key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/k"
  log_retention_days = 7
  alarm_topic_arn    = "arn:aws:sns:eu-central-1:123456789012:t"
}

run "right" {
  command = plan
  module {
    source = "../modules/function"
  }
}

run "each_variable_refuses" {
  command = plan
  module {
    source = "../modules/function"
  }
  variables {
    # not an arn
    kms_key_arn = "alias/key"
    # not an arn
    alarm_topic_arn = "topic"
    # not an arn
    permissions_boundary_arn = "boundary"
    # unknown days
    log_retention_days = 31
    # upper case
    name = "F"
    # no zip
    package = { path = "package.jar", bucket = "b" }
    # container
    packaging = "container"
    # unknown runtime
    jvm_runtime = "java8"
    # unknown processor
    architecture = "riscv64"
    # no method
    handler = "a.B"
    # too little
    memory_megabytes = 64
    # too long
    timeout_seconds = 901
    # bad name
    environment = { "A-B" = "1" }
    # wildcard action
    statements = [{ sid = "A", actions = ["s3:*"], resources = ["arn:aws:s3:::b"] }]
    # none at all
    reserved_concurrency = 0
    # latest
    pinned_version = "$LATEST"
    # no group
    network = { subnet_ids = ["subnet-1"], security_group_ids = [] }
  }
  expect_failures = [
    var.kms_key_arn,
    var.alarm_topic_arn,
    var.permissions_boundary_arn,
    var.log_retention_days,
    var.name,
    var.package,
    var.packaging,
    var.jvm_runtime,
    var.architecture,
    var.handler,
    var.memory_megabytes,
    var.timeout_seconds,
    var.environment,
    var.statements,
    var.reserved_concurrency,
    var.pinned_version,
    var.network,
  ]
}

run "statements_every_resource" {
  command = plan
  module {
    source = "../modules/function"
  }
  variables {
    # every resource
    statements = [{ sid = "A", actions = ["s3:GetObject"], resources = ["*"] }]
  }
  expect_failures = [var.statements]
}

run "native_runs_the_executable" {
  command = plan
  module {
    source = "../modules/function"
  }
  variables {
    packaging    = "native"
    architecture = "x86_64"
  }
  assert {
    condition     = aws_lambda_function.this.runtime == "provided.al2023" && aws_lambda_function.this.handler == "bootstrap"
    error_message = "an executable runs as bootstrap on the bare system"
  }
  assert {
    condition     = aws_lambda_function.this.architectures == tolist(["x86_64"])
    error_message = "the processor is the chosen one"
  }
}

run "jars_with_their_own_jvm_run_on_the_bare_system_too" {
  command = plan
  module {
    source = "../modules/function"
  }
  variables {
    packaging = "jvm-aot"
  }
  assert {
    condition     = aws_lambda_function.this.runtime == "provided.al2023" && aws_lambda_function.this.handler == "a.B::c"
    error_message = "their bootstrap is told the method by the handler"
  }
}

run "network_comes_with_the_right_to_it" {
  command = plan
  module {
    source = "../modules/function"
  }
  variables {
    network = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
  }
  assert {
    condition     = length(aws_lambda_function.this.vpc_config) == 1 && length(aws_iam_role_policy_attachment.network) == 1
    error_message = "a function in a network may make interfaces there"
  }
}

run "pinned_version_is_live" {
  command = plan
  module {
    source = "../modules/function"
  }
  variables {
    pinned_version = "12"
  }
  assert {
    condition     = aws_lambda_alias.live.function_version == "12"
    error_message = "the alias points at the pinned version"
  }
}
