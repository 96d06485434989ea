# The whole of one deployment: what the description says, and what only AWS has.

locals {
  # one file for here and for the deployment on one machine; nothing of it is repeated below
  description = jsondecode(file(var.description_file))
  prefix      = "${local.description.name}-${var.environment}"

  # these exist on AWS only: the deployment on one machine has no uploads and no interrupted jobs
  uploads_prefix = "reviews/"
  aws_buckets = {
    packages = { versioned = true, expire_prefixes = {}, announce = false }
    jobs     = { versioned = false, expire_prefixes = { "state/" = 14, "exports/" = 14 }, announce = false }
    uploads  = { versioned = false, expire_prefixes = { (local.uploads_prefix) = 30, "reports/" = 90 }, announce = true }
  }

  mappings = { for name, mapping in local.description.mappings : name => {
    queue                      = try(mapping.queue, null)
    table                      = try(mapping.table, null)
    function                   = mapping.function
    batchSize                  = mapping.batchSize
    windowSeconds              = mapping.windowSeconds
    reportBatchItemFailures    = mapping.reportBatchItemFailures
    maximumConcurrency         = try(mapping.maximumConcurrency, null)
    bisectBatchOnFunctionError = try(mapping.bisectBatchOnFunctionError, null)
    maximumRetryAttempts       = try(mapping.maximumRetryAttempts, null)
    maximumRecordAgeSeconds    = try(mapping.maximumRecordAgeSeconds, null)
    onFailure                  = try(mapping.onFailure, null)
    filters                    = [for filter in try(mapping.filters, []) : jsonencode(filter)]
  } }

  routes = { for key, route in local.description.routes : key => {
    function = try(route.function, null)
    queue    = try(route.queue, null)
  } }

  route_limits = { for key in keys(local.description.routes) : key => {
    rate  = try(local.description.api.routeLimits[key], local.description.api.limits).ratePerSecond
    burst = try(local.description.api.routeLimits[key], local.description.api.limits).burst
  } }

  # ---- placeholders: the real names, and what a function may do to what it is given the name of
  names = merge(
    { for name, table in module.storage.tables : "$${table:${name}}" => table.name },
    { for name, table in module.storage.tables : "$${table:${name}:read}" => table.name },
    { for name, bucket in module.storage.buckets : "$${bucket:${name}}" => bucket.name },
    { for name, bucket in module.storage.buckets : "$${bucket:${name}:read}" => bucket.name },
    { for name, queue in module.pipeline.queues : "$${queue:${name}}" => queue.url },
  )

  environments = { for function, spec in local.description.functions : function => {
    for variable, value in merge(spec.environment, lookup(var.settings, function, {}), lookup(var.secrets, function, {})) : variable => join("", [
      for part in regexall("\\$\\{[^}]*\\}|[^$]+|\\$", value) : startswith(part, "$${") ? local.names[part] : part
    ])
  } }

  # the description names the zips of jars; -Pnative and ./lmmrec package lay theirs beside them
  zips = { for function, spec in local.description.functions : function =>
    var.packaging == "jvm" ? spec.zip : replace(spec.zip, "/\\.zip$/", "-${var.packaging}-${var.architecture}.zip")
  }

  # by function, then by kind:name; a thing that is given twice is only read if it is so both times
  given = { for function, spec in local.description.functions : function => {
    for thing, reads in { for found in concat([
      for value in values(spec.environment) : regexall("\\$\\{(table|queue|bucket):([^}:]+)(:read|)\\}", value)
    ]...) : "${found[0]}:${found[1]}" => found[2] == ":read"... } :
    thing => { kind = split(":", thing)[0], name = split(":", thing)[1], reads = alltrue(reads) }
  } }

  table_reads  = ["dynamodb:BatchGetItem", "dynamodb:GetItem"]
  table_writes = ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
  bucket_reads = ["s3:GetObject", "s3:ListBucket"]

  sids = { for name in concat(
    keys(local.description.tables), keys(local.description.buckets), keys(local.description.queues), keys(local.mappings)
  ) : name => replace(title(replace(name, "-", " ")), " ", "") }

  statements = { for function, spec in local.description.functions : function => concat(
    [for thing in local.given[function] : {
      sid       = "Table${local.sids[thing.name]}"
      actions   = concat(local.table_reads, thing.reads ? [] : local.table_writes)
      resources = [module.storage.tables[thing.name].arn]
    } if thing.kind == "table"],
    [for thing in local.given[function] : {
      sid       = "Bucket${local.sids[thing.name]}"
      actions   = concat(local.bucket_reads, thing.reads ? [] : ["s3:PutObject"])
      resources = [module.storage.buckets[thing.name].arn, "${module.storage.buckets[thing.name].arn}/*"]
    } if thing.kind == "bucket"],
    [for thing in local.given[function] : {
      sid       = "Queue${local.sids[thing.name]}"
      actions   = ["sqs:SendMessage"]
      resources = [module.pipeline.queues[thing.name].arn]
    } if thing.kind == "queue"],
    length(lookup(var.secrets, function, {})) == 0 ? [] : [{
      sid       = "Secrets"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = sort(distinct(values(var.secrets[function])))
    }],
    length(lookup(var.bedrock_models, function, [])) == 0 ? [] : [{
      sid       = "Models"
      actions   = ["bedrock:InvokeModel"]
      resources = sort(distinct(var.bedrock_models[function]))
    }],
    [for name, mapping in local.mappings : {
      sid       = "Receive${local.sids[name]}"
      actions   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
      resources = [module.pipeline.queues[mapping.queue].arn]
    } if mapping.function == function && mapping.queue != null],
    [for name, mapping in local.mappings : {
      sid       = "Follow${local.sids[name]}"
      actions   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"]
      resources = ["${module.storage.tables[mapping.table].arn}/stream/*"]
    } if mapping.function == function && mapping.table != null],
    [for name, mapping in local.mappings : {
      sid       = "GiveUp${local.sids[name]}"
      actions   = ["sqs:SendMessage"]
      resources = [module.pipeline.queues[mapping.onFailure].arn]
    } if mapping.function == function && mapping.onFailure != null],
  ) }
}

