variable "environment" {
  description = "Which deployment this is; the second part of every name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,9}$", var.environment))
    error_message = "environment must be 2 to 10 lower-case letters and digits, beginning with a letter: names of buckets are short."
  }
}

variable "description_file" {
  description = "The description of the deployment, deployment.json; the deployment on one machine reads the same file."
  type        = string

  validation {
    condition     = can(jsondecode(file(var.description_file)))
    error_message = "description_file must be a file that holds JSON."
  }
}

variable "repository" {
  description = "The folder that the description's zips are relative to."
  type        = string

  validation {
    condition     = length(var.repository) > 0
    error_message = "repository must not be empty."
  }
}

variable "packaging" {
  description = "native: executables on provided.al2023; jvm-aot: jars with their own JVM and an archive of its classes, there too; jvm: zips of jars on the managed Java runtime."
  type        = string
  default     = "jvm"

  validation {
    condition     = contains(["native", "jvm-aot", "jvm"], var.packaging)
    error_message = "packaging must be native, jvm-aot or jvm."
  }
}

variable "architecture" {
  description = "The processor of the functions."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture must be arm64 or x86_64."
  }
}

variable "packages" {
  description = "Zips by function, in place of those that the build lays where the description says: for packaging = native those of -Pnative, for jvm-aot those of ./lmmrec package, for the same architecture."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.packages) : contains(keys(jsondecode(file(var.description_file)).functions), name)])
    error_message = "packages must name functions of the description."
  }
}

variable "pinned_versions" {
  description = "Published versions by function that are to be used instead of the newest, to roll back."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.pinned_versions) : contains(keys(jsondecode(file(var.description_file)).functions), name)])
    error_message = "pinned_versions must name functions of the description."
  }
}

variable "settings" {
  description = "Variables by function, over those of the description, such as an endpoint of a language model."
  type        = map(map(string))
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.settings) : contains(keys(jsondecode(file(var.description_file)).functions), name)])
    error_message = "settings must name functions of the description."
  }
}

variable "secrets" {
  description = "Variables by function that hold the ARN of a secret in AWS Secrets Manager, such as LMMREC_OPENAI_API_KEY_SECRET; the function may read these secrets. What they hold comes into neither plan nor state."
  type        = map(map(string))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.secrets) : contains(keys(jsondecode(file(var.description_file)).functions), name)])
    error_message = "secrets must name functions of the description."
  }

  validation {
    condition     = alltrue(flatten([for variables in values(var.secrets) : [for arn in values(variables) : can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$", arn))]]))
    error_message = "secrets must be whole ARNs of secrets in AWS Secrets Manager, not what they hold."
  }
}

variable "bedrock_models" {
  description = "Models and inference profiles of Amazon Bedrock by function that it may ask, by ARN; of an inference profile also the models behind it."
  type        = map(list(string))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.bedrock_models) : contains(keys(jsondecode(file(var.description_file)).functions), name)])
    error_message = "bedrock_models must name functions of the description."
  }

  validation {
    condition     = alltrue(flatten([for arns in values(var.bedrock_models) : [for arn in arns : can(regex("^arn:[a-z-]+:bedrock:[a-z0-9*-]*:[0-9]*:[a-z-]+/[A-Za-z0-9.:-]+$", arn))]]))
    error_message = "bedrock_models must be ARNs of models or inference profiles of Amazon Bedrock."
  }
}

variable "reserved_concurrency" {
  description = "Environments by function that may run at the same time, taken out of the account's."
  type        = map(number)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.reserved_concurrency) : contains(keys(jsondecode(file(var.description_file)).functions), name)])
    error_message = "reserved_concurrency must name functions of the description."
  }
}

variable "function_network" {
  description = "Subnets and security groups of the functions; null for outside of any VPC."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default = null

  validation {
    condition     = var.function_network == null ? true : length(var.function_network.subnet_ids) > 0
    error_message = "function_network needs at least one subnet."
  }
}

variable "protect" {
  description = "Whether tables refuse to be deleted and buckets to be emptied."
  type        = bool
  nullable    = false
}

variable "recovery_days" {
  description = "How many days back tables can be restored, and how long old versions of objects are kept."
  type        = number
  default     = 35

  validation {
    condition     = var.recovery_days >= 1 && var.recovery_days <= 35
    error_message = "recovery_days must be from 1 to 35."
  }
}

variable "log_retention_days" {
  description = "How long log lines are kept."
  type        = number

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of the numbers of days that CloudWatch Logs knows, such as 7, 30, 90, 365."
  }
}

variable "kms_key_arn" {
  description = "A key of your own; null for a new one. Its policy must allow what modules/key allows."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key."
  }
}

variable "permissions_boundary_arn" {
  description = "Boundary of all roles; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:policy/", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy."
  }
}

variable "alarm_emails" {
  description = "Who is told of alarms."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.alarm_emails : can(regex("^[^@ ]+@[^@ ]+$", address))])
    error_message = "alarm_emails must be e-mail addresses."
  }
}

variable "jwt" {
  description = "Who signs the tokens that callers must bring, and for which audience; null only together with allow_anonymous."
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
  description = "Whether the API may be open to everybody."
  type        = bool
  default     = false
  nullable    = false
}

variable "throttle" {
  description = "Requests a second over all callers: the steady rate, and the burst above it."
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
  description = "Origins of web pages that may call the API."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for origin in var.cors_origins : can(regex("^https?://[^/]+$", origin))])
    error_message = "origins are scheme and host without a path."
  }
}

variable "api_stage" {
  description = "The API's stage; one that cannot be guessed locks it to the distribution in front."
  type        = string
  default     = "$default"

  validation {
    condition     = var.api_stage == "$default" || can(regex("^[A-Za-z0-9_-]{32,128}$", var.api_stage))
    error_message = "api_stage must be $default, or 32 to 128 letters, digits, hyphens and underscores."
  }
}

variable "sender_account_ids" {
  description = "Other accounts that may publish ReviewCreated."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for id in var.sender_account_ids : can(regex("^[0-9]{12}$", id))])
    error_message = "account ids are 12 digits."
  }
}

variable "training" {
  description = "Jobs: their network, the image's tag, the machines, when training begins, the metric and the share by which it may fall. null for no training at all; files are then not imported either."
  type = object({
    network = object({
      vpc_id     = string
      subnet_ids = list(string)
      public_ips = optional(bool, false)
    })
    image_tag        = string
    instance_types   = optional(list(string), ["g5.xlarge", "g6.xlarge", "g4dn.xlarge"])
    vcpus_max        = optional(number, 4)
    spot             = optional(bool, true)
    schedule         = optional(string, "cron(0 2 * * ? *)")
    timezone         = optional(string, "UTC")
    retrain          = optional(object({ reviews = number, within_hours = number }))
    gate             = optional(object({ metric = string, tolerance = number }), { metric = "test.recall@20", tolerance = 0.05 })
    arguments        = optional(list(string), [])
    service_role_arn = optional(string)
  })
  default = null

  validation {
    condition     = var.training == null ? true : var.training.gate.tolerance >= 0 && var.training.gate.tolerance <= 1
    error_message = "training.gate.tolerance is a share, from 0 to 1."
  }
}

variable "enforce_tls" {
  description = "Whether buckets refuse requests without TLS. To be switched off for test servers only."
  type        = bool
  default     = true
  nullable    = false
}

variable "saved_queries" {
  description = "Whether queries for Logs Insights are saved. To be switched off for test servers only."
  type        = bool
  default     = true
  nullable    = false
}
