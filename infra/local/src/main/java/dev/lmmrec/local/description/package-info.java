/**
 * What the deployment consists of, as {@code infra/deployment.json} says it: tables, queues, buckets, functions, event
 * source mappings and routes, checked as a whole before anything starts. Terraform reads the same file, so nothing in
 * it is particular to one machine.
 */
package dev.lmmrec.local.description;
