/**
 * The real servers behind the deployment, DynamoDB Local, S3Proxy and ElasticMQ, each a process with its own libraries;
 * the clients that speak to them; and the described tables, queues and buckets made in them.
 */
package dev.lmmrec.local.server;
