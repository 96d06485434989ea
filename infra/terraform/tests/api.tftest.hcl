# every rule of modules/api refuses what it is there for; the first run shows that the values around are right

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
  routes             = { "GET /v1/health" = { function = "f" }, "POST /v1/reviews" = { queue = "q" } }
  functions          = { f = { name = "f", alias_name = "live", invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/f" } }
  queues             = { q = { url = "https://sqs/q", arn = "arn:aws:sqs:eu-central-1:123456789012:q" } }
  jwt                = { issuer = "https://login.example.com/", audience = ["lmmrec"] }
  throttle           = { rate = 10, burst = 20 }
  log_retention_days = 7
  kms_key_arn        = "arn:aws:kms:eu-central-1:123456789012:key/k"
  alarm_topic_arn    = "arn:aws:sns:eu-central-1:123456789012:t"
}

run "right" {
  command = plan
  module {
    source = "../modules/api"
  }
}

run "each_variable_refuses" {
  command = plan
  module {
    source = "../modules/api"
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
    # no method
    routes = { "/v1/health" = { function = "f" } }
    # no https
    jwt = { issuer = "http://login.example.com/", audience = ["lmmrec"] }
    # open post
    open_routes = ["POST /v1/reviews"]
    # nothing at all
    throttle = { rate = 0, burst = 20 }
    # every origin
    cors_origins = ["*"]
    # short secret
    stage = "prod"
    # impossible
    latency_alarm_milliseconds = 1
  }
  expect_failures = [
    var.prefix,
    var.kms_key_arn,
    var.alarm_topic_arn,
    var.permissions_boundary_arn,
    var.log_retention_days,
    var.routes,
    var.jwt,
    var.open_routes,
    var.throttle,
    var.cors_origins,
    var.stage,
    var.latency_alarm_milliseconds,
  ]
}

run "routes_two_ends" {
  command = plan
  module {
    source = "../modules/api"
  }
  variables {
    # two ends
    routes = { "GET /v1/health" = { function = "f", queue = "q" } }
  }
  expect_failures = [var.routes]
}

run "functions_unknown_function" {
  command = plan
  module {
    source = "../modules/api"
  }
  variables {
    # unknown function
    functions = {}
  }
  expect_failures = [var.functions]
}

run "queues_unknown_queue" {
  command = plan
  module {
    source = "../modules/api"
  }
  variables {
    # unknown queue
    queues = {}
  }
  expect_failures = [var.queues]
}

run "allow_anonymous_not_said" {
  command = plan
  module {
    source = "../modules/api"
  }
  variables {
    # not said
    jwt = null
  }
  expect_failures = [var.allow_anonymous]
}

run "route_scopes_and_limits_of_nothing" {
  command = plan
  module {
    source = "../modules/api"
  }
  variables {
    # no scope
    route_scopes = { "POST /v1/reviews" = [] }
    # nothing at all
    route_limits = { "POST /v1/reviews" = { rate = 0, burst = 1 } }
  }
  expect_failures = [var.route_scopes, var.route_limits]
}

run "route_scopes_and_limits_unknown_route" {
  command = plan
  module {
    source = "../modules/api"
  }
  variables {
    # unknown route
    route_scopes = { "GET /v1/nothing" = ["lmmrec/service"] }
    # unknown route
    route_limits = { "GET /v1/nothing" = { rate = 1, burst = 1 } }
  }
  expect_failures = [var.route_scopes, var.route_limits]
}

run "route_asks_for_its_scopes_and_no_more_than_the_environments_rate" {
  command = plan
  module {
    source = "../modules/api"
  }
  variables {
    route_scopes = { "POST /v1/reviews" = ["lmmrec/service"] }
    route_limits = {
      "GET /v1/health"   = { rate = 500, burst = 1000 }
      "POST /v1/reviews" = { rate = 5, burst = 6 }
    }
  }
  assert {
    condition     = aws_apigatewayv2_route.this["POST /v1/reviews"].authorization_scopes == toset(["lmmrec/service"])
    error_message = "a route with scopes of its own asks for them"
  }
  assert {
    condition = { for set in aws_apigatewayv2_stage.this.route_settings : set.route_key => [set.throttling_rate_limit, set.throttling_burst_limit] } == {
      "GET /v1/health"   = [10, 20]
      "POST /v1/reviews" = [5, 6]
    }
    error_message = "the lower of the route's and the environment's rate holds"
  }
}

run "named_stage_is_kept_from_functions" {
  command = plan
  module {
    source = "../modules/api"
  }
  variables {
    stage = "0123456789abcdef0123456789abcdef"
  }
  assert {
    condition     = aws_apigatewayv2_integration.function["f"].request_parameters["overwrite:path"] == "$request.path"
    error_message = "functions see paths without the stage"
  }
}

run "without_jwt_routes_are_open" {
  command = plan
  module {
    source = "../modules/api"
  }
  variables {
    jwt             = null
    allow_anonymous = true
  }
  assert {
    condition     = alltrue([for route in aws_apigatewayv2_route.this : route.authorization_type == "NONE"])
    error_message = "without an issuer nobody can bring a token"
  }
}
