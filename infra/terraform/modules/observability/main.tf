data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

resource "aws_sns_topic" "alarms" {
  name              = "${var.prefix}-alarms"
  kms_master_key_id = var.kms_key_arn
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OurAlarms"
      Effect    = "Allow"
      Principal = { Service = ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_sns_topic_subscription" "email" {
  for_each = toset(var.alarm_emails)

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = each.key
}

resource "aws_cloudwatch_log_metric_filter" "this" {
  for_each = var.log_alarms

  name           = "${var.prefix}-${each.key}"
  log_group_name = var.functions[each.value.function].log_group_name
  pattern        = each.value.pattern

  metric_transformation {
    namespace = var.prefix
    name      = each.key
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "log" {
  for_each = var.log_alarms

  alarm_name          = "${var.prefix}-${each.key}"
  alarm_description   = each.value.description
  namespace           = var.prefix
  metric_name         = each.key
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  depends_on = [aws_cloudwatch_log_metric_filter.this]
}

resource "aws_cloudwatch_metric_alarm" "table" {
  for_each = var.tables

  alarm_name          = "${each.key}-throttled"
  alarm_description   = "DynamoDB refused requests to ${each.key}: one key is used too much, or the table grows faster than on-demand capacity follows."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  metric_query {
    id          = "refused"
    expression  = "SUM(FILL(METRICS(), 0))"
    label       = "requests refused"
    return_data = true
  }

  # ThrottledRequests is counted by operation only; these two by table and by index
  dynamic "metric_query" {
    for_each = merge([for kind in ["Read", "Write"] : merge(
      { "${lower(kind)}s" = { metric = "${kind}ThrottleEvents", of = {} } },
      { for i, index in each.value : "${lower(kind)}s_${i}" => { metric = "${kind}ThrottleEvents", of = { GlobalSecondaryIndexName = index } } },
    )]...)
    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/DynamoDB"
        metric_name = metric_query.value.metric
        dimensions  = merge({ TableName = each.key }, metric_query.value.of)
        stat        = "Sum"
        period      = 300
      }
    }
  }
}

# ---- drift: a share that leaves the band in which it usually is. What the band is, CloudWatch learns by itself

locals {
  drift_shares = var.drift == null ? {} : merge(
    {
      without-motive = { part = "reviews_without_motive", whole = "reviews_read", means = "The share of reviews in which no motivation is found" }
      dropped-quotes = { part = "quotes_dropped", whole = "motivations", means = "The share of motivations whose quote does not stand in the review" }
      review-cost    = { part = "review_cost", whole = "reviews_answered", means = "What the language model costs per review" }
    },
    { for facet in var.drift.facets : "facet-${facet}" => { part = "facet_${facet}", whole = "motivations", means = "The share of motivations of the facet ${facet}" } },
  )
}

resource "aws_cloudwatch_metric_alarm" "drift" {
  for_each = local.drift_shares

  alarm_name          = "${var.prefix}-drift-${each.key}"
  alarm_description   = "${each.value.means} is not what it usually is: look what changed, the reviews, the model or the prompt."
  comparison_operator = "LessThanLowerOrGreaterThanUpperThreshold"
  threshold_metric_id = "usual"
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  metric_query {
    id          = "usual"
    expression  = "ANOMALY_DETECTION_BAND(share, ${var.drift.band})"
    label       = "as usual"
    return_data = true
  }

  metric_query {
    id          = "share"
    expression  = "part / whole"
    label       = each.key
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { part = each.value.part, whole = each.value.whole }
    content {
      id = metric_query.key

      metric {
        namespace   = "lmmrec"
        metric_name = metric_query.value
        dimensions  = { function = var.functions[var.drift.function].name }
        stat        = "Sum"
        period      = 3600
      }
    }
  }
}

locals {
  region = data.aws_region.current.name

  # those that are known everywhere, and all others together
  facets = ["function", "quality", "durability", "price", "design", "convenience", "service", "social", "emotion", "identity", "novelty", "comparison", "other"]

  # title, statistic, metrics
  panels = concat(
    [
      ["Requests and failures", "Sum", [["AWS/ApiGateway", "Count", "ApiId", var.api_id], ["AWS/ApiGateway", "4xx", "ApiId", var.api_id], ["AWS/ApiGateway", "5xx", "ApiId", var.api_id]]],
      ["Latency of the API, p99", "p99", [["AWS/ApiGateway", "Latency", "ApiId", var.api_id], ["AWS/ApiGateway", "IntegrationLatency", "ApiId", var.api_id]]],
      ["Messages waiting", "Maximum", [for queue in var.queues : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue]]],
      ["Oldest message, s", "Maximum", [for queue in var.queues : ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", queue]]],
      ["Invocations", "Sum", [for f in values(var.functions) : ["AWS/Lambda", "Invocations", "FunctionName", f.name]]],
      ["Errors", "Sum", [for f in values(var.functions) : ["AWS/Lambda", "Errors", "FunctionName", f.name]]],
      ["Duration, p99", "p99", [for f in values(var.functions) : ["AWS/Lambda", "Duration", "FunctionName", f.name]]],
      ["Environments at a time", "Maximum", [for f in values(var.functions) : ["AWS/Lambda", "ConcurrentExecutions", "FunctionName", f.name]]],
      ["Behind the stream, ms", "Maximum", [for f in values(var.functions) : ["AWS/Lambda", "IteratorAge", "FunctionName", f.name]]],
      ["Table writes", "Sum", [for table in keys(var.tables) : ["AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", table]]],
      ["Table reads", "Sum", [for table in keys(var.tables) : ["AWS/DynamoDB", "ConsumedReadCapacityUnits", "TableName", table]]],
    ],
    var.drift == null ? [] : [
      ["Facets of motivations", "Sum", [for facet in local.facets : ["lmmrec", "facet_${facet}", "function", var.functions[var.drift.function].name]]],
      ["Reviews read, without a motive, by a lower rung", "Sum", [for name in ["reviews_read", "reviews_without_motive", "reviews_by_lower_rung", "quotes_dropped"] : ["lmmrec", name, "function", var.functions[var.drift.function].name]]],
      ["Cost of language models", "Sum", [["lmmrec", "review_cost", "function", var.functions[var.drift.function].name]]],
    ],
    length(var.log_alarms) == 0 ? [] : [["Lines that are told", "Sum", [for name in keys(var.log_alarms) : [var.prefix, name]]]]
  )
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.prefix

  dashboard_body = jsonencode({
    widgets = [for i, panel in local.panels : {
      type   = "metric"
      x      = (i % 3) * 8
      y      = floor(i / 3) * 6
      width  = 8
      height = 6
      properties = {
        title   = panel[0]
        stat    = panel[1]
        metrics = panel[2]
        region  = local.region
        period  = 300
        view    = "timeSeries"
      }
    }]
  })
}

locals {
  log_groups = values(var.functions)[*].log_group_name

  queries = {
    "what failed"                     = <<-QUERY
      fields @timestamp, @log, @message
      | filter @message like /WARN|ERROR/ or @type = "REPORT" and @message like /Error Type/
      | sort @timestamp desc
      | limit 200
    QUERY
    "messages that failed, by reason" = <<-QUERY
      filter @message like /message .* failed: /
      | parse @message "failed: *" as reason
      | stats count(*) as messages by reason
      | sort messages desc
    QUERY
    "cold starts"                     = <<-QUERY
      filter @type = "REPORT" and ispresent(@initDuration)
      | stats count(*) as starts, pct(@initDuration, 50) as p50, pct(@initDuration, 99) as p99 by @log
    QUERY
    "memory in use"                   = <<-QUERY
      filter @type = "REPORT"
      | stats max(@maxMemoryUsed / 1000000) as used, max(@memorySize / 1000000) as given by @log
    QUERY
  }
}

resource "aws_cloudwatch_query_definition" "this" {
  for_each = var.saved_queries ? local.queries : {}

  name            = "${var.prefix}/${each.key}"
  log_group_names = local.log_groups
  query_string    = trimspace(each.value)
}
