output "api_url" {
  description = "The address that requests begin with."
  value       = var.edge == null ? module.system.api_url : module.edge[0].url
}

output "tables" {
  description = "Full names of tables."
  value       = module.system.tables
}

output "buckets" {
  description = "Full names of buckets."
  value       = module.system.buckets
}

output "queues" {
  description = "URLs of queues."
  value       = module.system.queues
}

output "bus_name" {
  description = "The event bus that takes ReviewCreated."
  value       = module.system.bus_name
}

output "function_versions" {
  description = "Which published version of each function is in use."
  value       = module.system.function_versions
}

output "kms_key_arn" {
  description = "The key that encrypts everything."
  value       = module.system.kms_key_arn
}

output "alarm_topic_arn" {
  description = "Where alarms are told."
  value       = module.system.alarm_topic_arn
}

output "dashboard_name" {
  description = "The dashboard in CloudWatch."
  value       = module.system.dashboard_name
}

output "training" {
  description = "Repository of the image, job queues and job definitions; null without training."
  value       = module.system.training
}
