variable "region" {
  description = "The AWS region."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be a region of AWS, such as eu-central-1."
  }
}

variable "tags" {
  description = "Tags on everything, besides application, environment and managed-by."
  type        = map(string)
  default     = {}

  validation {
    condition     = !anytrue([for key in keys(var.tags) : startswith(lower(key), "aws:")])
    error_message = "tags that begin with aws: are AWS' own."
  }
}

variable "jwt" {
  description = "Who signs the tokens that callers must bring, and for which audience they must be."
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

variable "training" {
  description = "Where and when models are trained, as modules/system describes it; null for no training."
  type = object({
    network = object({
      vpc_id     = string
      subnet_ids = list(string)
      public_ips = optional(bool, false)
    })
    image_tag        = string
    instance_types   = optional(list(string))
    vcpus_max        = optional(number)
    spot             = optional(bool)
    schedule         = optional(string)
    timezone         = optional(string)
    retrain          = optional(object({ reviews = number, within_hours = number }))
    gate             = optional(object({ metric = string, tolerance = number }))
    arguments        = optional(list(string))
    service_role_arn = optional(string)
  })
  default = null

  validation {
    condition     = var.training == null ? true : startswith(var.training.network.vpc_id, "vpc-")
    error_message = "training.network.vpc_id must be the id of a VPC."
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

variable "kms_key_arn" {
  description = "A key of your own; null for a new one."
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

variable "packaging" {
  description = "native, jvm-aot or jvm."
  type        = string
  default     = "jvm"

  validation {
    condition     = contains(["native", "jvm-aot", "jvm"], var.packaging)
    error_message = "packaging must be native, jvm-aot or jvm."
  }
}

variable "architecture" {
  description = "arm64 or x86_64."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture must be arm64 or x86_64."
  }
}

variable "packages" {
  description = "Zips by function, in place of those that the build lays where the description says."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for path in values(var.packages) : endswith(path, ".zip")])
    error_message = "packages must be zips."
  }
}

variable "pinned_versions" {
  description = "Published versions by function that are used instead of the newest, to roll back."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for version in values(var.pinned_versions) : can(regex("^[1-9][0-9]*$", version))])
    error_message = "pinned_versions must be numbers of published versions, such as { scoring = \"12\" }."
  }
}

variable "settings" {
  description = "Variables by function, over those of the description."
  type        = map(map(string))
  default     = {}

  validation {
    condition     = alltrue(flatten([for variables in values(var.settings) : [for name in keys(variables) : can(regex("^[A-Za-z][A-Za-z0-9_]*$", name))]]))
    error_message = "names of variables are letters, digits and underscores."
  }
}

variable "secrets" {
  description = "Variables by function that hold the ARN of a secret in AWS Secrets Manager, which the function then reads, such as { extraction = { LMMREC_OPENAI_API_KEY_SECRET = \"arn:…\" } }."
  type        = map(map(string))
  default     = {}

  validation {
    condition     = alltrue(flatten([for variables in values(var.secrets) : [for name in keys(variables) : can(regex("^[A-Za-z][A-Za-z0-9_]*$", name))]]))
    error_message = "names of variables are letters, digits and underscores."
  }
}

variable "bedrock_models" {
  description = "Models and inference profiles of Amazon Bedrock by function that it may ask, by ARN, such as { extraction = [\"arn:aws:bedrock:eu-central-1::foundation-model/…\"] }; of an inference profile also the models behind it."
  type        = map(list(string))
  default     = {}

  validation {
    condition     = alltrue(flatten([for arns in values(var.bedrock_models) : [for arn in arns : can(regex("^arn:[a-z-]+:bedrock:", arn))]]))
    error_message = "bedrock_models must be ARNs of models or inference profiles of Amazon Bedrock."
  }
}

variable "reserved_concurrency" {
  description = "Environments by function that may run at the same time, taken out of the account's."
  type        = map(number)
  default     = {}

  validation {
    condition     = alltrue([for environments in values(var.reserved_concurrency) : environments >= 0 && floor(environments) == environments])
    error_message = "reserved_concurrency must be whole numbers from 0 on; 0 stops a function."
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

variable "edge" {
  description = "CloudFront with WAF in front of the API, which then answers to nobody else; null for none. stage is a secret of your making, such as openssl rand -hex 24 gives."
  type = object({
    stage                     = string
    domain                    = optional(object({ names = list(string), certificate_arn = string }))
    requests_per_five_minutes = optional(number)
  })
  default = null

  validation {
    condition     = var.edge == null ? true : can(regex("^[A-Za-z0-9_-]{32,128}$", var.edge.stage))
    error_message = "edge.stage must be 32 to 128 letters, digits, hyphens and underscores: who knows it passes by WAF."
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
