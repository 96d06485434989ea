/** The S3 server that tests of this and other modules run against. */
package dev.lmmrec.models.testing;