module "key" {
  source = "../key"
  count  = var.kms_key_arn == null ? 1 : 0

  prefix = local.prefix
}

locals {
  kms_key_arn = var.kms_key_arn == null ? module.key[0].arn : var.kms_key_arn
}

module "storage" {
  source = "../storage"

  prefix        = local.prefix
  tables        = local.description.tables
  buckets       = merge(local.description.buckets, local.aws_buckets)
  kms_key_arn   = local.kms_key_arn
  protect       = var.protect
  recovery_days = var.recovery_days
  enforce_tls   = var.enforce_tls
}

module "pipeline" {
  source = "../pipeline"

  prefix             = local.prefix
  queues             = local.description.queues
  streams            = { for name, table in module.storage.tables : name => table.stream_arn if try(local.description.tables[name].stream, null) != null }
  mappings           = local.mappings
  sender_account_ids = var.sender_account_ids
  kms_key_arn        = local.kms_key_arn
  alarm_topic_arn    = module.observability.alarm_topic_arn

  functions = { for name, spec in local.description.functions : name => {
    name            = module.function[name].name
    alias_arn       = module.function[name].alias_arn
    alias_name      = module.function[name].alias_name
    timeout_seconds = spec.timeoutSeconds
  } }
}

module "function" {
  source   = "../function"
  for_each = local.description.functions

  name             = "${local.prefix}-${each.key}"
  packaging        = var.packaging
  architecture     = var.architecture
  handler          = each.value.handler
  memory_megabytes = each.value.memoryMegabytes
  timeout_seconds  = each.value.timeoutSeconds
  environment      = local.environments[each.key]
  statements       = local.statements[each.key]

  package = {
    path   = lookup(var.packages, each.key, "${var.repository}/${local.zips[each.key]}")
    bucket = module.storage.buckets["packages"].name
  }

  kms_key_arn              = local.kms_key_arn
  log_retention_days       = var.log_retention_days
  reserved_concurrency     = lookup(var.reserved_concurrency, each.key, null)
  pinned_version           = lookup(var.pinned_versions, each.key, null)
  network                  = var.function_network
  permissions_boundary_arn = var.permissions_boundary_arn
  alarm_topic_arn          = module.observability.alarm_topic_arn
}

module "api" {
  source = "../api"

  prefix                   = local.prefix
  routes                   = local.routes
  functions                = { for name, f in module.function : name => { name = f.name, alias_name = f.alias_name, invoke_arn = f.alias_invoke_arn } }
  queues                   = { for name, queue in module.pipeline.queues : name => { url = queue.url, arn = queue.arn } }
  jwt                      = var.jwt
  allow_anonymous          = var.allow_anonymous
  open_routes              = local.description.api.authorizer.openRoutes
  route_scopes             = local.description.api.authorizer.routeScopes
  route_limits             = local.route_limits
  throttle                 = var.throttle
  cors_origins             = var.cors_origins
  stage                    = var.api_stage
  log_retention_days       = var.log_retention_days
  permissions_boundary_arn = var.permissions_boundary_arn
  kms_key_arn              = local.kms_key_arn
  alarm_topic_arn          = module.observability.alarm_topic_arn
}

module "observability" {
  source = "../observability"

  prefix        = local.prefix
  alarm_emails  = var.alarm_emails
  functions     = { for name, f in module.function : name => { name = f.name, log_group_name = f.log_group_name } }
  tables        = { for name, table in module.storage.tables : table.name => keys(local.description.tables[name].indexes) }
  queues        = [for queue in module.pipeline.queues : queue.name]
  api_id        = module.api.id
  saved_queries = var.saved_queries
  kms_key_arn   = local.kms_key_arn
  drift         = { function = "extraction" }

