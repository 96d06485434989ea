output "tables" {
  description = "Name, ARN and, if there is one, stream ARN of each table."
  value = { for name, table in aws_dynamodb_table.this : name => {
    name       = table.name
    arn        = table.arn
    stream_arn = var.tables[name].stream == null ? null : table.stream_arn
  } }
}

output "buckets" {
  description = "Name and ARN of each bucket."
  value       = { for name, bucket in aws_s3_bucket.this : name => { name = bucket.id, arn = bucket.arn } }
}
