data "aws_partition" "current" {}
data "aws_region" "current" {}

resource "aws_ecr_repository" "this" {
  name                 = "${var.prefix}-training"
  image_tag_mutability = "IMMUTABLE"
  force_delete         = !var.protect

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.kms_key_arn
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name

  policy = jsonencode({
    rules = [{
      rulePriority = 1
      description  = "The last ten images are enough to go back."
      selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 10 }
      action       = { type = "expire" }
    }]
  })
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/batch/${var.prefix}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
}

resource "aws_security_group" "this" {
  name        = "${var.prefix}-jobs"
  description = "Jobs ask services and are asked by nobody."
  vpc_id      = var.network.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.this.id
  description       = "Services of AWS"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

locals {
  trust = { for name, service in {
    instance  = "ec2.amazonaws.com"
    execution = "ecs-tasks.amazonaws.com"
    job       = "ecs-tasks.amazonaws.com"
    scheduler = "scheduler.amazonaws.com"
    events    = "events.amazonaws.com"
    } : name => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Service = service }
        Action    = "sts:AssumeRole"
      }]
  }) }
}

# the machines' own role: to join the cluster
resource "aws_iam_role" "instance" {
  name                 = "${var.prefix}-job-instance"
  description          = "What GPU machines join the cluster as."
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy   = local.trust.instance
}

resource "aws_iam_role_policy_attachment" "instance" {
  role       = aws_iam_role.instance.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"
}

resource "aws_iam_instance_profile" "this" {
  name = aws_iam_role.instance.name
  role = aws_iam_role.instance.name
}

# what starts a container: it gets the image and writes the log
resource "aws_iam_role" "execution" {
  name                 = "${var.prefix}-job-execution"
  description          = "What containers of jobs are started as."
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy   = local.trust.execution
}

resource "aws_iam_role_policy" "execution" {
  name = "work"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        # a token is for the whole registry: there is no resource to name
        Sid      = "Login"
        Effect   = "Allow"
        Action   = ["ecr:GetAuthorizationToken"]
        Resource = "*"
      },
      {
        Sid      = "Pull"
        Effect   = "Allow"
        Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
        Resource = aws_ecr_repository.this.arn
      },
      {
        Sid      = "Log"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "${aws_cloudwatch_log_group.this.arn}:*"
      },
    ]
  })
}

resource "aws_iam_role" "job" {
  for_each = var.jobs

  name                 = "${var.prefix}-job-${each.key}"
  description          = "What the job ${each.key} runs as."
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy   = local.trust.job
}

resource "aws_iam_role_policy" "job" {
  for_each = var.jobs

  name = "work"
  role = aws_iam_role.job[each.key].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid      = "UseKey"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = var.kms_key_arn
      }],
      [for statement in each.value.statements : {
        Sid      = statement.sid
        Effect   = "Allow"
        Action   = statement.actions
        Resource = statement.resources
      }]
    )
  })
}

# the agent must pass the warning of a Spot interruption on to the container: docs/batch.md
resource "aws_launch_template" "gpu" {
  name                   = "${var.prefix}-gpu"
  update_default_version = true

  user_data = base64encode(<<-MIME
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="=="

    --==
    Content-Type: text/x-shellscript; charset="us-ascii"

    #!/bin/sh
    echo ECS_ENABLE_SPOT_INSTANCE_DRAINING=true >> /etc/ecs/ecs.config
    echo ECS_CONTAINER_STOP_TIMEOUT=90s >> /etc/ecs/ecs.config

    --==--
  MIME
  )

  metadata_options {
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size           = 60
      volume_type           = "gp3"
      encrypted             = "true"
      delete_on_termination = "true"
    }
  }
}

resource "aws_batch_compute_environment" "gpu" {
  compute_environment_name_prefix = "${var.prefix}-gpu-"
  type                            = "MANAGED"
  service_role                    = var.service_role_arn

  compute_resources {
    type                = var.gpu.spot ? "SPOT" : "EC2"
    allocation_strategy = var.gpu.spot ? "SPOT_PRICE_CAPACITY_OPTIMIZED" : "BEST_FIT_PROGRESSIVE"
    instance_type       = var.gpu.instance_types
    min_vcpus           = 0
    max_vcpus           = var.gpu.vcpus_max
    instance_role       = aws_iam_instance_profile.this.arn
    subnets             = var.network.subnet_ids
    security_group_ids  = [aws_security_group.this.id]

    ec2_configuration {
      image_type = "ECS_AL2023_NVIDIA"
    }

    launch_template {
      launch_template_id = aws_launch_template.gpu.id
      version            = "$Latest"
    }
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_iam_role_policy_attachment.instance]
}

resource "aws_batch_compute_environment" "small" {
  compute_environment_name_prefix = "${var.prefix}-small-"
  type                            = "MANAGED"
  service_role                    = var.service_role_arn

  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 16
    subnets            = var.network.subnet_ids
    security_group_ids = [aws_security_group.this.id]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_batch_job_queue" "gpu" {
  name     = "${var.prefix}-gpu"
  state    = "ENABLED"
  priority = 1

  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.gpu.arn
  }
}

