locals {
  to_functions = toset([for route in values(var.routes) : route.function if route.function != null])
  to_queues    = toset([for route in values(var.routes) : route.queue if route.queue != null])
}

resource "aws_apigatewayv2_api" "this" {
  name          = var.prefix
  protocol_type = "HTTP"

  dynamic "cors_configuration" {
    for_each = length(var.cors_origins) == 0 ? [] : [var.cors_origins]
    content {
      allow_origins = cors_configuration.value
      allow_methods = distinct([for key in keys(var.routes) : split(" ", key)[0]])
      allow_headers = ["authorization", "content-type"]
      max_age       = 3600
    }
  }
}

resource "aws_apigatewayv2_authorizer" "jwt" {
  count = var.jwt == null ? 0 : 1

  api_id           = aws_apigatewayv2_api.this.id
  name             = "jwt"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.jwt.issuer
    audience = var.jwt.audience
  }
}

resource "aws_apigatewayv2_integration" "function" {
  for_each = local.to_functions

  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_uri        = var.functions[each.key].invoke_arn
  payload_format_version = "2.0"

  # a named stage is part of the path otherwise, and the function knows no such path
  request_parameters = var.stage == "$default" ? null : { "overwrite:path" = "$request.path" }
}

resource "aws_lambda_permission" "api" {
  for_each = local.to_functions

  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = var.functions[each.key].name
  qualifier     = var.functions[each.key].alias_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this.execution_arn}/*"
}

resource "aws_iam_role" "intake" {
  count = length(local.to_queues) == 0 ? 0 : 1

  name                 = "${var.prefix}-intake"
  description          = "What the API sends messages as."
  permissions_boundary = var.permissions_boundary_arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "apigateway.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "intake" {
  count = length(local.to_queues) == 0 ? 0 : 1

  name = "work"
  role = aws_iam_role.intake[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Send"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [for name in local.to_queues : var.queues[name].arn]
      },
      {
        Sid      = "UseKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.kms_key_arn
      },
    ]
  })
}

# the body becomes a message without any function of ours in between: nothing to start, nothing to scale
resource "aws_apigatewayv2_integration" "queue" {
  for_each = local.to_queues

  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_subtype    = "SQS-SendMessage"
  credentials_arn        = aws_iam_role.intake[0].arn
  payload_format_version = "1.0"

  request_parameters = {
    QueueUrl    = var.queues[each.key].url
    MessageBody = "$request.body"
  }

  response_parameters {
    status_code = "200"
    mappings    = { "overwrite:statuscode" = "202" }
  }
}

resource "aws_apigatewayv2_route" "this" {
  for_each = var.routes

  api_id    = aws_apigatewayv2_api.this.id
  route_key = each.key
  target = join("/", ["integrations", each.value.function == null
    ? aws_apigatewayv2_integration.queue[each.value.queue].id
    : aws_apigatewayv2_integration.function[each.value.function].id
  ])

  authorization_type   = var.jwt == null || contains(var.open_routes, each.key) ? "NONE" : "JWT"
  authorizer_id        = var.jwt == null || contains(var.open_routes, each.key) ? null : aws_apigatewayv2_authorizer.jwt[0].id
  authorization_scopes = var.jwt == null || contains(var.open_routes, each.key) ? null : lookup(var.route_scopes, each.key, var.jwt.scopes)
}

resource "aws_cloudwatch_log_group" "access" {
  name              = "/aws/apigateway/${var.prefix}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = var.stage
  auto_deploy = true

  default_route_settings {
    detailed_metrics_enabled = true
    throttling_rate_limit    = var.throttle.rate
    throttling_burst_limit   = var.throttle.burst
  }

  dynamic "route_settings" {
    for_each = var.route_limits
    content {
      route_key                = route_settings.key
      detailed_metrics_enabled = true
      throttling_rate_limit    = min(route_settings.value.rate, var.throttle.rate)
      throttling_burst_limit   = min(route_settings.value.burst, var.throttle.burst)
    }
  }

  # the route, not the path: paths hold user ids
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.access.arn
    format = jsonencode({
      requestId        = "$context.requestId"
      time             = "$context.requestTimeEpoch"
      route            = "$context.routeKey"
      status           = "$context.status"
      latency          = "$context.responseLatency"
      integrationError = "$context.integrationErrorMessage"
      authorizerError  = "$context.authorizer.error"
    })
  }

  # a stage that deploys itself must not do so before its routes are there
  depends_on = [aws_apigatewayv2_route.this]
}

locals {
  alarms = {
    server-errors = {
      description = "More than 1 % of the API's requests fail: look at the access log, then at the log of the route's function."
      metric      = "5xx"
      statistic   = "Average"
      extended    = null
      threshold   = 0.01
    }
    latency = {
      description = "One in a hundred requests takes longer than ${var.latency_alarm_milliseconds} ms."
      metric      = "Latency"
      statistic   = null
      extended    = "p99"
      threshold   = var.latency_alarm_milliseconds
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.prefix}-api-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AWS/ApiGateway"
  metric_name         = each.value.metric
  dimensions          = { ApiId = aws_apigatewayv2_api.this.id }
  statistic           = each.value.statistic
  extended_statistic  = each.value.extended
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  period              = 300
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
  ok_actions          = [var.alarm_topic_arn]
}
