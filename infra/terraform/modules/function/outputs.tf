output "name" {
  description = "The function's name."
  value       = aws_lambda_function.this.function_name
}

output "alias_arn" {
  description = "The alias live: what others invoke."
  value       = aws_lambda_alias.live.arn
}

output "alias_invoke_arn" {
  description = "The alias live, as API Gateway addresses it."
  value       = aws_lambda_alias.live.invoke_arn
}

output "alias_name" {
  description = "The alias' name."
  value       = aws_lambda_alias.live.name
}

output "version" {
  description = "The published version that the alias points at."
  value       = aws_lambda_alias.live.function_version
}

output "role_arn" {
  description = "What it runs as."
  value       = aws_iam_role.this.arn
}

output "log_group_name" {
  description = "Where it logs."
  value       = aws_cloudwatch_log_group.this.name
}
