/**
 * Functions run as AWS Lambda runs them: a zip unpacked to a task folder, execution environments that are processes of
 * the managed Java runtime, and for each the Runtime API over which it fetches invocations and answers. What is in a
 * payload is known to those who invoke.
 */
package dev.lmmrec.local.runtime;
