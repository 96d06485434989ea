output "id" {
  description = "The API's id."
  value       = aws_apigatewayv2_api.this.id
}

output "endpoint" {
  description = "Where the API itself listens, without the stage."
  value       = aws_apigatewayv2_api.this.api_endpoint
}

output "url" {
  description = "The address that requests begin with."
  value       = aws_apigatewayv2_stage.this.name == "$default" ? aws_apigatewayv2_api.this.api_endpoint : "${aws_apigatewayv2_api.this.api_endpoint}/${aws_apigatewayv2_stage.this.name}"
}
