output "repository_url" {
  description = "Where the training image is pushed to."
  value       = aws_ecr_repository.this.repository_url
}

output "job_queues" {
  description = "Job queues by size: gpu for training, small for the rest."
  value       = { gpu = aws_batch_job_queue.gpu.name, small = aws_batch_job_queue.small.name }
}

output "job_definitions" {
  description = "Job definitions by job."
  value       = { for name, definition in aws_batch_job_definition.this : name => definition.name }
}

output "log_group_name" {
  description = "Where jobs log."
  value       = aws_cloudwatch_log_group.this.name
}
