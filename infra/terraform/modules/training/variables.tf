variable "prefix" {
  description = "What every name begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.prefix))
    error_message = "prefix must be 3 to 40 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen."
  }
}

variable "protect" {
  description = "Whether the repository of images refuses to be deleted while it holds any."
  type        = bool
  nullable    = false
}

variable "network" {
  description = "Where jobs run. The subnets need a way to S3, DynamoDB, SQS, ECR and CloudWatch Logs, by a NAT gateway or by endpoints; public_ips is for subnets with neither."
  type = object({
    vpc_id     = string
    subnet_ids = list(string)
    public_ips = optional(bool, false)
  })

  validation {
    condition     = startswith(var.network.vpc_id, "vpc-") && length(var.network.subnet_ids) > 0
    error_message = "network needs the id of a VPC and at least one subnet."
  }
}

variable "service_role_arn" {
  description = "What AWS Batch manages machines as; null for the account's service-linked role, with which machines can be exchanged without a new environment."
  type        = string
  default     = null

  validation {
    condition     = var.service_role_arn == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/", var.service_role_arn))
    error_message = "service_role_arn must be the ARN of an IAM role."
  }
}

variable "image_tag" {
  description = "Which image of the repository jobs run."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$", var.image_tag)) && var.image_tag != "latest"
    error_message = "image_tag must be a tag, and not latest: tags of the repository never move."
  }
}

variable "gpu" {
  description = "Machines for training: instance types with one NVIDIA GPU, the most vCPUs at a time, and whether they are taken from the Spot market."
  type = object({
    instance_types = list(string)
    vcpus_max      = number
    spot           = bool
  })

  validation {
    condition     = length(var.gpu.instance_types) > 0 && alltrue([for type in var.gpu.instance_types : can(regex("^(g|p)[0-9]", type))])
    error_message = "gpu.instance_types must be GPU instances, such as g5.xlarge."
  }

  validation {
    condition     = var.gpu.vcpus_max >= 4
    error_message = "gpu.vcpus_max must be at least 4: the smallest GPU instance has 4."
  }
}

variable "jobs" {
  description = "Jobs by name: the command of the training program with Ref::parameters, defaults of these, where it runs, what it gets, and what it may do."
  type = map(object({
    command      = list(string)
    parameters   = optional(map(string), {})
    gpu          = optional(bool, false)
    vcpus        = number
    memory_mib   = number
    timeout_days = optional(number, 1)
    environment  = optional(map(string), {})
    statements = list(object({
      sid       = string
      actions   = list(string)
      resources = list(string)
    }))
  }))

  validation {
    condition     = contains(keys(var.jobs), "train") && contains(keys(var.jobs), "import")
    error_message = "jobs must have train, which the schedule starts, and import, which uploads start."
  }

  validation {
    condition     = alltrue(flatten([for job in var.jobs : [for statement in job.statements : [for action in statement.actions : !strcontains(action, "*")]]]))
    error_message = "actions are named one by one, without wildcards."
  }

  validation {
    condition     = alltrue(flatten([for job in var.jobs : [for statement in job.statements : !contains(statement.resources, "*")]]))
    error_message = "resources are named; * is none."
  }

  validation {
    condition     = alltrue([for job in var.jobs : job.timeout_days > 0 && job.timeout_days <= 14])
    error_message = "timeout_days must be above 0 and at most 14, the most that Batch lets a job run."
  }
}

variable "schedule" {
  description = "When training begins: an expression of EventBridge Scheduler, and the time zone it is meant in."
  type = object({
    expression = string
    timezone   = optional(string, "UTC")
  })

  validation {
    condition     = can(regex("^(cron|rate)\\(.+\\)$", var.schedule.expression))
    error_message = "schedule.expression must be cron(…) or rate(…)."
  }
}

variable "retrain" {
  description = "Train between two nights too, when so many new reviews came within so many hours, which the function of this name counts; null for never."
  type = object({
    reviews       = number
    within_hours  = number
    function_name = string
  })
  default = null

  validation {
    condition     = var.retrain == null ? true : var.retrain.reviews >= 1 && contains([1, 2, 3, 4, 6, 8, 12, 24], var.retrain.within_hours)
    error_message = "retrain.reviews must be at least 1, and within_hours one of 1, 2, 3, 4, 6, 8, 12, 24: CloudWatch watches no longer than a day."
  }
}

variable "uploads" {
  description = "The bucket and the prefix where files of reviews are put to be imported, and the prefix for the reports."
  type = object({
    bucket         = string
    prefix         = string
    reports_prefix = string
  })

  validation {
    condition     = endswith(var.uploads.prefix, "/") && endswith(var.uploads.reports_prefix, "/") && !startswith(var.uploads.reports_prefix, var.uploads.prefix)
    error_message = "both prefixes end in a slash, and reports must not lie where files are imported from, or each report would be imported."
  }
}

variable "undelivered_arn" {
  description = "The queue for what could not be started."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:sqs:", var.undelivered_arn))
    error_message = "undelivered_arn must be the ARN of an SQS queue."
  }
}

variable "log_retention_days" {
  description = "How long log lines of jobs are kept."
  type        = number

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of the numbers of days that CloudWatch Logs knows, such as 7, 30, 90, 365."
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

variable "kms_key_arn" {
  description = "The key that encrypts images, logs, and what jobs read and write."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key."
  }
}

variable "alarm_topic_arn" {
  description = "Where failed jobs are told."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:sns:", var.alarm_topic_arn))
    error_message = "alarm_topic_arn must be the ARN of an SNS topic."
  }
}
