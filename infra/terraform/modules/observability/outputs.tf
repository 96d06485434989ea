output "alarm_topic_arn" {
  description = "Where alarms are told; subscribe whatever shall hear them."
  value       = aws_sns_topic.alarms.arn
}

output "dashboard_name" {
  description = "The dashboard in CloudWatch."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
