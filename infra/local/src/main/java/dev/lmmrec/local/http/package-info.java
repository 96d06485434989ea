/**
 * The HTTP API in front of functions and queues, as API Gateway's HTTP APIs are: routes, tokens, rates, events and
 * answers in payload format 2.0, and the limits on both; and the web page beside it.
 */
package dev.lmmrec.local.http;
