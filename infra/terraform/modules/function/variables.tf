variable "name" {
  description = "The function's full name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,62}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 64 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen."
  }
}

variable "package" {
  description = "The deployment package: a zip on this machine, and the bucket that it is uploaded to. Lambda itself takes no more than 50 MB in a request."
  type = object({
    path   = string
    bucket = string
  })

  validation {
    condition     = endswith(var.package.path, ".zip")
    error_message = "package.path must be a zip."
  }
}

variable "packaging" {
  description = "native: an executable named bootstrap on provided.al2023; jvm-aot: jars with their own JVM and an archive of its classes, there too; jvm: a zip of jars on the managed Java runtime."
  type        = string

  validation {
    condition     = contains(["native", "jvm-aot", "jvm"], var.packaging)
    error_message = "packaging must be native, jvm-aot or jvm."
  }
}

variable "jvm_runtime" {
  description = "The managed runtime for packaging = jvm."
  type        = string
  default     = "java21"

  validation {
    condition     = contains(["java17", "java21"], var.jvm_runtime)
    error_message = "jvm_runtime must be java17 or java21: the functions are compiled for Java 17, and the AWS provider in use knows none later than 21."
  }
}

variable "architecture" {
  description = "The processor."
  type        = string

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture must be arm64 or x86_64."
  }
}

variable "handler" {
  description = "class::method; what is native has it in itself."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_.$]+::[A-Za-z0-9_]+$", var.handler))
    error_message = "handler must be class::method."
  }
}

variable "memory_megabytes" {
  description = "Memory of one execution environment; 1769 MB bring one whole vCPU."
  type        = number

  validation {
    condition     = var.memory_megabytes >= 128 && var.memory_megabytes <= 10240 && floor(var.memory_megabytes) == var.memory_megabytes
    error_message = "memory_megabytes must be a whole number from 128 to 10240."
  }
}

variable "timeout_seconds" {
  description = "How long one invocation may take."
  type        = number

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900 && floor(var.timeout_seconds) == var.timeout_seconds
    error_message = "timeout_seconds must be a whole number from 1 to 900."
  }
}

variable "environment" {
  description = "Variables of the function."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.environment) : can(regex("^[A-Za-z][A-Za-z0-9_]*$", name))])
    error_message = "names of environment variables are letters, digits and underscores, beginning with a letter."
  }
}

variable "statements" {
  description = "What the function may do, besides writing its log, traces and using the key."
  type = list(object({
    sid       = string
    actions   = list(string)
    resources = list(string)
  }))
  default = []

  validation {
    condition     = alltrue(flatten([for statement in var.statements : [for action in statement.actions : !strcontains(action, "*")]]))
    error_message = "actions are named one by one, without wildcards."
  }

  validation {
    condition     = alltrue([for statement in var.statements : !contains(statement.resources, "*")])
    error_message = "resources are named; * is none."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts the function's variables, log and package, and what it reads and writes."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key."
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

variable "reserved_concurrency" {
  description = "How many environments may run at the same time, taken out of the account's; null for as many as the account has."
  type        = number
  default     = null

  validation {
    condition     = var.reserved_concurrency == null ? true : var.reserved_concurrency >= 1
    error_message = "reserved_concurrency must be at least 1: with 0 the function never runs."
  }
}

variable "pinned_version" {
  description = "The published version that the alias live points at, to roll back; null for the newest."
  type        = string
  default     = null

  validation {
    condition     = var.pinned_version == null ? true : can(regex("^[1-9][0-9]*$", var.pinned_version))
    error_message = "pinned_version must be the number of a published version, such as \"12\"."
  }
}

variable "network" {
  description = "Subnets and security groups to run in; null for outside of any VPC."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
  })
  default = null

  validation {
    condition     = var.network == null ? true : length(var.network.subnet_ids) > 0 && length(var.network.security_group_ids) > 0
    error_message = "network needs at least one subnet and one security group."
  }
}

variable "permissions_boundary_arn" {
  description = "Boundary of the function's role; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:policy/", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy."
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
