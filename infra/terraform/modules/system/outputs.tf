output "api_url" {
  description = "The address that requests begin with."
  value       = module.api.url
}

output "prefix" {
  description = "What every name begins with."
  value       = local.prefix
}

output "api_endpoint" {
  description = "Where the API itself listens, without the stage."
  value       = module.api.endpoint
}

output "tables" {
  description = "Full names of tables."
  value       = { for name, table in module.storage.tables : name => table.name }
}

output "buckets" {
  description = "Full names of buckets."
  value       = { for name, bucket in module.storage.buckets : name => bucket.name }
}

output "queues" {
  description = "URLs of queues."
  value       = { for name, queue in module.pipeline.queues : name => queue.url }
}

output "bus_name" {
  description = "The event bus that takes ReviewCreated."
  value       = module.pipeline.bus_name
}

output "function_versions" {
  description = "Which published version of each function is in use."
  value       = { for name, f in module.function : name => f.version }
}

output "kms_key_arn" {
  description = "The key that encrypts everything."
  value       = local.kms_key_arn
}

output "alarm_topic_arn" {
  description = "Where alarms are told."
  value       = module.observability.alarm_topic_arn
}

output "dashboard_name" {
  description = "The dashboard in CloudWatch."
  value       = module.observability.dashboard_name
}

output "training" {
  description = "Repository of the image, job queues and job definitions; null without training."
  value = var.training == null ? null : {
    repository_url  = module.training[0].repository_url
    job_queues      = module.training[0].job_queues
    job_definitions = module.training[0].job_definitions
    log_group_name  = module.training[0].log_group_name
  }
}
