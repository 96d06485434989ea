variable "prefix" {
  description = "What every name begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.prefix))
    error_message = "prefix must be 3 to 40 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen."
  }
}

variable "queues" {
  description = "SQS queues by name, as the description of the deployment has them."
  type = map(object({
    visibilityTimeoutSeconds = number
    retentionSeconds         = number
    deadLetter = optional(object({
      queue           = string
      maxReceiveCount = number
    }))
  }))

  validation {
    condition     = alltrue([for queue in var.queues : queue.deadLetter == null ? true : contains(keys(var.queues), queue.deadLetter.queue)])
    error_message = "deadLetter.queue must be one of the queues."
  }

  validation {
    condition     = alltrue([for queue in var.queues : queue.retentionSeconds >= 60 && queue.retentionSeconds <= 1209600])
    error_message = "retentionSeconds must be from 60 to 1209600 (14 days)."
  }
}

variable "streams" {
  description = "ARNs of table streams by table name."
  type        = map(string)

  validation {
    condition     = alltrue([for arn in values(var.streams) : can(regex("^arn:[a-z-]+:dynamodb:.*/stream/", arn))])
    error_message = "streams must be ARNs of DynamoDB streams."
  }
}

variable "functions" {
  description = "Functions by name: the alias to invoke, and the timeout."
  type = map(object({
    name            = string
    alias_arn       = string
    alias_name      = string
    timeout_seconds = number
  }))

  validation {
    condition     = alltrue([for f in values(var.functions) : f.timeout_seconds >= 1 && f.timeout_seconds <= 900])
    error_message = "timeout_seconds must be from 1 to 900."
  }
}

variable "mappings" {
  description = "Event source mappings by name, as the description of the deployment has them; filters are JSON texts."
  type = map(object({
    queue                      = optional(string)
    table                      = optional(string)
    function                   = string
    batchSize                  = number
    windowSeconds              = number
    reportBatchItemFailures    = bool
    maximumConcurrency         = optional(number)
    bisectBatchOnFunctionError = optional(bool)
    maximumRetryAttempts       = optional(number)
    maximumRecordAgeSeconds    = optional(number)
    onFailure                  = optional(string)
    filters                    = optional(list(string), [])
  }))

  validation {
    condition     = alltrue([for mapping in var.mappings : (mapping.queue == null) != (mapping.table == null)])
    error_message = "each mapping reads either a queue or a table."
  }

  validation {
    condition     = alltrue([for mapping in var.mappings : contains(keys(var.functions), mapping.function)])
    error_message = "each mapping must name one of the functions."
  }

  validation {
    condition = alltrue([for mapping in var.mappings : mapping.queue == null ? true : try(
      var.queues[mapping.queue].visibilityTimeoutSeconds >= 6 * var.functions[mapping.function].timeout_seconds, false
    )])
    error_message = "the visibility timeout of a queue must be at least 6 times the timeout of the function that reads it, or messages come back while they are still worked on."
  }

  validation {
    condition     = alltrue([for mapping in var.mappings : mapping.queue == null ? true : try(var.queues[mapping.queue].deadLetter != null, false)])
    error_message = "a queue that a function reads needs a dead-letter queue."
  }

  validation {
    condition = alltrue([for mapping in var.mappings : mapping.table == null ? true : try(
      mapping.maximumRetryAttempts >= 0 && mapping.maximumRecordAgeSeconds >= 60 && contains(keys(var.queues), mapping.onFailure), false
    )])
    error_message = "a mapping of a table needs maximumRetryAttempts, maximumRecordAgeSeconds and onFailure: by default Lambda tries a failing batch until its records expire, and the shard stands still meanwhile."
  }

  validation {
    condition     = alltrue([for mapping in var.mappings : mapping.table == null ? true : contains(keys(var.streams), mapping.table)])
    error_message = "a mapping must name a table that has a stream."
  }
}

variable "review_queue" {
  description = "The queue that reviews go to."
  type        = string
  default     = "reviews"

  validation {
    condition     = contains(keys(var.queues), var.review_queue)
    error_message = "review_queue must be one of the queues."
  }
}

variable "sender_account_ids" {
  description = "Other accounts that may put events on the bus."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.sender_account_ids : can(regex("^[0-9]{12}$", id))])
    error_message = "account ids are 12 digits."
  }
}

variable "backlog_seconds_max" {
  description = "How old the oldest message or record may be before it is told."
  type        = number
  default     = 900

  validation {
    condition     = var.backlog_seconds_max >= 60
    error_message = "backlog_seconds_max must be at least 60."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts queues and events."
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