resource "aws_batch_job_queue" "small" {
  name     = "${var.prefix}-small"
  state    = "ENABLED"
  priority = 1

  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.small.arn
  }
}

resource "aws_batch_job_definition" "this" {
  for_each = var.jobs

  name                  = "${var.prefix}-${each.key}"
  type                  = "container"
  platform_capabilities = [each.value.gpu ? "EC2" : "FARGATE"]
  propagate_tags        = true
  parameters            = each.value.parameters

  container_properties = jsonencode(merge(
    {
      image            = "${aws_ecr_repository.this.repository_url}:${var.image_tag}"
      command          = each.value.command
      jobRoleArn       = aws_iam_role.job[each.key].arn
      executionRoleArn = aws_iam_role.execution.arn
      # Batch tells a container on a machine no region, and the machine's own answer does not reach into it
      environment = [for name, value in merge({ AWS_REGION = data.aws_region.current.name }, each.value.environment) : { name = name, value = value }]
      resourceRequirements = concat(
        [{ type = "VCPU", value = tostring(each.value.vcpus) }, { type = "MEMORY", value = tostring(each.value.memory_mib) }],
        each.value.gpu ? [{ type = "GPU", value = "1" }] : []
      )
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.this.name
          awslogs-region        = data.aws_region.current.name
          awslogs-stream-prefix = each.key
        }
      }
    },
    # a conditional would turn the numbers into texts
    { for key, value in {
      networkConfiguration         = { assignPublicIp = var.network.public_ips ? "ENABLED" : "DISABLED" }
      fargatePlatformConfiguration = { platformVersion = "LATEST" }
      ephemeralStorage             = { sizeInGiB = 60 }
      runtimePlatform              = { operatingSystemFamily = "LINUX", cpuArchitecture = "X86_64" }
    } : key => value if !each.value.gpu }
  ))

  # docs/batch.md says why in this order; Batch tries again what no rule matches
  retry_strategy {
    attempts = 10

    evaluate_on_exit {
      on_status_reason = "Host EC2*"
      action           = "retry"
    }
    evaluate_on_exit {
      on_reason = "CannotPullContainerError*"
      action    = "retry"
    }
    evaluate_on_exit {
      on_exit_code = "75"
      action       = "retry"
    }
    evaluate_on_exit {
      on_exit_code = "143"
      action       = "retry"
    }
    evaluate_on_exit {
      on_reason = "*"
      action    = "exit"
    }
  }

  timeout {
    attempt_duration_seconds = floor(each.value.timeout_days * 86400)
  }
}

# who starts jobs
resource "aws_iam_role" "starter" {
  for_each = { scheduler = "train", events = "import" }

  name                 = "${var.prefix}-job-${each.key}"
  description          = "What ${each.key} starts jobs as."
  permissions_boundary = var.permissions_boundary_arn
  assume_role_policy   = local.trust[each.key]
}

resource "aws_iam_role_policy" "starter" {
  for_each = aws_iam_role.starter

  name = "work"
  role = each.value.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid    = "Submit"
        Effect = "Allow"
        Action = ["batch:SubmitJob"]
        Resource = flatten([
          [aws_batch_job_queue.gpu.arn],
          each.key == "events" ? [aws_batch_job_queue.small.arn] : [],
          [for name in each.key == "events" ? ["train", "import"] : ["train"] : [
            aws_batch_job_definition.this[name].arn_prefix, "${aws_batch_job_definition.this[name].arn_prefix}:*"
          ]],
        ])
      }],
      each.key == "scheduler" ? [
        {
          Sid      = "TellOfFailure"
          Effect   = "Allow"
          Action   = ["sqs:SendMessage"]
          Resource = [var.undelivered_arn]
        },
        {
          Sid      = "UseKey"
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource = [var.kms_key_arn]
        },
      ] : []
    )
  })
}

resource "aws_scheduler_schedule" "train" {
  name                         = "${var.prefix}-train"
  description                  = "Trains on what is in the table of motivations, and promotes what passes the gate."
  schedule_expression          = var.schedule.expression
  schedule_expression_timezone = var.schedule.timezone

  flexible_time_window {
    mode                      = "FLEXIBLE"
    maximum_window_in_minutes = 15
  }

  target {
    arn      = "arn:${data.aws_partition.current.partition}:scheduler:::aws-sdk:batch:submitJob"
    role_arn = aws_iam_role.starter["scheduler"].arn
    input = jsonencode({
      JobName       = "${var.prefix}-train-scheduled"
      JobQueue      = aws_batch_job_queue.gpu.arn
      JobDefinition = aws_batch_job_definition.this["train"].arn
    })

    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 10
    }

    dead_letter_config {
      arn = var.undelivered_arn
    }
  }

  depends_on = [aws_iam_role_policy.starter]
}

