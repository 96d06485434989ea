/**
 * A command as a job on AWS Batch: S3 addresses among its arguments become local files and folders, the folder it can
 * be continued from is kept in S3, SIGTERM is answered in time, and the exit code says whether another attempt makes
 * sense. Knows nothing of what the command does.
 */
package dev.lmmrec.training.job;
