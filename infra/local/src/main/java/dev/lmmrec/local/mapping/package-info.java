/**
 * Event source mappings: how messages of a queue and changes of a table reach a function as Lambda's events, and what
 * follows from the function's answer. What is decided (settlement, shard delivery, filters, batch responses) is apart
 * from the threads that ask servers and wait.
 */
package dev.lmmrec.local.mapping;
