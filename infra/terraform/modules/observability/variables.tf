variable "prefix" {
  description = "What every name begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.prefix))
    error_message = "prefix must be 3 to 40 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen."
  }
}

variable "alarm_emails" {
  description = "Who is told of alarms; each address is asked to confirm once."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.alarm_emails : can(regex("^[^@ ]+@[^@ ]+$", address))])
    error_message = "alarm_emails must be e-mail addresses."
  }
}

variable "functions" {
  description = "Functions by name, with their full names and log groups."
  type = map(object({
    name           = string
    log_group_name = string
  }))

  validation {
    condition     = length(var.functions) > 0
    error_message = "there is nothing to observe: give at least one function."
  }
}

variable "tables" {
  description = "Tables by their full names, each with the names of its indexes."
  type        = map(list(string))

  validation {
    condition     = length(var.tables) > 0
    error_message = "give at least one table."
  }
}

variable "queues" {
  description = "Full names of queues."
  type        = list(string)

  validation {
    condition     = length(var.queues) > 0
    error_message = "give at least one queue."
  }
}

variable "api_id" {
  description = "The HTTP API."
  type        = string

  validation {
    condition     = length(var.api_id) > 0
    error_message = "api_id must not be empty."
  }
}

variable "log_alarms" {
  description = "Lines that are told when a function writes them: the function, a filter pattern of CloudWatch Logs, and what it means."
  type = map(object({
    function    = string
    pattern     = string
    description = string
  }))

  validation {
    condition     = alltrue([for alarm in var.log_alarms : contains(keys(var.functions), alarm.function)])
    error_message = "log_alarms must name functions."
  }
}

variable "drift" {
  description = "The function whose metrics of motivations are watched, the width of the usual band in standard deviations, and the facets whose shares are watched. Nothing for none."
  type = object({
    function = string
    band     = optional(number, 3)
    facets   = optional(list(string), ["function", "quality", "price", "convenience"])
  })
  default = null

  validation {
    condition     = var.drift == null ? true : contains(keys(var.functions), var.drift.function) && var.drift.band > 0
    error_message = "drift.function must name a function, and drift.band be more than 0."
  }
}

variable "saved_queries" {
  description = "Whether queries for Logs Insights are saved. To be switched off for test servers that do not know them."
  type        = bool
  default     = true
  nullable    = false
}

variable "kms_key_arn" {
  description = "The key that encrypts the topic; its policy must let CloudWatch and EventBridge use it."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key."
  }
}
