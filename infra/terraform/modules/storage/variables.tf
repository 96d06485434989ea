variable "prefix" {
  description = "What every name begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.prefix))
    error_message = "prefix must be 3 to 40 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen."
  }
}

variable "tables" {
  description = "DynamoDB tables by name, as the description of the deployment has them."
  type = map(object({
    hashKey    = string
    attributes = map(string)
    indexes = map(object({
      hashKey    = string
      projection = string
    }))
    stream = optional(string)
  }))

  validation {
    condition = alltrue([for table in var.tables : alltrue(concat(
      [contains(keys(table.attributes), table.hashKey)],
      [for index in table.indexes : contains(keys(table.attributes), index.hashKey)],
    ))])
    error_message = "the hashKey of every table and index must be among the table's attributes."
  }

  validation {
    condition     = alltrue(flatten([for table in var.tables : [for type in values(table.attributes) : contains(["S", "N", "B"], type)]]))
    error_message = "attribute types are S, N or B."
  }
}

variable "buckets" {
  description = "S3 buckets by name. expire_prefixes gives days after which objects below a prefix go; announce sends a notice of each new object to EventBridge."
  type = map(object({
    versioned       = bool
    expire_prefixes = optional(map(number), {})
    announce        = optional(bool, false)
  }))

  validation {
    condition     = alltrue([for name in keys(var.buckets) : can(regex("^[a-z][a-z0-9-]{0,14}$", name))])
    error_message = "bucket names are at most 15 lower-case letters, digits and hyphens: prefix and account id come around them, and S3 allows 63 characters."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts everything."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a KMS key."
  }
}

variable "protect" {
  description = "Whether tables refuse to be deleted and buckets to be emptied."
  type        = bool
  nullable    = false

  validation {
    condition     = !var.protect || var.recovery_days >= 7
    error_message = "what is protected must be recoverable for at least 7 days: raise recovery_days."
  }
}

variable "recovery_days" {
  description = "How many days back a table can be restored, and how long old versions of objects are kept."
  type        = number
  default     = 35

  validation {
    condition     = var.recovery_days >= 1 && var.recovery_days <= 35
    error_message = "recovery_days must be from 1 to 35, as DynamoDB's point-in-time recovery demands."
  }
}

variable "enforce_tls" {
  description = "Whether buckets refuse requests without TLS. To be switched off for test servers that speak plain HTTP only."
  type        = bool
  default     = true
  nullable    = false
}