  # whoever holds an artefact says so when it refuses a newer one and goes on with what it has
  log_alarms = { for name, things in local.given : "${name}-refused-artefact" => {
    function    = name
    pattern     = "\"the promoted artefact was refused\""
    description = "${name} could not load the promoted artefact and goes on with the one before, if any: roll back, then look at its log."
  } if contains(keys(things), "bucket:artefacts") }
}

# ---- jobs

locals {
  artefacts = module.storage.buckets["artefacts"]
  state     = module.storage.buckets["jobs"]
  uploads   = module.storage.buckets["uploads"]

  keep_state = {
    sid       = "State"
    actions   = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]
    resources = [local.state.arn, "${local.state.arn}/*"]
  }
  read_rows = {
    sid       = "Rows"
    actions   = ["dynamodb:DescribeTable", "dynamodb:Scan"]
    resources = [module.storage.tables["motivations"].arn]
  }
  write_artefacts = {
    sid       = "Artefacts"
    actions   = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"]
    resources = [local.artefacts.arn, "${local.artefacts.arn}/*"]
  }

  job_state = { LMMREC_JOB_STATE = "s3://${local.state.name}/state/" }
  gate      = var.training == null ? [] : ["--gate", var.training.gate.metric, "--tolerance", tostring(var.training.gate.tolerance)]

  jobs = {
    # promotion is the job's last step, and the gate decides it: exit code 3 leaves the old model in use
    train = {
      command     = concat(["train", "--promote"], local.gate, var.training == null ? [] : var.training.arguments)
      parameters  = {}
      gpu         = true
      vcpus       = 4
      memory_mib  = 14336
      environment = merge(local.job_state, { LMMREC_MOTIVATIONS_TABLE = module.storage.tables["motivations"].name, LMMREC_ARTEFACTS_BUCKET = local.artefacts.name })
      statements  = [local.keep_state, local.read_rows, local.write_artefacts]
    }
    import = {
      command     = ["import", "Ref::file", "--json", "Ref::report"]
      parameters  = {}
      gpu         = false
      vcpus       = 1
      memory_mib  = 4096
      environment = merge(local.job_state, { LMMREC_REVIEWS_QUEUE_URL = module.pipeline.queues["reviews"].url })
      statements = [local.keep_state,
        { sid = "Files", actions = ["s3:GetObject"], resources = ["${local.uploads.arn}/${local.uploads_prefix}*"] },
        { sid = "Reports", actions = ["s3:PutObject"], resources = ["${local.uploads.arn}/reports/*"] },
        { sid = "Found", actions = ["s3:ListBucket"], resources = [local.uploads.arn] },
        { sid = "Send", actions = ["sqs:SendMessage"], resources = [module.pipeline.queues["reviews"].arn] },
      ]
    }
    export = {
      command     = ["export", "--out", "Ref::file"]
      parameters  = { file = "s3://${local.state.name}/exports/rows.jsonl.gz" }
      gpu         = false
      vcpus       = 1
      memory_mib  = 8192
      environment = merge(local.job_state, { LMMREC_MOTIVATIONS_TABLE = module.storage.tables["motivations"].name })
      statements  = [local.keep_state, local.read_rows]
    }
    promote = {
      command     = concat(["promote", "Ref::version"], local.gate)
      parameters  = {}
      gpu         = false
      vcpus       = 1
      memory_mib  = 2048
      environment = merge(local.job_state, { LMMREC_ARTEFACTS_BUCKET = local.artefacts.name })
      statements  = [local.keep_state, local.write_artefacts]
    }
    rollback = {
      command     = ["rollback"]
      parameters  = {}
      gpu         = false
      vcpus       = 1
      memory_mib  = 2048
      environment = merge(local.job_state, { LMMREC_ARTEFACTS_BUCKET = local.artefacts.name })
      statements  = [local.keep_state, local.write_artefacts]
    }
  }
}

module "training" {
  source = "../training"
  count  = var.training == null ? 0 : 1

  prefix    = local.prefix
  network   = var.training.network
  image_tag = var.training.image_tag
  gpu       = { instance_types = var.training.instance_types, vcpus_max = var.training.vcpus_max, spot = var.training.spot }
  jobs      = local.jobs
  schedule  = { expression = var.training.schedule, timezone = var.training.timezone }

  retrain = var.training.retrain == null ? null : {
    reviews       = var.training.retrain.reviews
    within_hours  = var.training.retrain.within_hours
    function_name = module.function["extraction"].name
  }

  protect                  = var.protect
  uploads                  = { bucket = local.uploads.name, prefix = local.uploads_prefix, reports_prefix = "reports/" }
  service_role_arn         = var.training.service_role_arn
  undelivered_arn          = module.pipeline.undelivered_arn
  log_retention_days       = var.log_retention_days
  permissions_boundary_arn = var.permissions_boundary_arn
  kms_key_arn              = local.kms_key_arn
  alarm_topic_arn          = module.observability.alarm_topic_arn
}
