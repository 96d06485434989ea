output "queues" {
  description = "Name, URL and ARN of each queue."
  value       = { for name, queue in aws_sqs_queue.this : name => { name = queue.name, url = queue.url, arn = queue.arn } }
}

output "undelivered_arn" {
  description = "The queue for what EventBridge and the scheduler could not deliver."
  value       = aws_sqs_queue.this[local.undelivered].arn
}

output "bus_name" {
  description = "The event bus that takes ReviewCreated."
  value       = aws_cloudwatch_event_bus.this.name
}

output "bus_arn" {
  description = "ARN of the event bus."
  value       = aws_cloudwatch_event_bus.this.arn
}
