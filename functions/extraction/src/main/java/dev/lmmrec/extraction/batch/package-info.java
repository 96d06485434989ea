/**
 * Batch inference on Amazon Bedrock: files of the very questions that the function would ask, and their results through
 * the very checks that its answers go through. Running the jobs is left to AWS.
 */
package dev.lmmrec.extraction.batch;
