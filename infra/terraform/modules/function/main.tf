data "aws_partition" "current" {}

locals {
  managed = var.packaging == "jvm"
  hash    = filebase64sha256(var.package.path)
}

resource "aws_s3_object" "package" {
  bucket                 = var.package.bucket
  key                    = "functions/${var.name}.zip"
  source                 = var.package.path
  source_hash            = local.hash
  server_side_encryption = "aws:kms"
  kms_key_id             = var.kms_key_arn
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_iam_role" "this" {
  name                 = var.name
  description          = "What the function ${var.name} runs as."
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "work"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "Log"
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "${aws_cloudwatch_log_group.this.arn}:*"
        },
        {
          # X-Ray knows no resources
          Sid      = "Trace"
          Effect   = "Allow"
          Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
          Resource = "*"
        },
        {
          Sid      = "UseKey"
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource = var.kms_key_arn
        },
      ],
      [for statement in var.statements : {
        Sid      = statement.sid
        Effect   = "Allow"
        Action   = statement.actions
        Resource = statement.resources
      }]
    )
  })
}

resource "aws_iam_role_policy_attachment" "network" {
  count = var.network == null ? 0 : 1

  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

resource "aws_lambda_function" "this" {
  function_name                  = var.name
  role                           = aws_iam_role.this.arn
  runtime                        = local.managed ? var.jvm_runtime : "provided.al2023"
  handler                        = var.packaging == "native" ? "bootstrap" : var.handler
  architectures                  = [var.architecture]
  memory_size                    = var.memory_megabytes
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency == null ? -1 : var.reserved_concurrency
  kms_key_arn                    = var.kms_key_arn
  s3_bucket                      = aws_s3_object.package.bucket
  s3_key                         = aws_s3_object.package.key
  s3_object_version              = aws_s3_object.package.version_id
  source_code_hash               = local.hash
  publish                        = true

  environment {
    variables = var.environment
  }

  tracing_config {
    mode = "Active"
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  dynamic "vpc_config" {
    for_each = var.network == null ? [] : [var.network]
    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  # without the policy the first invocations would fail
  depends_on = [aws_iam_role_policy.this, aws_iam_role_policy_attachment.network]
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "What queues, streams and the API invoke."
  function_name    = aws_lambda_function.this.function_name
  function_version = coalesce(var.pinned_version, aws_lambda_function.this.version)
}

locals {
  alarms = {
    errors = {
      description = "${var.name} failed: read its log."
      metric      = "Errors"
      statistic   = "Sum"
      extended    = null
      threshold   = 0
    }
    throttles = {
      description = "${var.name} was throttled: its reserved concurrency or the account's is used up."
      metric      = "Throttles"
      statistic   = "Sum"
      extended    = null
      threshold   = 0
    }
    duration = {
      description = "One in a hundred invocations of ${var.name} takes more than 80 % of its timeout."
      metric      = "Duration"
      statistic   = null
      extended    = "p99"
      threshold   = var.timeout_seconds * 800
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AWS/Lambda"
  metric_name         = each.value.metric
  dimensions          = { FunctionName = aws_lambda_function.this.function_name }
  statistic           = each.value.statistic
  extended_statistic  = each.value.extended
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}