resource "aws_cloudwatch_event_rule" "uploaded" {
  name        = "${var.prefix}-uploaded"
  description = "A file of reviews was put into the bucket of uploads: it is imported."
  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["Object Created"]
    detail = {
      bucket = { name = [var.uploads.bucket] }
      object = { key = [{ prefix = var.uploads.prefix }] }
    }
  })
}

resource "aws_cloudwatch_event_target" "uploaded" {
  rule     = aws_cloudwatch_event_rule.uploaded.name
  arn      = aws_batch_job_queue.small.arn
  role_arn = aws_iam_role.starter["events"].arn

  batch_target {
    job_name       = "${var.prefix}-import-uploaded"
    job_definition = aws_batch_job_definition.this["import"].arn
  }

  input_transformer {
    input_paths = {
      bucket = "$.detail.bucket.name"
      key    = "$.detail.object.key"
    }
    input_template = "{\"Parameters\": {\"file\": \"s3://<bucket>/<key>\", \"report\": \"s3://<bucket>/${var.uploads.reports_prefix}<key>.json\"}}"
  }

  retry_policy {
    maximum_event_age_in_seconds = 86400
    maximum_retry_attempts       = 185
  }

  dead_letter_config {
    arn = var.undelivered_arn
  }
}

# no alarm in the usual sense: what it tells starts a job
resource "aws_cloudwatch_metric_alarm" "retrain" {
  count = var.retrain == null ? 0 : 1

  alarm_name          = "${var.prefix}-retrain"
  alarm_description   = "${var.retrain.reviews} new reviews came within ${var.retrain.within_hours} hours: training begins."
  namespace           = "lmmrec"
  metric_name         = "reviews_new"
  dimensions          = { function = var.retrain.function_name }
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.retrain.reviews
  period              = var.retrain.within_hours * 3600
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
}

resource "aws_cloudwatch_event_rule" "retrain" {
  count = var.retrain == null ? 0 : 1

  name        = "${var.prefix}-retrain"
  description = "There are enough new reviews: training begins before the night."
  event_pattern = jsonencode({
    source        = ["aws.cloudwatch"]
    "detail-type" = ["CloudWatch Alarm State Change"]
    resources     = [aws_cloudwatch_metric_alarm.retrain[0].arn]
    detail        = { state = { value = ["ALARM"] } }
  })
}

resource "aws_cloudwatch_event_target" "retrain" {
  count = var.retrain == null ? 0 : 1

  rule     = aws_cloudwatch_event_rule.retrain[0].name
  arn      = aws_batch_job_queue.gpu.arn
  role_arn = aws_iam_role.starter["events"].arn

  batch_target {
    job_name       = "${var.prefix}-train-new-reviews"
    job_definition = aws_batch_job_definition.this["train"].arn
  }

  # the alarm's own event holds no parameters of the job
  input = "{}"

  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 10
  }

  dead_letter_config {
    arn = var.undelivered_arn
  }
}

# ---- what is told of jobs

locals {
  told = {
    failed = {
      description = "A job was given up."
      type        = "Batch Job State Change"
      detail      = { status = ["FAILED"] }
      paths       = { code = "$.detail.container.exitCode" }
      words       = "failed with exit code <code>: <reason>. docs/batch.md has the exit codes; 3 means that the gate refused the new model, and the old one stays."
    }
    # a job that finds no machine waits without an end, and its time limit has not begun
    blocked = {
      description = "The first job of a queue cannot be started."
      type        = "Batch Job Queue Blocked"
      detail      = {}
      paths       = {}
      words       = "waits for a machine and gets none: <reason>. docs/operations.md says what to do."
    }
  }
}

resource "aws_cloudwatch_event_rule" "told" {
  for_each = local.told

  name        = "${var.prefix}-job-${each.key}"
  description = each.value.description
  event_pattern = jsonencode({
    source        = ["aws.batch"]
    "detail-type" = [each.value.type]
    detail        = merge({ jobQueue = [aws_batch_job_queue.gpu.arn, aws_batch_job_queue.small.arn] }, each.value.detail)
  })
}

resource "aws_cloudwatch_event_target" "told" {
  for_each = local.told

  rule = aws_cloudwatch_event_rule.told[each.key].name
  arn  = var.alarm_topic_arn

  input_transformer {
    input_paths = merge({
      name   = "$.detail.jobName"
      id     = "$.detail.jobId"
      reason = "$.detail.statusReason"
    }, each.value.paths)
    input_template = "\"Job <name> (<id>) ${each.value.words}\""
  }

  retry_policy {
    maximum_event_age_in_seconds = 86400
    maximum_retry_attempts       = 185
  }

  dead_letter_config {
    arn = var.undelivered_arn
  }
}

# the rule keeps its name: made anew beside the old one, both would go when the old one does
moved {
  from = aws_cloudwatch_event_rule.failed
  to   = aws_cloudwatch_event_rule.told["failed"]
}

moved {
  from = aws_cloudwatch_event_target.failed
  to   = aws_cloudwatch_event_target.told["failed"]
}
