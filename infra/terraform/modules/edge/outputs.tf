output "url" {
  description = "The address that requests begin with."
  value       = "https://${var.domain == null ? aws_cloudfront_distribution.this.domain_name : var.domain.names[0]}"
}

output "distribution_id" {
  description = "The distribution."
  value       = aws_cloudfront_distribution.this.id
}
