locals {
  tags = merge(var.tags, {
    application = "lmmrec"
    environment = "dev"
    managed-by  = "terraform"
  })
}

provider "aws" {
  region = var.region

  default_tags {
    tags = local.tags
  }
}

# where CloudFront and its WAF live
provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"

  default_tags {
    tags = local.tags
  }
}

module "system" {
  source = "../../modules/system"

  environment      = "dev"
  description_file = "${path.module}/../../../deployment.json"
  repository       = "${path.module}/../../../.."

  # everything can be destroyed again, and who has no issuer of tokens yet can call the API all the same
  protect            = false
  recovery_days      = 1
  log_retention_days = 7
  throttle           = { rate = 20, burst = 40 }
  allow_anonymous    = var.jwt == null

  packaging                = var.packaging
  architecture             = var.architecture
  packages                 = var.packages
  pinned_versions          = var.pinned_versions
  settings                 = var.settings
  secrets                  = var.secrets
  bedrock_models           = var.bedrock_models
  reserved_concurrency     = var.reserved_concurrency
  function_network         = var.function_network
  training                 = var.training
  jwt                      = var.jwt
  api_stage                = var.edge == null ? "$default" : var.edge.stage
  cors_origins             = var.cors_origins
  sender_account_ids       = var.sender_account_ids
  alarm_emails             = var.alarm_emails
  kms_key_arn              = var.kms_key_arn
  permissions_boundary_arn = var.permissions_boundary_arn
  enforce_tls              = var.enforce_tls
  saved_queries            = var.saved_queries
}

module "edge" {
  source = "../../modules/edge"
  count  = var.edge == null ? 0 : 1

  providers = {
    aws = aws.us_east_1
  }

  prefix                    = module.system.prefix
  origin                    = { endpoint = module.system.api_endpoint, stage = var.edge.stage }
  domain                    = var.edge.domain
  requests_per_five_minutes = var.edge.requests_per_five_minutes
}
