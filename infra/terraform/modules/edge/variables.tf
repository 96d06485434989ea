variable "prefix" {
  description = "What every name begins with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.prefix))
    error_message = "prefix must be 3 to 40 lower-case letters, digits and hyphens, begin with a letter and not end with a hyphen."
  }
}

variable "origin" {
  description = "The HTTP API: its address without the stage, and the stage, which nobody else knows."
  type = object({
    endpoint = string
    stage    = string
  })

  validation {
    condition     = startswith(var.origin.endpoint, "https://") && can(regex("^[A-Za-z0-9_-]{32,128}$", var.origin.stage))
    error_message = "origin needs an endpoint that begins with https://, and a stage of 32 to 128 letters, digits, hyphens and underscores: it is what locks the API to this distribution."
  }
}

variable "domain" {
  description = "Names of your own and the certificate for them, which must be in us-east-1; null for CloudFront's name."
  type = object({
    names           = list(string)
    certificate_arn = string
  })
  default = null

  validation {
    condition     = var.domain == null ? true : length(var.domain.names) > 0 && can(regex("^arn:[a-z-]+:acm:us-east-1:", var.domain.certificate_arn))
    error_message = "domain needs at least one name, and a certificate in us-east-1."
  }
}

variable "requests_per_five_minutes" {
  description = "Requests from one address within five minutes; what is above is refused."
  type        = number
  default     = 2000
  nullable    = false

  validation {
    condition     = var.requests_per_five_minutes >= 10
    error_message = "requests_per_five_minutes must be at least 10, as WAF demands."
  }
}
