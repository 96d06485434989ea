locals {
  day = 86400

  # what EventBridge and the scheduler could not deliver anywhere; the local deployment has neither
  undelivered = "undelivered"
  queues = merge(var.queues, {
    (local.undelivered) = { visibilityTimeoutSeconds = 30, retentionSeconds = 14 * local.day, deadLetter = null }
  })

  # queues that nobody reads but people: a message in one of them is a fault
  ends = toset(concat(
    [local.undelivered],
    [for queue in var.queues : queue.deadLetter.queue if queue.deadLetter != null],
    [for mapping in var.mappings : mapping.onFailure if mapping.onFailure != null],
  ))
}

resource "aws_sqs_queue" "this" {
  for_each = local.queues

  name                              = "${var.prefix}-${each.key}"
  visibility_timeout_seconds        = each.value.visibilityTimeoutSeconds
  message_retention_seconds         = each.value.retentionSeconds
  kms_master_key_id                 = var.kms_key_arn
  kms_data_key_reuse_period_seconds = 3600
}

resource "aws_sqs_queue_redrive_policy" "this" {
  for_each = { for name, queue in var.queues : name => queue.deadLetter if queue.deadLetter != null }

  queue_url = aws_sqs_queue.this[each.key].id
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.this[each.value.queue].arn
    maxReceiveCount     = each.value.maxReceiveCount
  })
}

data "aws_caller_identity" "current" {}

resource "aws_sqs_queue_policy" "this" {
  for_each = local.queues

  queue_url = aws_sqs_queue.this[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid       = "NothingWithoutTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.this[each.key].arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }],
      each.key == var.review_queue || each.key == local.undelivered ? [{
        Sid       = "EventBridgeSends"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.this[each.key].arn
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
      }] : []
    )
  })

  # one after the other: both are attributes of the same queue
  depends_on = [aws_sqs_queue_redrive_policy.this]
}

resource "aws_lambda_event_source_mapping" "this" {
  for_each = var.mappings

  function_name                      = var.functions[each.value.function].alias_arn
  event_source_arn                   = each.value.queue == null ? var.streams[each.value.table] : aws_sqs_queue.this[each.value.queue].arn
  batch_size                         = each.value.batchSize
  maximum_batching_window_in_seconds = each.value.windowSeconds
  function_response_types            = each.value.reportBatchItemFailures ? ["ReportBatchItemFailures"] : []

  starting_position              = each.value.table == null ? null : "TRIM_HORIZON"
  bisect_batch_on_function_error = each.value.bisectBatchOnFunctionError
  maximum_retry_attempts         = each.value.maximumRetryAttempts
  maximum_record_age_in_seconds  = each.value.maximumRecordAgeSeconds

  dynamic "scaling_config" {
    for_each = each.value.maximumConcurrency == null ? [] : [each.value.maximumConcurrency]
    content {
      maximum_concurrency = scaling_config.value
    }
  }

  dynamic "destination_config" {
    for_each = each.value.onFailure == null ? [] : [each.value.onFailure]
    content {
      on_failure {
        destination_arn = aws_sqs_queue.this[destination_config.value].arn
      }
    }
  }

  dynamic "filter_criteria" {
    for_each = length(each.value.filters) == 0 ? [] : [each.value.filters]
    content {
      dynamic "filter" {
        for_each = filter_criteria.value
        content {
          pattern = filter.value
        }
      }
    }
  }
}

# the way in for those who publish events instead of calling the API: the event's detail is the review
resource "aws_cloudwatch_event_bus" "this" {
  name               = var.prefix
  kms_key_identifier = var.kms_key_arn

  dead_letter_config {
    arn = aws_sqs_queue.this[local.undelivered].arn
  }
}

resource "aws_cloudwatch_event_bus_policy" "this" {
  count = length(var.sender_account_ids) == 0 ? 0 : 1

  event_bus_name = aws_cloudwatch_event_bus.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OtherAccountsSend"
      Effect    = "Allow"
      Principal = { AWS = var.sender_account_ids }
      Action    = "events:PutEvents"
      Resource  = aws_cloudwatch_event_bus.this.arn
      Condition = { StringEquals = { "events:detail-type" = "ReviewCreated" } }
    }]
  })
}

resource "aws_cloudwatch_event_rule" "review_created" {
  name           = "${var.prefix}-review-created"
  description    = "A review was written somewhere: its detail goes to the queue of reviews."
  event_bus_name = aws_cloudwatch_event_bus.this.name
  event_pattern  = jsonencode({ "detail-type" = ["ReviewCreated"] })
}

resource "aws_cloudwatch_event_target" "review_created" {
  rule           = aws_cloudwatch_event_rule.review_created.name
  event_bus_name = aws_cloudwatch_event_bus.this.name
  arn            = aws_sqs_queue.this[var.review_queue].arn
  input_path     = "$.detail"

  retry_policy {
    maximum_event_age_in_seconds = local.day
    maximum_retry_attempts       = 185
  }

  dead_letter_config {
    arn = aws_sqs_queue.this[local.undelivered].arn
  }
}

resource "aws_cloudwatch_metric_alarm" "end" {
  for_each = local.ends

  alarm_name          = "${var.prefix}-${each.key}-not-empty"
  alarm_description   = "Something was given up and lies in ${var.prefix}-${each.key}: docs/operations.md tells how to look at it and send it again."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.this[each.key].name }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "backlog" {
  for_each = { for name, mapping in var.mappings : name => mapping if mapping.queue != null }

  alarm_name          = "${var.prefix}-${each.key}-backlog"
  alarm_description   = "Messages wait longer than ${var.backlog_seconds_max} s in ${each.value.queue}: ${each.value.function} is too slow, throttled or failing."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = aws_sqs_queue.this[each.value.queue].name }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.backlog_seconds_max
  period              = 300
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "lag" {
  for_each = { for name, mapping in var.mappings : name => mapping if mapping.table != null }

  alarm_name          = "${var.prefix}-${each.key}-lag"
  alarm_description   = "${each.value.function} is more than ${var.backlog_seconds_max} s behind the changes of ${each.value.table}: it is failing or too slow."
  namespace           = "AWS/Lambda"
  metric_name         = "IteratorAge"
  dimensions          = { FunctionName = var.functions[each.value.function].name, Resource = "${var.functions[each.value.function].name}:${var.functions[each.value.function].alias_name}" }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.backlog_seconds_max * 1000
  period              = 300
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}
