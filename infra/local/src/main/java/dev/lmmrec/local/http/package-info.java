/**
 * The HTTP API in front of functions and queues, as API Gateway's HTTP APIs are: routes, events and answers in payload
 * format 2.0, and the limits on both.
 */
package dev.lmmrec.local.http;
