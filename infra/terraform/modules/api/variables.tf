variable "prefix" {
  description = "What every name begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.prefix))
    error_message = "prefix must be 3 to 40 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen."
  }
}

variable "routes" {
  description = "What answers, by METHOD /path/{parameter}: the name of a function or of a queue."
  type = map(object({
    function = optional(string)
    queue    = optional(string)
  }))

  validation {
    condition     = alltrue([for key in keys(var.routes) : can(regex("^(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS) /", key))])
    error_message = "route keys are METHOD /path."
  }

  validation {
    condition     = alltrue([for route in values(var.routes) : (route.function == null) != (route.queue == null)])
    error_message = "each route leads either to a function or to a queue."
  }
}

variable "functions" {
  description = "Functions by name, as API Gateway addresses them."
  type = map(object({
    name       = string
    alias_name = string
    invoke_arn = string
  }))

  validation {
    condition     = alltrue([for route in values(var.routes) : route.function == null ? true : contains(keys(var.functions), route.function)])
    error_message = "each route's function must be one of the functions."
  }
}

variable "queues" {
  description = "Queues by name."
  type = map(object({
    url = string
    arn = string
  }))

  validation {
    condition     = alltrue([for route in values(var.routes) : route.queue == null ? true : contains(keys(var.queues), route.queue)])
    error_message = "each route's queue must be one of the queues."
  }
}

variable "jwt" {
  description = "Who signs the tokens that callers must bring, and for which audience they must be; null lets everybody in."
  type = object({
    issuer   = string
    audience = list(string)
    scopes   = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.jwt == null ? true : can(regex("^https://", var.jwt.issuer)) && length(var.jwt.audience) > 0
    error_message = "jwt needs an issuer that begins with https:// and at least one audience."
  }
}

variable "allow_anonymous" {
  description = "Whether the API may be open to everybody: without jwt it must be said so."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = var.allow_anonymous || var.jwt != null
    error_message = "the API would be open to everybody: give jwt, or allow_anonymous = true."
  }
}

variable "open_routes" {
  description = "Routes that need no token."
  type        = set(string)
  default     = ["GET /v1/health"]

  validation {
    condition     = alltrue([for key in var.open_routes : startswith(key, "GET ")])
    error_message = "only GET routes may be open."
  }
}

variable "route_scopes" {
  description = "By route: scopes of which a token must have one. Other routes ask for the scopes of jwt."
  type        = map(list(string))
  default     = {}

  validation {
    condition     = alltrue([for key in keys(var.route_scopes) : contains(keys(var.routes), key)])
    error_message = "each route with scopes must be one of the routes."
  }

  validation {
    condition     = alltrue([for key, scopes in var.route_scopes : length(scopes) > 0 && !contains(var.open_routes, key)])
    error_message = "a route with scopes names at least one, and is not open."
  }
}

variable "route_limits" {
  description = "By route: requests a second over all callers, and the burst above. Where throttle is lower, that holds."
  type = map(object({
    rate  = number
    burst = number
  }))
  default = {}

  validation {
    condition     = alltrue([for key in keys(var.route_limits) : contains(keys(var.routes), key)])
    error_message = "each route with limits must be one of the routes."
  }

  validation {
    condition     = alltrue([for limit in values(var.route_limits) : limit.rate >= 1 && limit.burst >= 1])
    error_message = "a route's rate and burst must be at least 1."
  }
}

variable "throttle" {
  description = "Requests a second of one route over all callers, at most: the steady rate, and the burst above it."
  type = object({
    rate  = number
    burst = number
  })

  validation {
    condition     = var.throttle.rate >= 1 && var.throttle.burst >= 1
    error_message = "throttle.rate and throttle.burst must be at least 1."
  }
}

variable "cors_origins" {
  description = "Origins of web pages that may call the API; none for none."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for origin in var.cors_origins : can(regex("^https?://[^/]+$", origin))])
    error_message = "origins are scheme and host without a path, such as https://shop.example; * is none."
  }
}

variable "stage" {
  description = "The stage's name. One that cannot be guessed locks the API to those who know it, such as a CDN in front."
  type        = string
  default     = "$default"

  validation {
    condition     = var.stage == "$default" || can(regex("^[A-Za-z0-9_-]{32,128}$", var.stage))
    error_message = "stage must be $default, or 32 to 128 letters, digits, hyphens and underscores."
  }
}

variable "log_retention_days" {
  description = "How long access log lines are kept."
  type        = number

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of the numbers of days that CloudWatch Logs knows, such as 7, 30, 90, 365."
  }
}

variable "latency_alarm_milliseconds" {
  description = "The 99th percentile of latency that is told."
  type        = number
  default     = 1000

  validation {
    condition     = var.latency_alarm_milliseconds >= 10
    error_message = "latency_alarm_milliseconds must be at least 10."
  }
}

variable "permissions_boundary_arn" {
  description = "Boundary of the API's role; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:policy/", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts queues and the access log."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key."
  }
}

variable "alarm_topic_arn" {
  description = "Where alarms are told."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:sns:", var.alarm_topic_arn))
    error_message = "alarm_topic_arn must be the ARN of an SNS topic."
  }
}
